package alphadistill.backtest.attribution;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.metric.Moments;
import alphadistill.backtest.significance.HacMean;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Least squares of a portfolio's returns on factor returns, with Newey-West errors (Bartlett weights, no small-sample
 * factor). Days with a missing value are left out.
 *
 * @param count days used
 * @param lag autocovariances in the errors
 * @param alpha mean daily return the factors do not explain
 * @param alphaError its standard error
 * @param alphaAnnual alpha times the periods of a year
 * @param loadings one for each factor
 * @param rSquared share of variance explained, centred
 * @param meanAnnual mean return times the periods of a year: alpha plus all contributions
 */
public record FactorRegression(
    int count,
    int lag,
    double alpha,
    double alphaError,
    double alphaAnnual,
    List<Loading> loadings,
    double rSquared,
    double meanAnnual) {

  public FactorRegression {
    loadings = List.copyOf(loadings);
  }

  /**
   * @param factor name
   * @param beta exposure
   * @param error its standard error
   * @param contributionAnnual beta times the factor's mean return, times the periods of a year
   */
  public record Loading(String factor, double beta, double error, double contributionAnnual) {
    public double t() {
      return beta / error;
    }
  }

  /**
   * @param returns per period, in excess of cash where the portfolio is funded
   * @param names one for each factor
   * @param factors {@code [period][factor]}, the same periods
   * @throws IllegalArgumentException if there are no more periods than coefficients, or factors are collinear
   */
  public static FactorRegression of(
      double[] returns, List<String> names, double[][] factors, Annualisation annualisation) {
    int[] rows = IntStream.range(0, returns.length)
        .filter(i -> complete(returns[i], factors[i]))
        .toArray();
    int n = rows.length;
    int k = names.size() + 1;
    if (n <= k) {
      throw new IllegalArgumentException(
          "%d periods with returns of the portfolio and of %s are too few for %d coefficients"
              .formatted(n, names, k));
    }
    double[][] x = new double[n][k];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i][0] = 1;
      System.arraycopy(factors[rows[i]], 0, x[i], 1, k - 1);
      y[i] = returns[rows[i]];
    }
    RealMatrix design = new Array2DRowRealMatrix(x, false);
    QRDecomposition qr = new QRDecomposition(design, 1e-12);
    if (!qr.getSolver().isNonSingular()) {
      throw new IllegalArgumentException(
          "the factors %s are collinear over these %d periods".formatted(names, n));
    }
    RealVector coefficients = qr.getSolver().solve(MatrixUtils.createRealVector(y));
    double[] residuals =
        MatrixUtils.createRealVector(y).subtract(design.operate(coefficients)).toArray();
    int lag = HacMean.lagFor(n, 1);
    RealMatrix r = qr.getR().getSubMatrix(0, k - 1, 0, k - 1);
    RealMatrix inverse = MatrixUtils.inverse(r.transpose().multiply(r)); // of X'X
    RealMatrix covariance = inverse.multiply(longRun(x, residuals, lag)).multiply(inverse);

    double perYear = annualisation.periodsPerYear();
    List<Loading> loadings = IntStream.range(1, k)
        .mapToObj(j -> new Loading(
            names.get(j - 1),
            coefficients.getEntry(j),
            Math.sqrt(covariance.getEntry(j, j)),
            coefficients.getEntry(j) * Moments.of(design.getColumn(j)).mean() * perYear))
        .toList();
    Moments moments = Moments.of(y);
    double unexplained =
        MatrixUtils.createRealVector(residuals).dotProduct(MatrixUtils.createRealVector(residuals));
    return new FactorRegression(
        n,
        lag,
        coefficients.getEntry(0),
        Math.sqrt(covariance.getEntry(0, 0)),
        coefficients.getEntry(0) * perYear,
        loadings,
        moments.sumOfSquares() == 0 ? Double.NaN : 1 - unexplained / moments.sumOfSquares(),
        moments.mean() * perYear);
  }

  public double alphaT() {
    return alpha / alphaError;
  }

  /** Mean annual return that the factors explain: the sum of the contributions. */
  public double explainedAnnual() {
    return loadings.stream().mapToDouble(Loading::contributionAnnual).sum();
  }

  /** Bartlett-weighted sum of the autocovariances of {@code residual * x}. */
  private static RealMatrix longRun(double[][] x, double[] residuals, int lag) {
    int k = x[0].length;
    double[][] sum = new double[k][k];
    for (int j = 0; j <= lag; j++) {
      double weight = 1 - j / (lag + 1.0);
      for (int t = j; t < x.length; t++) {
        double scale = weight * residuals[t] * residuals[t - j];
        for (int a = 0; a < k; a++) {
          for (int b = 0; b < k; b++) {
            double product = scale * x[t][a] * x[t - j][b];
            sum[a][b] += product;
            if (j > 0) {
              sum[b][a] += product;
            }
          }
        }
      }
    }
    return new Array2DRowRealMatrix(sum, false);
  }

  private static boolean complete(double value, double[] factors) {
    boolean complete = !Double.isNaN(value);
    for (double factor : factors) {
      complete &= !Double.isNaN(factor);
    }
    return complete;
  }
}
