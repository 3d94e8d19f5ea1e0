package alphadistill.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.source.FrenchFile.Block;
import alphadistill.data.source.FrenchFile.Frequency;
import alphadistill.data.testing.SharedFolder;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The real files of the library: nothing of them is lost, and daily returns compound to monthly ones. */
class SharedFactorsTest {
  private static final String FACTORS = "data/finance/factors";

  @Test
  void everyRowOfEveryFileIsRead() {
    for (Path file : SharedFolder.files(FACTORS, "*.CSV.gz")) {
      FrenchFile read = FrenchFile.read(file);
      long rows = TextFile.lines(file).stream()
          .filter(line -> line.matches("\\s*\\d{4,8}\\s*,.*"))
          .count();

      assertThat(read.blocks().stream().mapToLong(block -> block.dates().size()).sum())
          .as(file.toString())
          .isEqualTo(rows);
      assertThat(read.blocks().get(0).returns()).isTrue();
      assertThat(read.blocks().get(0).columns())
          .doesNotContain("")
          .allMatch(c -> c.equals(c.strip()));
    }
  }

  @Test
  void dailyReturnsOfTheMarketCompoundToItsMonthlyOnes() {
    String name = "F-F_Research_Data_Factors";
    FactorReturns daily = FrenchFile.read(
            SharedFolder.require(FACTORS + "/" + name + "_daily.CSV.gz"))
        .factors();
    Block monthly = FrenchFile.read(SharedFolder.require(FACTORS + "/" + name + ".CSV.gz"))
        .blocks()
        .get(0);
    assertThat(monthly.frequency()).isEqualTo(Frequency.MONTHLY);
    TreeMap<YearMonth, Double> wealth = new TreeMap<>();
    for (int day = 0; day < daily.dates().size(); day++) {
      double market =
          daily.returns()[day][daily.names().indexOf("Mkt-RF")] + daily.riskFree()[day];
      wealth.merge(YearMonth.from(daily.dates().get(day)), 1 + market, (a, b) -> a * b);
    }
    double[] excess = monthly.column("Mkt-RF");
    double[] cash = monthly.column("RF");

    double[] gaps = new double[excess.length];
    for (int month = 0; month < gaps.length; month++) {
      gaps[month] = Math.abs(
          wealth.get(YearMonth.from(monthly.dates().get(month))) - 1 - excess[month] - cash[month]);
    }

    Arrays.sort(gaps);
    assertThat(gaps[gaps.length / 2]).isLessThan(0.0005);
    assertThat(gaps[gaps.length - 1]).isLessThan(0.006);
  }

  @Test
  void fiveFactorsAndMomentumAreJoined() {
    FactorReturns joined = FactorFiles.join(List.of(
        SharedFolder.require(FACTORS + "/F-F_Research_Data_5_Factors_2x3_daily.CSV.gz"),
        SharedFolder.require(FACTORS + "/F-F_Momentum_Factor_daily.CSV.gz")));

    assertThat(joined.names()).containsExactly("Mkt-RF", "SMB", "HML", "RMW", "CMA", "Mom");
    assertThat(Arrays.stream(joined.riskFree()).filter(Double::isNaN).count()).isZero();
    assertThat(
            Arrays.stream(joined.returns()).flatMapToDouble(Arrays::stream).filter(Double::isNaN))
        .isEmpty();
  }
}
