package alphadistill.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.check.Finding.Kind;
import alphadistill.data.check.Finding.Severity;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.PriceTable;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {
  private static final float NONE = Float.NaN;

  @TempDir
  Path folder;

  @Test
  void cleanPricesHaveNoFinding() {
    assertThat(DataCheck.of(Bars.table(Bars.ofCloses(10, 10.1, 10.2, 10.1, 10))).findings())
        .isEmpty();
    assertThat(DataCheck.of(Bars.table(Bars.ofCloses(10))).findings()).isEmpty();
    assertThat(DataCheck.of(Bars.table(Bars.ofCloses(NONE, NONE))).findings()).isEmpty();
  }

  @Test
  void stretchesOfDaysAreOneFindingWithTheirLength() {
    DataCheck check = DataCheck.of(
        Bars.table(Bars.ofCloses(10, NONE, NONE, 10.1, 10, 10, 10, 10, 10, NONE, 11, NONE, NONE)));

    assertThat(check.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "WARNING 2014-01-03 GAP A: 2 days without a close",
            "WARNING 2014-01-15 GAP A: 1 days without a close",
            "WARNING 2014-01-09 STALE_CLOSE A: the close of the day before, 4 days in a row",
            "INFO 2014-01-16 ENDS_EARLY A: last close, 2 days before the panel's last");
  }

  @Test
  void barsThatCannotBeAreFoundInAFileReadForInspection() throws IOException {
    Path file = Files.writeString(
        folder.resolve("p.csv"),
        "date,symbol,open,high,low,close,volume\n"
            + "2014-01-02,A,10,9,8,8.5,1\n"
            + "2014-01-03,A,9,9,0,8.5,0\n"
            + "2014-01-04,A,9,9,8,8.6,0\n"
            + "2014-01-06,A,9,9,8,8.5,7\n");
    PriceTable table = new PriceReader(ColumnMapping.standard(), ReadPolicy.inspecting())
        .read(file, Selection.all());

    DataCheck check = DataCheck.of(table);

    assertThat(check.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "ERROR 2014-01-03 ZERO_PRICE A: open 9.0, high 9.0, low 0.0, close 8.5",
            "ERROR 2014-01-02 OHLC_ORDER A: open 10.0, high 9.0, low 8.0, close 8.5",
            "WARNING 2014-01-04 WEEKEND_DAY: a SATURDAY",
            "INFO 2014-01-03 ZERO_VOLUME A: 2 days with a close and no volume");
    assertThat(table.drops().count("price of zero, kept")).isEqualTo(1);
    assertThat(table.drops().count("prices out of order, kept")).isEqualTo(1);
  }

  @Test
  void jumpsAreListedWithTheirReturns() {
    DataCheck check = DataCheck.of(Bars.table(Bars.ofCloses(10, 1, 10, 30, 30.1)));

    assertThat(check.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "ERROR 2014-01-03 REVERSAL A: return into the close -0.9000, out of it 9.0000",
            "WARNING 2014-01-07 UNADJUSTED_SPLIT A: return into the close 2.0000, out of it 0.0033");
    assertThat(check.counts())
        .containsEntry(Kind.REVERSAL, 1L)
        .containsEntry(Kind.UNADJUSTED_SPLIT, 1L);
    assertThat(check.ofKind(Kind.REVERSAL))
        .allMatch(finding -> finding.severity() == Severity.ERROR);
  }

  @Test
  void aDayThatManyAssetsMissIsOneFinding() {
    float[] close = {1, 2, 3, NONE, NONE, 3.1f, 1.2f, 2.2f, 3.2f};
    float[][] values = {close, close, close, close, {1, 1, 1, 1, 1, 1, 1, 1, 1}};
    Panel panel = Bars.panel(values, List.of("A", "B", "C"), 3);

    assertThat(DataCheck.of(Bars.table(panel)).findings())
        .extracting(Finding::toString)
        .containsExactly("WARNING 2014-01-03 SPARSE_DAY: 2 of 3 assets have no close");
  }
}
