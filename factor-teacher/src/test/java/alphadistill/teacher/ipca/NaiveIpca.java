package alphadistill.teacher.ipca;

import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import java.util.stream.IntStream;

/**
 * The same least squares written from the panel: each half of a sweep is one regression by QR of all returns, with no
 * cross product kept and nothing rotated. Fitted returns do not depend on the rotation.
 */
final class NaiveIpca {
  private NaiveIpca() {}

  /** Fitted returns {@code [period][asset]} of K factors and an intercept. */
  static double[][] fitted(SimulatedIpca panel, int k, int sweeps) {
    int characteristics = panel.z[0].length;
    double[][] gamma = new double[characteristics][k + 1]; // the last column is alpha
    for (int l = 0; l < characteristics; l++) {
      for (int a = 0; a < k; a++) {
        gamma[l][a] = Math.cos(1 + l + 2.7 * a * l);
      }
    }
    double[][] factors = new double[panel.y.length][k];
    double[][] fitted = fitted(panel, gamma, factors, k);
    for (int sweep = 0; sweep < sweeps; sweep++) {
      for (int t = 0; t < panel.y.length; t++) {
        factors[t] = factors(panel.z[t], panel.y[t], gamma, k);
      }
      gamma = loadings(panel, factors, k);
      double[][] last = fitted;
      fitted = fitted(panel, gamma, factors, k);
      double change = 0;
      for (int t = 0; t < fitted.length; t++) {
        for (int i = 0; i < fitted[t].length; i++) {
          change = Math.max(change, Math.abs(fitted[t][i] - last[t][i]));
        }
      }
      if (change < 1e-13) {
        break;
      }
    }
    return fitted;
  }

  private static double[] factors(double[][] z, double[] y, double[][] gamma, int k) {
    double[][] exposures = new double[k][y.length];
    double[] rest = y.clone();
    for (int i = 0; i < y.length; i++) {
      for (int l = 0; l < z.length; l++) {
        for (int a = 0; a < k; a++) {
          exposures[a][i] += z[l][i] * gamma[l][a];
        }
        rest[i] -= z[l][i] * gamma[l][k];
      }
    }
    return LeastSquares.fit(
            Design.ofColumns(IntStream.range(0, k).mapToObj(a -> "f" + a).toList(), exposures),
            rest)
        .coefficients();
  }

  /** Returns of all assets and periods on all products of a characteristic and a factor (or one). */
  private static double[][] loadings(SimulatedIpca panel, double[][] factors, int k) {
    int characteristics = panel.z[0].length;
    int rows = IntStream.range(0, panel.y.length).map(t -> panel.y[t].length).sum();
    double[][] columns = new double[characteristics * (k + 1)][rows];
    double[] y = new double[rows];
    int row = 0;
    for (int t = 0; t < panel.y.length; t++) {
      for (int i = 0; i < panel.y[t].length; i++) {
        for (int l = 0; l < characteristics; l++) {
          for (int a = 0; a <= k; a++) {
            columns[l * (k + 1) + a][row] = panel.z[t][l][i] * (a < k ? factors[t][a] : 1);
          }
        }
        y[row++] = panel.y[t][i];
      }
    }
    double[] coefficients = LeastSquares.fit(
            Design.ofColumns(
                IntStream.range(0, columns.length).mapToObj(c -> "c" + c).toList(), columns),
            y)
        .coefficients();
    double[][] gamma = new double[characteristics][k + 1];
    for (int l = 0; l < characteristics; l++) {
      System.arraycopy(coefficients, l * (k + 1), gamma[l], 0, k + 1);
    }
    return gamma;
  }

  private static double[][] fitted(
      SimulatedIpca panel, double[][] gamma, double[][] factors, int k) {
    double[][] fitted = new double[panel.y.length][];
    for (int t = 0; t < fitted.length; t++) {
      fitted[t] = new double[panel.y[t].length];
      for (int i = 0; i < fitted[t].length; i++) {
        for (int l = 0; l < gamma.length; l++) {
          double response = gamma[l][k];
          for (int a = 0; a < k; a++) {
            response += gamma[l][a] * factors[t][a];
          }
          fitted[t][i] += panel.z[t][l][i] * response;
        }
      }
    }
    return fitted;
  }
}
