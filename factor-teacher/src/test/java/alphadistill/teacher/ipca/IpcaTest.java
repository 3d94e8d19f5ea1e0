package alphadistill.teacher.ipca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IpcaTest {

  @Test
  void withAsManyFactorsAsCharacteristicsItIsARegressionOfEachPeriod() {
    SimulatedIpca panel = new SimulatedIpca(30, 25, 3, 2, 0.01, 0.05, 1);

    IpcaFit fit = Ipca.factors(3).fit(panel.portfolios());

    double[][] responses = fit.responses();
    for (int t = 0; t < panel.y.length; t++) {
      double[] slopes = LeastSquares.fit(
              Design.ofColumns(List.of("z0", "z1", "z2"), panel.z[t]), panel.y[t])
          .coefficients();
      for (int l = 0; l < 3; l++) {
        assertThat(responses[t][l]).isCloseTo(slopes[l], within(1e-12));
      }
    }
  }

  @Test
  void agreesWithSweepsWrittenFromThePanel() {
    SimulatedIpca panel = new SimulatedIpca(24, 15, 4, 2, 0.02, 0.03, 2);

    IpcaFit fit = Ipca.factors(2).withIntercept().until(1e-13, 50_000).fit(panel.portfolios());

    double[][] fitted = NaiveIpca.fitted(panel, 2, 20_000);
    double[][] responses = fit.responses();
    for (int t = 0; t < panel.y.length; t++) {
      for (int i = 0; i < panel.y[t].length; i++) {
        double sum = 0;
        for (int l = 0; l < 4; l++) {
          sum += panel.z[t][l][i] * responses[t][l];
        }
        assertThat(sum).isCloseTo(fitted[t][i], within(1e-9));
      }
    }
    double squares = 0;
    double total = 0;
    double predictive = 0;
    for (int t = 0; t < panel.y.length; t++) {
      for (int i = 0; i < panel.y[t].length; i++) {
        int asset = i;
        int period = t;
        double expected = fit.expectedReturn(
            IntStream.range(0, 4).mapToDouble(l -> panel.z[period][l][asset]).toArray());
        squares += panel.y[t][i] * panel.y[t][i];
        total += Math.pow(panel.y[t][i] - fitted[t][i], 2);
        predictive += Math.pow(panel.y[t][i] - expected, 2);
      }
    }
    assertThat(fit.rSquared().total()).isCloseTo(1 - total / squares, within(1e-10));
    assertThat(fit.rSquared().predictive()).isCloseTo(1 - predictive / squares, within(1e-10));
  }

  @Test
  void findsPlantedLoadings() {
    SimulatedIpca panel = new SimulatedIpca(120, 200, 6, 2, 0.01, 0.01, 3);

    IpcaFit fit = Ipca.factors(2).withIntercept().fit(panel.portfolios());

    for (int l = 0; l < 6; l++) {
      assertThat(fit.alpha()[l]).isCloseTo(panel.alpha[l], within(0.002));
      double[] projected =
          new double[2]; // beta, which is known up to a rotation, reproduces itself
      for (int k = 0; k < 2; k++) {
        for (int j = 0; j < 2; j++) {
          double product = 0;
          for (int m = 0; m < 6; m++) {
            product += fit.beta()[m][j] * panel.beta[m][k];
          }
          projected[k] += fit.beta()[l][j] * product;
        }
        assertThat(projected[k]).isCloseTo(panel.beta[l][k], within(0.02));
      }
    }
    assertThat(fit.rSquared().total()).isBetween(fit.rSquared().predictive(), 1.0);
  }

  @Test
  void loadingsAndFactorsAreIdentifiedAsStated() {
    SimulatedIpca panel = new SimulatedIpca(60, 40, 5, 3, 0.01, 0.05, 4);

    IpcaFit fit = Ipca.factors(3).withIntercept().fit(panel.portfolios());

    double[][] beta = fit.beta();
    double[][] factors = fit.factors();
    for (int a = 0; a < 3; a++) {
      double alpha = 0;
      for (int l = 0; l < 5; l++) {
        alpha += beta[l][a] * fit.alpha()[l];
      }
      assertThat(alpha).isCloseTo(0, within(1e-12));
      assertThat(fit.factorMeans()[a]).isPositive();
      for (int b = 0; b <= a; b++) {
        double loadings = 0;
        for (double[] row : beta) {
          loadings += row[a] * row[b];
        }
        assertThat(loadings).isCloseTo(a == b ? 1 : 0, within(1e-12));
        if (a != b) {
          assertThat(moment(factors, a, b)).isCloseTo(0, within(1e-12));
          assertThat(moment(factors, b, b)).isGreaterThan(moment(factors, a, a));
        }
      }
    }
  }

  @Test
  void aGivenFactorIsUsedAsItIs() {
    SimulatedIpca panel = new SimulatedIpca(80, 60, 4, 2, 0, 0.001, 5);
    double[][] first =
        Arrays.stream(panel.factors).map(f -> new double[] {f[0]}).toArray(double[][]::new);

    IpcaFit fit = Ipca.factors(1).fit(panel.portfolios(), List.of("first"), first);

    // Its loadings are those planted, but for what the found factor's loadings span.
    for (int l = 0; l < 4; l++) {
      double shared = 0;
      for (int m = 0; m < 4; m++) {
        shared += fit.beta()[m][0] * panel.beta[m][0];
      }
      assertThat(fit.givenBeta()[l][0])
          .isCloseTo(panel.beta[l][0] - shared * fit.beta()[l][0], within(0.01));
    }
    assertThat(fit.rSquared().total()).isGreaterThan(0.98);
  }

  @Test
  void periodsOfEqualWeightAndAssetsOfEqualWeightDiffer() {
    SimulatedIpca panel = new SimulatedIpca(40, 60, 4, 2, 0, 0.05, 6);
    for (int t = 0; t < 40; t += 2) { // every other period has few assets
      panel.y[t] = Arrays.copyOf(panel.y[t], 6);
      for (int l = 0; l < 4; l++) {
        panel.z[t][l] = Arrays.copyOf(panel.z[t][l], 6);
      }
    }
    ManagedPortfolios portfolios = panel.portfolios();

    IpcaFit byAsset = Ipca.factors(2).fit(portfolios);
    IpcaFit byPeriod = Ipca.factors(2).weighting(Weighting.PERIODS).fit(portfolios);

    // Only the weighting by observations is least squares over all of them.
    assertThat(byAsset.rSquared().total()).isGreaterThan(byPeriod.rSquared().total() + 1e-6);
    // Copying every asset of the large periods changes the one and not the other.
    for (int t = 1; t < 40; t += 2) {
      panel.y[t] = twice(panel.y[t]);
      for (int l = 0; l < 4; l++) {
        panel.z[t][l] = twice(panel.z[t][l]);
      }
    }
    IpcaFit copied = Ipca.factors(2).weighting(Weighting.PERIODS).fit(panel.portfolios());
    assertThat(copied.beta()[1][0]).isCloseTo(byPeriod.beta()[1][0], within(1e-6));
  }

  @Test
  void aFitThatStillMovesIsAnError() {
    SimulatedIpca panel = new SimulatedIpca(40, 30, 4, 2, 0, 0.05, 7);

    assertThatThrownBy(() -> Ipca.factors(2).until(1e-12, 3).fit(panel.portfolios()))
        .isInstanceOf(NotConvergedException.class)
        .hasMessageContaining("still changes by")
        .hasMessageContaining("after 3 sweeps (tolerance 1.0e-12)");
  }

  @Test
  void refusesWhatItCannotTellApart() {
    SimulatedIpca panel = new SimulatedIpca(40, 30, 4, 2, 0, 0.05, 8);
    ManagedPortfolios portfolios = panel.portfolios();
    assertThatThrownBy(() -> Ipca.factors(5).fit(portfolios))
        .hasMessageStartingWith("5 factors cannot be told apart by the 4 characteristics");
    assertThatThrownBy(() -> Ipca.factors(2).withIntercept().fit(portfolios.between(3, 5)))
        .hasMessage("2 periods are too few for 3 factors, the intercept included");
    assertThatThrownBy(() -> Ipca.factors(1).fit(portfolios, List.of("market"), new double[7][1]))
        .hasMessage("7 periods of given factors [market] for 40 of portfolios");
    for (int t = 0; t < 40; t++) {
      for (int i = 0; i < panel.y[t].length; i++) {
        panel.z[t][2][i] = panel.z[t][0][i] - 2 * panel.z[t][1][i];
      }
    }
    assertThatThrownBy(() -> Ipca.factors(2).fit(panel.portfolios()))
        .hasMessage(
            "characteristic 'z2' is zero or a linear combination of [z0, z1] in all 40 periods; leave it out");
    panel.z[4][1][0] = Double.NaN;
    assertThatThrownBy(() -> ManagedPortfolios.builder(List.of("a", "b", "c", "d"), 1)
            .set(0, panel.z[4], panel.y[4]))
        .hasMessage("'b' is NaN in row 0 of period 0; drop missing rows before");
    assertThatThrownBy(() -> ManagedPortfolios.builder(List.of("a"), 2).build())
        .hasMessage("period 0 of 2 has not been set");
  }

  private static double[] twice(double[] values) {
    double[] both = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, both, values.length, values.length);
    return both;
  }

  private static double moment(double[][] factors, int a, int b) {
    return Arrays.stream(factors).mapToDouble(f -> f[a] * f[b]).sum();
  }
}
