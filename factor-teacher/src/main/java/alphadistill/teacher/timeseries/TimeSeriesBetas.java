package alphadistill.teacher.timeseries;

import alphadistill.teacher.FactorEstimator;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.Window;
import alphadistill.teacher.regression.WindowEstimator;

/**
 * Factor model of traded factors: exposures are each asset's slopes on the factor returns, premia the mean factor
 * returns so far, and the intercept is zero because a traded factor prices itself. The expected excess return over the
 * horizon is {@code betas . premia}.
 *
 * @param regression window and minimum of complete rows of a beta, weights by age, ridge and errors; a window ends with
 *     its day
 * @param premia days with factor returns that the mean is taken over; no fewer than a beta's minimum
 * @param shrinkage whether betas move towards the cross-section, by the errors of the regression
 * @param horizon trading days the expected return is for; premia are mean daily returns times this
 */
public record TimeSeriesBetas(
    RollingRegression regression, Window premia, Shrinkage shrinkage, int horizon)
    implements FactorEstimator<ExcessReturns, TimeSeriesHistory> {

  /** What is done with the error of a beta. */
  public enum Shrinkage {
    /** Betas as estimated; an asset with too little history has the mean beta of the others. */
    NONE,
    /** Towards the cross-section's mean on that day, by the beta's error: {@link alphadistill.teacher.regression.VasicekPrior}. */
    VASICEK
  }

  public TimeSeriesBetas {
    if (premia.rows() < regression.minimumObservations()) {
      throw new IllegalArgumentException(
          "premia over the %s rest on less than a beta, which needs %d"
              .formatted(premia, regression.minimumObservations()));
    }
    WindowEstimator estimator = regression.estimator();
    if (shrinkage == Shrinkage.VASICEK && estimator.ridge() > 0) {
      throw new IllegalArgumentException(
          "a ridge of %s shrinks betas and VASICEK would shrink them again; use Shrinkage.NONE or no ridge"
              .formatted(estimator.ridge()));
    }
    if (shrinkage == Shrinkage.VASICEK
        && estimator.isWeighted()
        && estimator.errors().equals(ErrorRule.classical())) {
      throw new IllegalArgumentException(
          "classical errors count old rows as whole observations, so with a halflife of %s VASICEK would shrink too little; use withErrors(ErrorRule.hc1()) or Shrinkage.NONE"
              .formatted(estimator.halflife()));
    }
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1 trading day, was " + horizon);
    }
  }

  /** Betas over a year, half of it there, shrunk; premia over all days so far. */
  public static TimeSeriesBetas standard(int horizon) {
    return new TimeSeriesBetas(
        new RollingRegression(Window.last(252), 126),
        Window.expanding(),
        Shrinkage.VASICEK,
        horizon);
  }

  /** The same with betas by another estimator, such as exponential weights or a ridge. */
  public TimeSeriesBetas by(WindowEstimator estimator) {
    return new TimeSeriesBetas(
        new RollingRegression(regression.window(), regression.minimumObservations(), estimator),
        premia,
        shrinkage,
        horizon);
  }

  @Override
  public TimeSeriesHistory fit(ExcessReturns data) {
    return new TimeSeriesHistory(this, data, regression.fit(data.factors(), data.excess()));
  }
}
