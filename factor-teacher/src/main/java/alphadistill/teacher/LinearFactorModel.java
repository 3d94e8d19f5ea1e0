package alphadistill.teacher;

import java.time.LocalDate;
import java.util.List;

/**
 * A fitted linear factor model: {@code E[r] = intercept + exposures . premia}. Immutable; it knows which days it has
 * seen.
 *
 * <p>Units: expected returns and premia are simple decimals over {@code horizon} trading days (0.01 is one per cent);
 * those of regression betas are in excess of cash.
 *
 * <pre>{@code
 * LinearFactorModel model = history.asOf(signalDay).requireUsableOn(firstReturnDay);
 * double byCharacteristics = model.expectedReturn(characteristics);
 * double byBetas = model.expectedReturn(model.betas(excessReturns, factorReturns));
 * }</pre>
 *
 * @param intercept expected return at zero exposure
 * @param premia expected return of a unit of exposure, one a factor
 * @param horizon trading days the returns are measured over, at least 1
 * @param exposures how exposures are obtained
 * @param fit what the fit saw
 */
public record LinearFactorModel(
    Premium intercept, List<Premium> premia, int horizon, Exposures exposures, FitReport fit) {

  public LinearFactorModel {
    premia = List.copyOf(premia);
    if (premia.isEmpty()) {
      throw new IllegalArgumentException("a factor model needs at least one factor");
    }
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1 trading day, was " + horizon);
    }
    if (exposures instanceof Exposures.RegressionBetas betas
        && !betas.factors().equals(premia.stream().map(Premium::factor).toList())) {
      throw new IllegalArgumentException("premia of %s for betas on %s"
          .formatted(premia.stream().map(Premium::factor).toList(), betas.factors()));
    }
  }

  /** Names of the factors, in the order of exposures. */
  public List<String> factors() {
    return premia.stream().map(Premium::factor).toList();
  }

  /** Last day whose numbers the fit has seen. */
  public LocalDate fittedThrough() {
    return fit.fittedThrough();
  }

  /** First day whose return the model may forecast. */
  public LocalDate usableFrom() {
    return fit.usableFrom();
  }

  /**
   * The expected return of one asset over the horizon.
   *
   * @param exposures as of the close of the signal day, in the order of {@link #factors()}
   * @return NaN if an exposure is missing
   */
  public double expectedReturn(double[] exposures) {
    if (exposures.length != premia.size()) {
      throw new IllegalArgumentException("%d exposures for the %d factors %s"
          .formatted(exposures.length, premia.size(), factors()));
    }
    double sum = intercept.value();
    for (int factor = 0; factor < exposures.length; factor++) {
      sum += exposures[factor] * premia.get(factor).value();
    }
    return sum;
  }

  /**
   * Exposures of one asset by the model's own rule on a window of returns, real or augmented.
   *
   * @param excessReturns the asset's returns minus cash, decimals, NaN = missing, one a row
   * @param factorReturns {@code [row][factor]}, NaN = missing, of the same rows
   * @return shrunk slopes, or the prior mean when the window holds too few complete rows
   * @throws IllegalStateException if exposures are given characteristics and not regression slopes
   */
  public double[] betas(double[] excessReturns, double[][] factorReturns) {
    if (exposures instanceof Exposures.RegressionBetas rule) {
      return rule.betas(excessReturns, factorReturns);
    }
    throw new IllegalStateException(
        "the exposures of this model are the characteristics %s, which no regression gives; pass them to expectedReturn"
            .formatted(factors()));
  }

  /**
   * This model, if a forecast of the return of {@code firstReturnDay} is out of sample.
   *
   * @param firstReturnDay first day whose return is forecast; it comes after the signal's close
   * @throws IllegalArgumentException if the fit has seen that day. To compare a fit with its own sample on purpose, say
   *     so with {@link #requireInSampleOn}.
   */
  public LinearFactorModel requireUsableOn(LocalDate firstReturnDay) {
    if (!firstReturnDay.isAfter(fittedThrough())) {
      throw new IllegalArgumentException(
          "the model is fitted through %s and must not forecast the return of %s, which it has seen; use the model asOf an earlier day (or requireInSampleOn for a cross-check)"
              .formatted(fittedThrough(), firstReturnDay));
    }
    return this;
  }

  /**
   * This model, if {@code day} lies inside its sample: for cross-checks of a fit with the data it was made from, never
   * for training or forecasts.
   *
   * @throws IllegalArgumentException if the fit has not seen that day
   */
  public LinearFactorModel requireInSampleOn(LocalDate day) {
    if (day.isBefore(fit.firstDay()) || day.isAfter(fittedThrough())) {
      throw new IllegalArgumentException("%s is not in the sample of this fit, %s to %s"
          .formatted(day, fit.firstDay(), fittedThrough()));
    }
    return this;
  }
}
