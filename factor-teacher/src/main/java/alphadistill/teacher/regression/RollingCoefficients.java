package alphadistill.teacher.regression;

import alphadistill.data.panel.FactorReturns;
import java.util.Arrays;

/**
 * Coefficients of every asset on every day, from {@link RollingRegression}. Coefficient 0 is the constant, coefficient
 * 1 + f the slope on factor f. Where a window holds too few complete rows all numbers are NaN.
 *
 * <p>Takes 16 (factors + 1) + 12 bytes an asset-day: 135 MB for 500 assets, 2,500 days and 5 factors.
 */
public final class RollingCoefficients {
  private final FactorReturns factors;
  private final int width;
  private final double[][] coefficients; // [asset][day * width + coefficient]
  private final double[][] errors; // the same
  private final double[][] rSquared; // [asset][day]
  private final int[][] observations; // [asset][day]

  RollingCoefficients(FactorReturns factors, int assets) {
    this.factors = factors;
    this.width = factors.names().size() + 1;
    int days = factors.dates().size();
    coefficients = new double[assets][days * width];
    errors = new double[assets][days * width];
    rSquared = new double[assets][days];
    observations = new int[assets][days];
  }

  /** The regressors, with dates and names. */
  public FactorReturns factors() {
    return factors;
  }

  public int assets() {
    return coefficients.length;
  }

  public int days() {
    return factors.dates().size();
  }

  /** Coefficients a fit has: the constant and one a factor. */
  public int width() {
    return width;
  }

  public double coefficient(int asset, int day, int coefficient) {
    return coefficients[asset][day * width + coefficient];
  }

  /** Standard error by the estimator's rule; classical unless another was chosen, residual variance with divisor n - k. */
  public double standardError(int asset, int day, int coefficient) {
    return errors[asset][day * width + coefficient];
  }

  /** All coefficients of one asset and day, a copy. */
  public double[] coefficients(int asset, int day) {
    return Arrays.copyOfRange(coefficients[asset], day * width, (day + 1) * width);
  }

  /** All standard errors of one asset and day, a copy. */
  public double[] standardErrors(int asset, int day) {
    return Arrays.copyOfRange(errors[asset], day * width, (day + 1) * width);
  }

  /** Share of the window's variance explained, about the mean. */
  public double rSquared(int asset, int day) {
    return rSquared[asset][day];
  }

  /** Complete rows in the window, counted also where they are too few for a fit. */
  public int observations(int asset, int day) {
    return observations[asset][day];
  }

  public boolean isFitted(int asset, int day) {
    return !Double.isNaN(coefficients[asset][day * width]);
  }

  void setMissing(int asset, int day, int rows) {
    observations[asset][day] = rows;
    Arrays.fill(coefficients[asset], day * width, (day + 1) * width, Double.NaN);
    Arrays.fill(errors[asset], day * width, (day + 1) * width, Double.NaN);
    rSquared[asset][day] = Double.NaN;
  }

  /** @param inverseDiagonal diagonal of {@code (X'X)^-1} */
  void set(
      int asset,
      int day,
      int rows,
      double[] b,
      double[] inverseDiagonal,
      double residualSquares,
      double totalSquares) {
    observations[asset][day] = rows;
    double variance = residualSquares / (rows - width);
    for (int i = 0; i < width; i++) {
      coefficients[asset][day * width + i] = b[i];
      errors[asset][day * width + i] = Math.sqrt(variance * inverseDiagonal[i]);
    }
    rSquared[asset][day] = 1 - residualSquares / totalSquares;
  }

  void set(int asset, int day, Regression fit, ErrorRule rule) {
    observations[asset][day] = fit.observations();
    System.arraycopy(fit.coefficients(), 0, coefficients[asset], day * width, width);
    System.arraycopy(fit.standardErrors(rule), 0, errors[asset], day * width, width);
    rSquared[asset][day] = fit.rSquared();
  }
}
