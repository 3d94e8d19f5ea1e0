package alphadistill.backtest.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PerformanceSummaryTest {

  @Test
  void aConstantGainHasNoRiskAndAnInfiniteSharpeRatio() {
    PerformanceSummary summary =
        PerformanceSummary.of(new double[] {0.1, 0.1, 0.1, 0.1}, Annualisation.MONTHLY);

    assertThat(summary.volatility()).isZero();
    assertThat(summary.sharpe()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(summary.maximumDrawdown()).isZero();
    assertThat(summary.calmar()).isNaN();
  }

  @Test
  void aSeriesOfZerosHasAnUndefinedSharpeRatioAndNoReturn() {
    PerformanceSummary summary = PerformanceSummary.of(new double[5], Annualisation.DAILY);

    assertThat(summary.sharpe()).isNaN();
    assertThat(summary.totalReturn()).isZero();
    assertThat(summary.hitRate()).isZero();
  }

  @Test
  void noReturnAndOneReturnAreDefined() {
    assertThat(PerformanceSummary.of(new double[0], Annualisation.DAILY).annualReturn())
        .isNaN();
    PerformanceSummary one = PerformanceSummary.of(new double[] {0.01}, Annualisation.DAILY);
    assertThat(one.totalReturn()).isEqualTo(0.01, within(1e-15));
    assertThat(one.sharpe()).isNaN();
  }

  @Test
  void aMissingReturnIsCountedEarnsNothingAndIsSkippedByMeans() {
    PerformanceSummary summary = PerformanceSummary.of(
        new double[] {Double.NaN, 0.02, Double.NaN, 0.04}, new Annualisation(4));

    assertThat(summary.missing()).isEqualTo(2);
    assertThat(summary.meanAnnual()).isEqualTo(0.12, within(1e-15));
    assertThat(summary.annualReturn()).isEqualTo(1.02 * 1.04 - 1, within(1e-15));
  }

  @Test
  void losingMoreThanEverythingEndsTheAccount() {
    assertThat(Wealth.path(new double[] {0.5, -1.2, 3})).containsExactly(1, 1.5, 0, 0);
    assertThat(Drawdowns.deepest(new double[] {0.5, -1.2, 3})).isEqualTo(-1);
  }

  @Test
  void anOpenDrawdownHasNoRecoveryAndRunsToTheEnd() {
    List<Drawdown> table = Drawdowns.table(new double[] {0.1, -0.5, 0.2});

    assertThat(table).hasSize(1);
    assertThat(table.get(0).recovered()).isEqualTo(OptionalInt.empty());
    assertThat(table.get(0).peak()).isEqualTo(1);
    assertThat(table.get(0).valley()).isEqualTo(2);
    assertThat(table.get(0).length()).isEqualTo(2);
    assertThat(table.get(0).depth()).isEqualTo(-0.5, within(1e-15));
  }

  @Test
  void rollingSharpeStartsWithTheFirstFullWindow() {
    double[] returns = {0.01, 0.03, -0.02, 0.01};
    double[] rolling = RollingSharpe.of(returns, 3, Annualisation.DAILY);

    assertThat(rolling[1]).isNaN();
    assertThat(rolling[2])
        .isEqualTo(Ratios.sharpe(new double[] {0.01, 0.03, -0.02}, Annualisation.DAILY));
  }

  @Test
  void monthsAndYearsAreCompounded() {
    MonthlyReturns grid = MonthlyReturns.of(
        List.of(
            LocalDate.of(2020, 12, 30),
            LocalDate.of(2020, 12, 31),
            LocalDate.of(2021, 2, 1),
            LocalDate.of(2021, 3, 1)),
        new double[] {0.1, 0.1, -0.5, Double.NaN});

    assertThat(grid.years()).containsExactly(2020, 2021);
    assertThat(grid.months()[0][11]).isEqualTo(0.21, within(1e-12));
    assertThat(grid.months()[1][0]).isNaN();
    assertThat(grid.months()[1][1]).isEqualTo(-0.5);
    assertThat(grid.months()[1][2]).isNaN();
    assertThat(grid.totals()).containsExactly(new double[] {0.21, -0.5}, within(1e-12));
  }

  @Test
  void refusesASeriesThatDoesNotFitTheOther() {
    assertThatThrownBy(
            () -> PerformanceSummary.of(new double[3], new double[2], Annualisation.DAILY))
        .hasMessage("3 returns cannot be compared with 2: one for each period is needed");
  }

  @Test
  void refusesAYearWithoutPeriods() {
    assertThatThrownBy(() -> new Annualisation(0)).hasMessageContaining("at least 1 period, was 0");
  }

  @Test
  void refusesExcessKurtosisWhereThePlainOneIsMeant() {
    assertThatThrownBy(() -> new SharpeRatio(0.1, 100, 0, 0.2))
        .hasMessageContaining("was the excess kurtosis given?");
  }
}
