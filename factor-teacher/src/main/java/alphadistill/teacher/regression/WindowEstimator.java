package alphadistill.teacher.regression;

import java.util.Arrays;
import java.util.List;

/**
 * How the constant and slopes of one window are estimated from its rows, and how their errors. The same for every
 * window, whether a real one or rows that were mixed or spliced.
 *
 * <p>For rows of given weight w and age the objective is {@code sum w (y - a - x b)^2 + ridge sum_f V_f b_f^2} with V_f
 * the weighted variation of factor f about its mean, so a slope's shrinkage depends on no unit: with unrelated factors
 * it is divided by 1 + ridge. Coefficients are linear in y, so those of a mix of two assets are the mix of theirs.
 *
 * <pre>{@code
 * new RollingRegression(Window.expanding(), 126, WindowEstimator.exponential(63));
 * new RollingRegression(Window.last(252), 126, WindowEstimator.ridge(0.1));
 * new RollingRegression(Window.last(252), 126, WindowEstimator.leastSquares().withErrors(ErrorRule.hac(5)));
 * }</pre>
 *
 * @param halflife rows (missing ones included) after which a row weighs half; infinite: all weigh the same
 * @param ridge penalty on squared slopes as a share of each factor's variation, at least 0; the constant is free
 * @param errors how the errors of the coefficients are estimated; anything but classical takes a QR of every window.
 *     With a ridge the classical error is the deviation of the slope given the data, if the penalty is believed
 */
public record WindowEstimator(double halflife, double ridge, ErrorRule errors) {
  /** Weights below this are this: coefficients do not notice, and a weight of zero would be no observation. */
  private static final double SMALLEST_WEIGHT = 1e-30;

  public WindowEstimator {
    if (!(halflife > 0)) { // negated, so that NaN fails too
      throw new IllegalArgumentException("halflife must be positive, was " + halflife);
    }
    if (!(ridge >= 0) || ridge == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("ridge must be a number of at least 0, was " + ridge);
    }
  }

  /** All rows alike, no penalty, classical errors. */
  public static WindowEstimator leastSquares() {
    return new WindowEstimator(Double.POSITIVE_INFINITY, 0, ErrorRule.classical());
  }

  /** Weights 0.5^(age / halflife); the last row has age 0. */
  public static WindowEstimator exponential(double halflife) {
    return new WindowEstimator(halflife, 0, ErrorRule.classical());
  }

  /** A penalty that divides slopes on unrelated factors by 1 + share. */
  public static WindowEstimator ridge(double share) {
    return new WindowEstimator(Double.POSITIVE_INFINITY, share, ErrorRule.classical());
  }

  /** The same with other errors. */
  public WindowEstimator withErrors(ErrorRule rule) {
    return new WindowEstimator(halflife, ridge, rule);
  }

  /** Whether rows differ in weight. */
  public boolean isWeighted() {
    return halflife < Double.POSITIVE_INFINITY;
  }

  /** Weight of a row over that of the row after it, in (0, 1]. */
  double decay() {
    return Math.pow(0.5, 1 / halflife); // 1 for an infinite halflife
  }

  /**
   * The plain way: a QR of the window's complete rows.
   *
   * @param rows {@code [row][factor]}
   * @param ages rows from each to the window's end
   * @throws CollinearRegressorsException if the factors are collinear and there is no ridge
   */
  public Regression fit(List<String> factors, double[][] rows, double[] y, int[] ages) {
    Design design = Design.rowsWithConstant(factors, rows);
    if (ridge == 0 && !isWeighted()) {
      return LeastSquares.fit(design, y);
    }
    double[] weights = new double[y.length];
    for (int row = 0; row < y.length; row++) {
      weights[row] =
          isWeighted() ? Math.max(SMALLEST_WEIGHT, Math.pow(0.5, ages[row] / halflife)) : 1;
    }
    return ridge == 0
        ? LeastSquares.fit(design, y, weights)
        : LeastSquares.fit(design, y, weights, penalties(rows, weights, factors.size()));
  }

  private double[] penalties(double[][] rows, double[] weights, int factors) {
    double total = Arrays.stream(weights).sum();
    double[] penalties = new double[factors + 1];
    for (int f = 0; f < factors; f++) {
      double mean = 0;
      for (int row = 0; row < rows.length; row++) {
        mean += weights[row] * rows[row][f] / total;
      }
      for (int row = 0; row < rows.length; row++) {
        double centred = rows[row][f] - mean;
        penalties[f + 1] += ridge * weights[row] * centred * centred;
      }
    }
    return penalties;
  }
}
