package alphadistill.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.duckdb.EmbeddedDatabase;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalTableTest {
  private static final float NONE = Float.NaN;
  private static final List<LocalDate> DAYS =
      List.of(LocalDate.of(2014, 1, 2), LocalDate.of(2014, 1, 3));

  private static final SignalTable.Series STUDENT = new SignalTable.Series(
      "student's",
      7,
      () -> Panel.builder(DAYS, List.of("B", "A"))
          .field(FieldSpec.raw("dist", "deviations"), new float[] {5, 6, NONE, 8})
          .field(FieldSpec.raw("score", "deviations"), new float[] {1, NONE, 3, 4})
          .build());
  private static final SignalTable.Series RIDGE = new SignalTable.Series(
      "ridge",
      0,
      () -> Panel.builder(DAYS.subList(1, 2), List.of("C", "B"))
          .field(FieldSpec.raw("score", "deviations"), new float[] {0.1f, -2})
          .build());

  @TempDir
  Path folder;

  @Test
  void rowsStandByModelThenDateThenAssetAndOnlyWhereThereIsAScore() throws Exception {
    Path file = folder.resolve("signals.parquet");

    SignalTable.parquet(List.of(STUDENT, RIDGE), List.of("score", "dist"), file);

    assertThat(rows(file))
        .containsExactly(
            "2014-01-02 B student's 7 1.0 5.0",
            "2014-01-03 B student's 7 3.0 null",
            "2014-01-03 A student's 7 4.0 8.0",
            "2014-01-03 C ridge 0 0.1 null",
            "2014-01-03 B ridge 0 -2.0 null");
  }

  @Test
  void theSameSeriesGiveTheSameBytes() throws Exception {
    Path one = folder.resolve("one.parquet");
    Path two = folder.resolve("two.parquet");

    SignalTable.parquet(List.of(STUDENT, RIDGE), List.of("score", "dist"), one);
    SignalTable.parquet(List.of(STUDENT, RIDGE), List.of("score", "dist"), two);

    assertThat(Files.mismatch(one, two)).isEqualTo(-1);
  }

  @Test
  void refusesTheSameModelAndSeedTwice() {
    assertThatThrownBy(() -> SignalTable.parquet(
            List.of(RIDGE, RIDGE), List.of("score"), folder.resolve("s.parquet")))
        .hasMessageContaining("different model and seed");
  }

  @Test
  void leavesNothingBehindWhenItCannotBeWritten() throws Exception {
    SignalTable.Series broken = new SignalTable.Series("broken", 0, () -> {
      throw new DataException("no such scores");
    });

    assertThatThrownBy(() -> SignalTable.parquet(
            List.of(RIDGE, broken), List.of("score"), folder.resolve("s.parquet")))
        .hasMessage("no such scores");
    assertThat(folder).isEmptyDirectory();
  }

  private static List<String> rows(Path file) throws Exception {
    List<String> rows = new ArrayList<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.open(1);
        var statement = database.connection().createStatement();
        var result = statement.executeQuery("SELECT \"date\", asset, model, seed, score, dist FROM "
            + EmbeddedDatabase.parquet(file))) {
      while (result.next()) {
        StringBuilder row = new StringBuilder(result.getString(1));
        for (int column = 2; column <= 6; column++) {
          row.append(' ').append(result.getString(column));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
