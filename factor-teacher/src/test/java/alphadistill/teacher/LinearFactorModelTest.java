package alphadistill.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.VasicekPrior;
import alphadistill.teacher.regression.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearFactorModelTest {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 2);
  private static final LocalDate LAST = LocalDate.of(2021, 1, 4);
  private static final FitReport FIT =
      new FitReport(FIRST, LAST, 100, Map.of("no label", 2L), 10, List.of());
  private static final Premium NONE = new Premium("intercept", 0, 0);
  private static final List<Premium> PREMIA =
      List.of(new Premium("MktRF", 0.01, 0.002), new Premium("SMB", -0.005, 0.001));
  private static final Exposures.RegressionBetas BETAS = new Exposures.RegressionBetas(
      List.of("MktRF", "SMB"),
      Window.last(60),
      10,
      List.of(new VasicekPrior(1, 0.04), VasicekPrior.flat(0.5)));
  private static final LinearFactorModel MODEL = new LinearFactorModel(NONE, PREMIA, 5, BETAS, FIT);

  @Test
  void expectsInterceptPlusExposuresTimesPremia() {
    LinearFactorModel model = new LinearFactorModel(
        new Premium("intercept", 0.001, 0.001), PREMIA, 5, new Exposures.Characteristics(), FIT);
    assertThat(model.expectedReturn(new double[] {2, 1})).isCloseTo(0.016, within(1e-15));
    assertThat(model.expectedReturn(new double[] {Double.NaN, 1})).isNaN();
    assertThatThrownBy(() -> model.expectedReturn(new double[1]))
        .hasMessage("1 exposures for the 2 factors [MktRF, SMB]");
    assertThatThrownBy(() -> model.betas(new double[0], new double[0][]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no regression gives");
  }

  @Test
  void refusesToForecastReturnsTheFitHasSeen() {
    assertThat(MODEL.usableFrom()).isEqualTo(LAST.plusDays(1));
    assertThat(MODEL.requireUsableOn(LAST.plusDays(1))).isSameAs(MODEL);
    assertThatThrownBy(() -> MODEL.requireUsableOn(LAST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "fitted through 2021-01-04 and must not forecast the return of 2021-01-04");
    assertThat(MODEL.requireInSampleOn(LAST)).isSameAs(MODEL);
    assertThatThrownBy(() -> MODEL.requireInSampleOn(LAST.plusDays(1)))
        .hasMessage("2021-01-05 is not in the sample of this fit, 2020-01-02 to 2021-01-04");
    assertThatThrownBy(() -> MODEL.requireInSampleOn(FIRST.minusDays(1)))
        .hasMessageContaining("not in the sample");
  }

  @Test
  void betasAreShrunkLeastSquaresOfTheCompleteRows() {
    Random random = new Random(3);
    double[] y = new double[40];
    double[][] x = new double[40][2];
    for (int row = 0; row < y.length; row++) {
      x[row][0] = 0.01 * random.nextGaussian();
      x[row][1] = 0.01 * random.nextGaussian();
      y[row] = 1.4 * x[row][0] - 0.3 * x[row][1] + 0.02 * random.nextGaussian();
    }
    var plain = LeastSquares.fit(Design.rowsWithConstant(BETAS.factors(), x), y);
    double error = plain.standardErrors(ErrorRule.classical())[1];
    double weight = 0.04 / (0.04 + error * error);

    double[] betas = MODEL.betas(y, x);

    assertThat(betas[0]).isCloseTo(weight * plain.coefficient("MktRF") + 1 - weight, within(1e-14));
    assertThat(betas[1]).isEqualTo(plain.coefficient("SMB")); // flat prior: not shrunk

    double[] longer = new double[42];
    double[][] longerX = new double[42][];
    System.arraycopy(y, 0, longer, 1, 40);
    System.arraycopy(x, 0, longerX, 1, 40);
    longer[0] = Double.NaN;
    longerX[0] = new double[] {1, 1};
    longer[41] = 5;
    longerX[41] = new double[] {Double.NaN, 1};
    assertThat(MODEL.betas(longer, longerX)).isEqualTo(betas);
  }

  @Test
  void tooShortAWindowAnswersWithThePriorMean() {
    assertThat(MODEL.betas(new double[9], new double[9][2])).containsExactly(1, 0.5);
    assertThat(MODEL.betas(new double[0], new double[0][])).containsExactly(1, 0.5);
  }

  @Test
  void collinearFactorsOfAWindowAreNamed() {
    double[][] x = new double[12][2];
    for (int row = 0; row < 12; row++) {
      x[row][0] = 0.01 * Math.sin(row);
      x[row][1] = 2 * x[row][0];
    }
    assertThatThrownBy(() -> MODEL.betas(new double[12], x))
        .hasMessage(
            "regressor 'SMB' is a linear combination of [MktRF] in these 12 rows; leave one of them out");
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertThatThrownBy(() -> new LinearFactorModel(NONE, PREMIA.subList(0, 1), 5, BETAS, FIT))
        .hasMessage("premia of [MktRF] for betas on [MktRF, SMB]");
    assertThatThrownBy(() -> new LinearFactorModel(NONE, PREMIA, 0, BETAS, FIT))
        .hasMessage("horizon must be at least 1 trading day, was 0");
    assertThatThrownBy(() -> new Premium("SMB", Double.NaN, 0))
        .hasMessage("premium of 'SMB' is NaN");
    assertThatThrownBy(() -> new FitReport(LAST, FIRST, 0, Map.of(), 0, List.of()))
        .hasMessageContaining("before its first day");
    assertThatThrownBy(() ->
            new Exposures.RegressionBetas(BETAS.factors(), Window.last(60), 3, BETAS.priors()))
        .hasMessageContaining("minimumObservations was 3");
    assertThatThrownBy(() -> MODEL.betas(new double[2], new double[3][2]))
        .hasMessage("2 excess returns and 3 rows of factor returns");
    assertThatThrownBy(() -> MODEL.betas(new double[2], new double[2][3]))
        .hasMessage("a row of 3 factor returns for the 2 factors [MktRF, SMB]");
  }
}
