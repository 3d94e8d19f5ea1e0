package alphadistill.data.source;

import static alphadistill.data.source.PriceFiles.HEADER;
import static alphadistill.data.source.PriceFiles.THREE_ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import alphadistill.data.panel.Panel;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceReaderTest {
  private static final LocalDate FIRST = LocalDate.of(2014, 1, 2);
  private static final LocalDate SECOND = LocalDate.of(2014, 1, 3);

  @TempDir
  Path folder;

  @Test
  void placesRowsByDateAndName() throws IOException {
    PriceTable table = PriceFiles.read(PriceFiles.text(folder, "p.csv", THREE_ROWS));

    Panel panel = table.panel();
    assertThat(panel.dates()).containsExactly(FIRST, SECOND);
    assertThat(panel.assets()).containsExactly("A", "B");
    assertThat(panel.fields()).isEqualTo(PriceReader.FIELDS);
    assertThat(panel.crossSection(panel.fieldIndex("close"), 0)).containsExactly(1.5f, 10.5f);
    assertThat(panel.crossSection(panel.fieldIndex("volume"), 1)).containsExactly(30f, Float.NaN);
    assertThat(panel.value(panel.fieldIndex("high"), 1, 0)).isEqualTo(1.625f);
    assertThat(table.drops()).isEqualTo(DropReport.NONE);
  }

  @Test
  void gzipAndParquetGiveTheSamePanelAsText() throws IOException, SQLException {
    Path text = PriceFiles.text(folder, "p.csv", THREE_ROWS);
    String hash = PriceFiles.read(text).panel().contentHash();
    Path parquet = PriceFiles.parquet(
        folder, "p [1]*.parquet", "SELECT * FROM read_csv('%s')".formatted(text));

    assertThat(PriceFiles.read(PriceFiles.gzip(folder, "p.csv.gz", THREE_ROWS))
            .panel()
            .contentHash())
        .isEqualTo(hash);
    assertThat(PriceFiles.read(parquet).panel().contentHash()).isEqualTo(hash);
  }

  @Test
  void readsWindowsLinesQuotesBlanksBlankLinesAndAMissingLastLineEnd() throws IOException {
    String text = "\uFEFF"
        + "Date, name ,symbol,open,high,low,close,volume\r\n"
        + "2014-01-02,\"Big, Inc.\",\"B\",10,11,9, 10.5 ,1000\r\n\r\n"
        + "2014-01-02,\"\",A,1.5,1.75,1.25,1.5,20\r\n"
        + "2014-01-03,x,A,1.5,1.625,1.5,1.625,3e1";

    assertThat(PriceFiles.read(PriceFiles.text(folder, "p.csv", text)).panel().contentHash())
        .isEqualTo(PriceFiles.read(PriceFiles.text(folder, "q.csv", THREE_ROWS))
            .panel()
            .contentHash());
  }

  @Test
  void anyColumnNamesDateFormsAndDelimitersAreMapped() throws IOException {
    String text = "Ticker;Day;Adj Close;Shares\nA;31.01.2014;2.5;7\n";
    ColumnMapping mapping = ColumnMapping.standard()
        .withDate("Day")
        .withAsset("ticker")
        .withColumn("close", "Adj Close")
        .withColumn("open", "Adj Close")
        .withColumn("volume", "Shares")
        .without("high")
        .without("low")
        .withDatePattern("dd.MM.yyyy")
        .withDelimiter(';');

    PriceTable table = new PriceReader(mapping, ReadPolicy.strict())
        .read(PriceFiles.text(folder, "p.csv", text), Selection.all());

    assertThat(table.panel().dates()).containsExactly(LocalDate.of(2014, 1, 31));
    assertThat(row(table.panel(), 0, 0)).containsExactly(2.5f, Float.NaN, Float.NaN, 2.5f, 7f);
    assertThat(table.drops().total()).isZero();
  }

  @Test
  void datesInWordsAndInOneNumberAreRead() throws IOException, SQLException {
    ColumnMapping words = ColumnMapping.standard().withDatePattern("d MMM yyyy HH:mm");
    ColumnMapping number = ColumnMapping.standard().withDatePattern("yyyyMMdd");
    String row = ",A,1,1,1,1,1\n";
    Path parquet = PriceFiles.parquet(
        folder,
        "p.parquet",
        "SELECT 20140102 AS date, 'A' AS symbol, 1 AS open, 1 AS high, 1 AS low, 1.0::DOUBLE AS close, 1 AS volume");

    for (PriceTable table : new PriceTable[] {
      new PriceReader(words, ReadPolicy.strict())
          .read(
              PriceFiles.text(folder, "w.csv", HEADER + "2 Jan 2014 16:00" + row), Selection.all()),
      new PriceReader(number, ReadPolicy.strict())
          .read(PriceFiles.text(folder, "n.csv", HEADER + "20140102" + row), Selection.all()),
      new PriceReader(number, ReadPolicy.strict()).read(parquet, Selection.all())
    }) {
      assertThat(table.panel().dates()).containsExactly(FIRST);
      assertThat(row(table.panel(), 0, 0)).containsExactly(1, 1, 1, 1, 1);
    }
  }

  @Test
  void aSelectionReadsItsDatesAndSymbolsAndCountsTheMissingOnes() throws IOException {
    Path file = PriceFiles.text(folder, "p.csv", THREE_ROWS);
    PriceReader reader = new PriceReader(ColumnMapping.standard(), ReadPolicy.standard());

    PriceTable later = reader.read(file, Selection.between(SECOND, SECOND));
    PriceTable one = reader.read(file, Selection.all().ofSymbols(Set.of("B", "ZZ")));

    assertThat(later.panel().dates()).containsExactly(SECOND);
    assertThat(later.panel().assets()).containsExactly("A");
    assertThat(one.panel().assets()).containsExactly("B");
    assertThat(reader.read(file, Selection.all().without(Set.of("B"))).panel().assets())
        .containsExactly("A");
    assertThat(one.drops().drops())
        .containsExactly(
            new DropReport.Drop("symbol asked for, not in the file on these dates", 1, "ZZ"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Selection(Optional.of(SECOND), Optional.of(FIRST), Set.of()))
        .withMessage("last date 2014-01-02 is before first date 2014-01-03");
  }

  @Test
  void aSelectionOfParquetIsThatOfText() throws IOException, SQLException {
    Path text = PriceFiles.text(folder, "p.csv", THREE_ROWS + "2014-01-03,B,12,13,11,12,7\n");
    Path parquet =
        PriceFiles.parquet(folder, "p.parquet", "SELECT * FROM read_csv('%s')".formatted(text));
    PriceReader reader = new PriceReader(ColumnMapping.standard(), ReadPolicy.standard());

    for (Selection selection : new Selection[] {
      Selection.between(SECOND, SECOND),
      Selection.between(FIRST, FIRST),
      Selection.all().ofSymbols(Set.of("A")),
      Selection.between(SECOND, SECOND).ofSymbols(Set.of("B"))
    }) {
      assertThat(reader.read(parquet, selection).panel().contentHash())
          .as(selection.toString())
          .isEqualTo(reader.read(text, selection).panel().contentHash());
    }
  }

  @Test
  void faultyPricesAreMarkedMissingAndCounted() throws IOException {
    String text = HEADER
        + "2014-01-02,A,1,1,0,1,5\n"
        + "2014-01-03,A,1,0.9,0.8,1,5\n"
        + "2014-01-06,A,NA,2,1,2,\n"
        + "2014-01-07,A,,,nan,null,5\n"
        + "2014-01-08,A,1,1.00005,1,1.0001,5\n"
        + "2014-01-09,A,0.1,1,0.9,1,5\n";
    ReadPolicy lenient = new ReadPolicy(
        ReadPolicy.Action.MARK_MISSING, ReadPolicy.Action.MARK_MISSING, 1e-4, 1, true);

    PriceTable table = new PriceReader(ColumnMapping.standard(), lenient)
        .read(PriceFiles.text(folder, "p.csv", text), Selection.all());

    assertThat(row(table.panel(), 0, 0)).containsExactly(1, 1, Float.NaN, 1, 5);
    assertThat(row(table.panel(), 1, 0)).containsExactly(1, Float.NaN, Float.NaN, 1, 5);
    assertThat(row(table.panel(), 2, 0)).containsExactly(Float.NaN, 2, 1, 2, Float.NaN);
    assertThat(row(table.panel(), 3, 0)).containsOnly(Float.NaN);
    assertThat(row(table.panel(), 4, 0)).containsExactly(1, 1.00005f, 1, 1.0001f, 5);
    assertThat(row(table.panel(), 5, 0)).containsExactly(Float.NaN, Float.NaN, Float.NaN, 1, 5);
    assertThat(table.drops().count(PriceRule.ZERO.marked())).isEqualTo(1);
    assertThat(table.drops().count(PriceRule.ORDER.marked())).isEqualTo(2);
    assertThat(table.drops().count(PriceRule.PARTLY)).isEqualTo(5);
    assertThat(table.drops().count(PriceRule.NO_PRICE)).isEqualTo(1);
    assertThat(table.drops().drops().get(0).firstExample()).isEqualTo("A 2014-01-02: low");
  }

  @Test
  void aLongFileIsReadInBlocksWithoutLosingARow() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    int days = 3001;
    int assets = 23;
    for (int asset = 0; asset < assets; asset++) {
      for (int day = 0; day < days; day++) {
        double close = 10 + asset + day / 1024.0;
        text.append(String.format(
            Locale.ROOT,
            "%s,S%02d,%.6f,%.6f,%.6f,%.6f,%d%n",
            FIRST.plusDays(day),
            asset,
            close,
            close,
            close,
            close,
            1000 * asset + day));
      }
    }
    assertThat(text.length()).isGreaterThan(3 << 20);

    Panel panel =
        PriceFiles.read(PriceFiles.gzip(folder, "p.csv.gz", text.toString())).panel();

    assertThat(panel.days()).isEqualTo(days);
    assertThat(panel.assetCount()).isEqualTo(assets);
    for (int asset = 0; asset < assets; asset++) {
      for (int day = 0; day < days; day++) {
        assertThat(panel.value(4, day, asset)).isEqualTo(1000 * asset + day);
      }
    }
  }

  @Test
  void anyOrderIsReadWhenThePolicySaysSo() throws IOException {
    String newestFirst = HEADER + "2014-01-03,A,2,2,2,2,2\n2014-01-02,A,1,1,1,1,1\n";

    Panel panel = new PriceReader(
            ColumnMapping.standard(), ReadPolicy.standard().anyOrder())
        .read(PriceFiles.text(folder, "p.csv", newestFirst), Selection.all())
        .panel();

    assertThat(panel.series(3, 0)).containsExactly(1, 2);
  }

  private static float[] row(Panel panel, int day, int asset) {
    float[] row = new float[panel.fields().size()];
    for (int field = 0; field < row.length; field++) {
      row[field] = panel.value(field, day, asset);
    }
    return row;
  }
}
