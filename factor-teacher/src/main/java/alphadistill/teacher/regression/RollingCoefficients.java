package alphadistill.teacher.regression;

import alphadistill.data.panel.FactorReturns;

/**
 * Coefficients of every asset on every day, from {@link RollingRegression}. Coefficient 0 is the constant, coefficient
 * 1 + f the slope on factor f. Where a window holds too few complete rows all numbers are NaN.
 *
 * <p>Takes 8 (factors + 1) + 20 bytes an asset-day: 85 MB for 500 assets, 2,500 days and 5 factors. Assets with gaps, and
 * errors that are robust, take 8 (factors + 1) more.
 */
public final class RollingCoefficients {
  private final FactorReturns factors;
  private final AssetCoefficients[] fits;

  /** @param fits one an asset */
  RollingCoefficients(FactorReturns factors, AssetCoefficients[] fits) {
    this.factors = factors;
    this.fits = fits;
  }

  /** The regressors, with dates and names. */
  public FactorReturns factors() {
    return factors;
  }

  public int assets() {
    return fits.length;
  }

  public int days() {
    return factors.dates().size();
  }

  /** Coefficients a fit has: the constant and one a factor. */
  public int width() {
    return factors.names().size() + 1;
  }

  public double coefficient(int asset, int day, int coefficient) {
    return fits[asset].coefficients(coefficient)[day];
  }

  /** Standard error by the estimator's rule; classical unless another was chosen, residual variance with divisor n - k. */
  public double standardError(int asset, int day, int coefficient) {
    return fits[asset].error(coefficient, day);
  }

  /** All coefficients of one asset and day, a copy. */
  public double[] coefficients(int asset, int day) {
    return fits[asset].coefficientsOn(day);
  }

  /** All standard errors of one asset and day, a copy. */
  public double[] standardErrors(int asset, int day) {
    return fits[asset].errorsOn(day);
  }

  /** Share of the window's variance explained, about the mean. */
  public double rSquared(int asset, int day) {
    return fits[asset].rSquared()[day];
  }

  /** Complete rows in the window, counted also where they are too few for a fit. */
  public int observations(int asset, int day) {
    return fits[asset].observations()[day];
  }

  public boolean isFitted(int asset, int day) {
    return !Double.isNaN(fits[asset].coefficients(0)[day]);
  }
}
