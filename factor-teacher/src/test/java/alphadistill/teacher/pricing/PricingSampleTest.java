package alphadistill.teacher.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.teacher.regression.CollinearRegressorsException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PricingSampleTest {
  @Test
  void refusesCashInAFactorOrInTheAssets() {
    FrenchSample french = new FrenchSample();
    ReturnTable excess = french.total.minusCash(french.riskFree);

    assertThatThrownBy(
            () -> PricingSample.of(excess, french.factorsWithCash(0, 1), french.riskFree))
        .hasMessageMatching(
            "factor 'MktRF' moves with the risk-free return by 1\\.0. \\(error 0\\.0.\\) .*seems to contain cash .*");
    for (int longShort : new int[] {1, 2}) {
      assertThatThrownBy(() ->
              PricingSample.of(excess, french.factorsWithCash(longShort, -1), french.riskFree))
          .hasMessageContaining("cash seems to have been subtracted from '%s'"
              .formatted(FrenchSample.FACTORS.get(longShort)));
    }
    assertThatThrownBy(() -> PricingSample.of(french.total, french.factors, french.riskFree))
        .hasMessageContaining("or the test assets still contain cash");
    assertThatThrownBy(() ->
            PricingSample.of(excess.minusCash(french.riskFree), french.factors, french.riskFree))
        .hasMessageContaining("or cash was subtracted twice from the test assets");
    assertThat(PricingSample.of(excess, french.factors, french.riskFree).periods())
        .isEqualTo(819);
  }

  @Test
  void cashThatNeverMovesIsNoReasonToRefuse() {
    FrenchSample french = new FrenchSample();
    double[] constant = new double[819];
    Arrays.fill(constant, 0.003);
    assertThat(PricingSample.of(french.total.minusCash(constant), french.factors, constant))
        .isNotNull();
  }

  @Test
  void refusesTooManyAssets() {
    assertThatThrownBy(() -> new PricingSample(table(12, 10, 0.01, 1), table(12, 2, 0.01, 2)))
        .hasMessage(
            "10 test assets, 2 factors and 12 dates: the residual covariance is singular unless N < T - K; use at most 9 assets or longer data");
    assertThat(new PricingSample(table(12, 9, 0.01, 1), table(12, 2, 0.01, 2)).periods())
        .isEqualTo(12);
  }

  @Test
  void refusesCollinearFactorsByName() {
    ReturnTable two = table(50, 2, 0.01, 3);
    double[][] three = Arrays.stream(two.values())
        .map(row -> new double[] {row[0], row[1], row[0] - row[1]})
        .toArray(double[][]::new);
    ReturnTable factors = new ReturnTable(two.dates(), List.of("big", "small", "spread"), three);
    assertThatThrownBy(() -> new PricingSample(table(50, 4, 0.01, 4), factors))
        .isInstanceOf(CollinearRegressorsException.class)
        .hasMessage(
            "regressor 'spread' is a linear combination of [big, small] in these 50 rows; leave one of them out");
  }

  @Test
  void refusesOtherDatesAndOtherUnits() {
    ReturnTable assets = table(50, 4, 0.01, 5);
    assertThatThrownBy(() -> new PricingSample(assets, table(49, 2, 0.01, 6)))
        .hasMessage(
            "assets have 50 dates (2020-01-01 to 2020-02-19), factors 49 (2020-01-01 to 2020-02-18), 49 are shared; cut both to the shared dates");
    assertThatThrownBy(() -> new PricingSample(assets, table(50, 2, 0.3, 6)))
        .hasMessageContaining("are the factors in per cent and the assets decimal?");
    double[] annual = new double[50];
    Arrays.fill(annual, 0.04);
    assertThatThrownBy(() -> assets.minusCash(annual))
        .hasMessageContaining(
            "0.0400 a period on average: a missing value, per cent or an annual rate?");
    annual[3] = Double.NaN;
    assertThatThrownBy(() -> assets.minusCash(annual)).hasMessageContaining("NaN a period");
    assertThatThrownBy(() -> assets.minusCash(new double[3]))
        .hasMessage("3 risk-free returns for 50 dates");
  }

  @Test
  void tablesRefuseDatesOutOfOrderGapsAndPerCent() {
    List<LocalDate> dates = new ArrayList<>(days(3));
    double[][] values = {{0.01}, {0.02}, {-0.01}};
    dates.set(2, dates.get(1));
    assertThatThrownBy(() -> new ReturnTable(dates, List.of("a"), values))
        .hasMessage(
            "dates must rise: 2020-01-02 comes after 2020-01-02 in row 2; remove the duplicate");
    dates.set(2, LocalDate.of(2019, 12, 31));
    assertThatThrownBy(() -> new ReturnTable(dates, List.of("a"), values))
        .hasMessage(
            "dates must rise: 2019-12-31 comes after 2020-01-02 in row 2; sort the rows by date");
    assertThatThrownBy(() -> new ReturnTable(days(2), List.of("a"), values))
        .hasMessage("3 rows of returns for 2 dates");
    assertThatThrownBy(() -> new ReturnTable(days(3), List.of("a", "b"), values))
        .hasMessage("1 returns on 2020-01-01 for the 2 series [a, b]");
    assertThatThrownBy(() -> new ReturnTable(days(3), List.of("a", "a"), values))
        .hasMessage("a series is named twice in [a, a]");
    assertThatThrownBy(() -> new ReturnTable(days(1), List.of("a"), values))
        .hasMessageContaining("at least 1 and 2 are needed");
    double[][] gap = {{0.01}, {Double.NaN}, {-0.01}};
    assertThatThrownBy(() -> new ReturnTable(days(3), List.of("a"), gap))
        .hasMessage("'a' is NaN on 2020-01-02; keep only dates on which every series has a return");
    double[][] perCent = {{1}, {2}, {-1}};
    assertThatThrownBy(() -> new ReturnTable(days(3), List.of("a"), perCent))
        .hasMessageContaining("'a' deviate by 1.53 a period: these look like per cent");
  }

  @Test
  void anAssetThatIsAFactorHasNoTest() {
    ReturnTable factors = table(50, 2, 0.01, 7);
    double[][] values = Arrays.stream(factors.values())
        .map(row -> new double[] {row[0] + row[1], row[0] * row[0]})
        .toArray(double[][]::new);
    PricingSample sample = new PricingSample(
        new ReturnTable(factors.dates(), List.of("sum", "square"), values), factors);
    assertThatThrownBy(() -> TradedFactorModel.standard().fit(sample))
        .hasMessage(
            "test asset 'sum' is constant or a combination of the factors [S0, S1]: it has no residual; leave it out");
  }

  @Test
  void assetsThatAreCombinationsOfOneAnotherAreRefusedByTheTests() {
    ReturnTable base = table(60, 3, 0.01, 8);
    double[][] values = Arrays.stream(base.values())
        .map(row -> new double[] {row[0], row[1], row[2], row[0] + row[1]})
        .toArray(double[][]::new);
    PricingSample sample = new PricingSample(
        new ReturnTable(base.dates(), List.of("a", "b", "c", "both"), values),
        table(60, 1, 0.01, 9));
    TradedFactorFit fit = TradedFactorModel.standard().fit(sample);
    assertThatThrownBy(fit::grs)
        .hasMessageContaining("the covariance of the test assets' residuals is singular");
    assertThatThrownBy(fit::robustTest)
        .hasMessageContaining("the covariance of the alphas is singular");
    assertThatThrownBy(
            () -> new TwoPassModel(TwoPassModel.Weighting.GLS, false, 0, true).fit(sample))
        .hasMessageContaining("the covariance of the test assets' returns is singular");
  }

  @Test
  void theSecondPassNeedsAssetsAndBetasThatDiffer() {
    TwoPassModel withConstant = new TwoPassModel(TwoPassModel.Weighting.OLS, true, 0, true);
    assertThatThrownBy(
            () -> withConstant.fit(new PricingSample(table(60, 3, 0.01, 1), table(60, 2, 0.01, 2))))
        .hasMessage("3 test assets for 3 premia: the second pass needs more assets than premia");
    ReturnTable factor = table(60, 1, 0.01, 3);
    double[] f = factor.series(0);
    Random random = new Random(4);
    double[] noise = residual(f, random);
    double[][] values = IntStream.range(0, 60)
        .mapToObj(t -> new double[] {f[t] + noise[t], f[t] - noise[t], f[t] + 2 * noise[t]})
        .toArray(double[][]::new);
    PricingSample sameBetas =
        new PricingSample(new ReturnTable(factor.dates(), List.of("a", "b", "c"), values), factor);
    assertThatThrownBy(() -> withConstant.fit(sameBetas))
        .isInstanceOf(CollinearRegressorsException.class)
        .hasMessageContaining("regressor 'S0' is a linear combination of [constant]");
    assertThatThrownBy(() -> new TwoPassModel(TwoPassModel.Weighting.OLS, true, -1, true))
        .hasMessage("lag must not be negative, was -1");
    assertThatThrownBy(() -> new TradedFactorModel(-1, true))
        .hasMessage("lag must not be negative, was -1");
  }

  /** Noise without any correlation with f, so that betas are equal to the last digit. */
  private static double[] residual(double[] f, Random random) {
    double[] noise = Arrays.stream(f).map(v -> 0.01 * random.nextGaussian()).toArray();
    double meanF = ReturnTable.mean(f);
    double meanNoise = ReturnTable.mean(noise);
    double product = 0;
    double square = 0;
    for (int t = 0; t < f.length; t++) {
      product += (f[t] - meanF) * (noise[t] - meanNoise);
      square += (f[t] - meanF) * (f[t] - meanF);
    }
    for (int t = 0; t < f.length; t++) {
      noise[t] -= meanNoise + product / square * (f[t] - meanF);
    }
    return noise;
  }

  static ReturnTable table(int periods, int width, double deviation, long seed) {
    Random random = new Random(seed);
    double[][] values = new double[periods][width];
    for (double[] row : values) {
      for (int i = 0; i < width; i++) {
        row[i] = deviation * random.nextGaussian();
      }
    }
    return new ReturnTable(
        days(periods), IntStream.range(0, width).mapToObj(i -> "S" + i).toList(), values);
  }

  private static List<LocalDate> days(int count) {
    return Stream.iterate(LocalDate.of(2020, 1, 1), day -> day.plusDays(1))
        .limit(count)
        .toList();
  }
}
