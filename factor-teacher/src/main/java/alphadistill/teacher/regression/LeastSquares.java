package alphadistill.teacher.regression;

import java.util.Arrays;

/**
 * Ordinary and weighted least squares by QR, the plain truth that every faster path is tested against.
 *
 * <pre>{@code
 * Regression fit = LeastSquares.fit(Design.withConstant(List.of("MktRF"), market), excessReturns);
 * double beta = fit.coefficient("MktRF");
 * double error = fit.standardErrors(ErrorRule.hac(6))[1];
 * }</pre>
 */
public final class LeastSquares {
  private LeastSquares() {}

  /**
   * Minimises {@code sum (y - x b)^2}.
   *
   * @param y one value a row
   * @throws CollinearRegressorsException if a regressor is a combination of others; the message names them
   * @throws IllegalArgumentException if there are fewer rows than coefficients or a value is missing
   */
  public static Regression fit(Design design, double[] y) {
    requireRows(design, y);
    double centre = design.hasConstant() ? mean(y) : 0;
    double total = 0;
    for (double value : y) {
      total += (value - centre) * (value - centre);
    }
    return solve(design, y, total, design.hasConstant());
  }

  /**
   * Minimises {@code sum w (y - x b)^2}. Weights are used as they are: their level changes sigma2, not coefficients,
   * errors or R2. Residuals, like sigma2, are those of the rows times sqrt(w).
   *
   * @param weights one positive weight a row
   */
  public static Regression fit(Design design, double[] y, double[] weights) {
    return fit(design, y, weights, new double[design.width()]);
  }

  /**
   * Minimises {@code sum w (y - x b)^2 + sum_c p_c b_c^2}, by a row {@code sqrt(p_c) e_c} below the others for each
   * penalty. Residuals are those of the real rows; the inverse of {@code X'WX + P} stands for that of {@code X'WX}.
   *
   * @param penalties one a coefficient, at least 0
   */
  static Regression fit(Design design, double[] y, double[] weights, double[] penalties) {
    requireRows(design, y);
    double[] root = new double[weights.length];
    double[] scaled = new double[y.length];
    double weightSum = 0;
    double weightedSum = 0;
    for (int row = 0; row < y.length; row++) {
      if (!(weights[row] > 0)) {
        throw new IllegalArgumentException(
            "weights must be positive, was %s in row %d".formatted(weights[row], row));
      }
      root[row] = Math.sqrt(weights[row]);
      scaled[row] = root[row] * y[row];
      weightSum += weights[row];
      weightedSum += weights[row] * y[row];
    }
    double centre = design.hasConstant() ? weightedSum / weightSum : 0;
    double total = 0;
    for (int row = 0; row < y.length; row++) {
      total += weights[row] * (y[row] - centre) * (y[row] - centre);
    }
    Design rows = design.scaledBy(root);
    return Arrays.stream(penalties).allMatch(p -> p == 0)
        ? solve(rows, scaled, total, design.hasConstant())
        : solve(rows, rows.withDiagonal(penalties), scaled, total, design.hasConstant());
  }

  private static Regression solve(Design design, double[] y, double totalSquares, boolean centred) {
    return solve(design, design, y, totalSquares, centred);
  }

  /** @param solved the design with rows for penalties below its own, or the design itself */
  private static Regression solve(
      Design design, Design solved, double[] y, double totalSquares, boolean centred) {
    HouseholderQr qr = new HouseholderQr(solved);
    double[] coefficients = qr.solve(Arrays.copyOf(y, solved.rows())); // penalties pull to zero
    double[] residuals = new double[y.length];
    for (int row = 0; row < y.length; row++) {
      residuals[row] = y[row] - design.fitted(row, coefficients);
    }
    return new Regression(design, coefficients, residuals, totalSquares, centred, qr.inverseGram());
  }

  private static void requireRows(Design design, double[] y) {
    if (y.length != design.rows()) {
      throw new IllegalArgumentException(
          "%d values of y for %d rows of regressors".formatted(y.length, design.rows()));
    }
    for (int row = 0; row < y.length; row++) {
      if (!Double.isFinite(y[row])) {
        throw new IllegalArgumentException(
            "y is %s in row %d; drop missing rows before the fit".formatted(y[row], row));
      }
    }
  }

  private static double mean(double[] y) {
    double sum = 0;
    for (double value : y) {
      sum += value;
    }
    return sum / y.length;
  }
}
