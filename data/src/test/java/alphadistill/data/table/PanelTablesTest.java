package alphadistill.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class PanelTablesTest {
  private static final LocalDate FIRST = LocalDate.of(2014, 1, 2);

  @Test
  void aTableHasARowForEachDateAndAssetWithAnyValue() {
    Table table = PanelTables.toTable(panel());

    assertThat(table.columnNames()).containsExactly("date", "asset", "close", "volume");
    assertThat(table.rowCount()).isEqualTo(3);
    assertThat(table
            .where(table.numberColumn("close").isLessThan(5))
            .stringColumn("asset")
            .asList())
        .containsExactly("B");
    assertThat(table.numberColumn("volume").isMissing(1)).isTrue();
  }

  @Test
  void aTableReadsBackAsThePanel() {
    ColumnMapping mapping = ColumnMapping.of("date", "asset", List.of("close", "volume"));

    Panel back = PanelTables.fromTable(PanelTables.toTable(panel()), mapping);

    assertThat(back.dates()).isEqualTo(panel().dates());
    assertThat(back.assets()).isEqualTo(panel().assets());
    for (int field = 0; field < 2; field++) {
      for (int day = 0; day < 2; day++) {
        assertThat(back.crossSection(field, day)).isEqualTo(panel().crossSection(field, day));
      }
    }
  }

  @Test
  void anyNumbersAndDatesInTextAreTaken() {
    Table table = Table.create(
        "mine",
        StringColumn.create("day", "03.01.2014", "02.01.2014"),
        StringColumn.create("ticker", "A", "A"),
        IntColumn.create("rank", 7, 9));
    ColumnMapping mapping = ColumnMapping.scores()
        .withDate("day")
        .withAsset("ticker")
        .withColumn("score", "rank")
        .withDatePattern("dd.MM.yyyy");

    assertThat(PanelTables.fromTable(table, mapping).series(0, 0)).containsExactly(9, 7);
  }

  @Test
  void manyRowsAreKeptInAnyOrder() {
    int rows = 1001;
    DateColumn dates = DateColumn.create("date");
    StringColumn assets = StringColumn.create("asset");
    DoubleColumn scores = DoubleColumn.create("score");
    for (int row = rows - 1; row >= 0; row--) {
      dates.append(FIRST.plusDays(row / 3));
      assets.append("S" + row % 3);
      scores.append(row);
    }

    Panel panel =
        PanelTables.fromTable(Table.create("t", dates, assets, scores), ColumnMapping.scores());

    for (int row = 0; row < rows; row++) {
      assertThat(panel.value(0, row / 3, row % 3)).isEqualTo(row);
    }
  }

  @Test
  void wrongTablesAreRefused() {
    DateColumn date = DateColumn.create("date", FIRST, FIRST);
    StringColumn asset = StringColumn.create("asset", "A", "A");
    DoubleColumn score = DoubleColumn.create("score", 1, 2);
    refused(Table.create("t", date, asset), "t: no column 'score'; the table has [date, asset]");
    refused(Table.create("t", date, asset, score), "t: second row for A on 2014-01-02; remove one");
    refused(
        Table.create("t", date, asset, StringColumn.create("score", "1", "2")),
        "t: column 'score' is of type STRING; numbers are needed");
    refused(
        Table.create("t", DateColumn.create("date", FIRST, null), asset, score),
        "t: row 2 has no date; fill or drop it");
    refused(
        Table.create("t", StringColumn.create("date", "2014-02-30", "x"), asset, score),
        "t: row 1, column 'date': '2014-02-30' is no date of the form yyyy-MM-dd");
    refused(Table.create("t", date, asset, score).emptyCopy(), "t: there is no row");
    refused(
        Table.create(
            "t",
            date,
            StringColumn.create("asset", "A", "B"),
            DoubleColumn.create("score", 1, Double.POSITIVE_INFINITY)),
        "t: B on 2014-01-02 is infinite");
  }

  private static void refused(Table table, String message) {
    assertThatThrownBy(() -> PanelTables.fromTable(table, ColumnMapping.scores()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private static Panel panel() {
    return Panel.builder(List.of(FIRST, FIRST.plusDays(1)), List.of("A", "B"))
        .field(FieldSpec.raw("close", "USD"), new float[] {10.5f, Float.NaN, 11, 4})
        .field(FieldSpec.raw("volume", "shares"), new float[] {100, Float.NaN, Float.NaN, 7})
        .build();
  }
}
