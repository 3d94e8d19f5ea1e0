package alphadistill.teacher.pricing;

import alphadistill.teacher.regression.Regression;
import java.util.List;

/**
 * Two-pass model: betas of each asset from a regression on the factors over the whole sample, then mean excess returns
 * on betas. The price of a unit of beta is estimated, so factors need not be traded.
 *
 * <pre>{@code
 * TwoPassFit fit = TwoPassModel.standard().fit(sample);
 * double error = fit.shankenErrors()[0];      // of the first factor's premium
 * double p = fit.shankenTest().pValue();      // are all pricing errors zero?
 * }</pre>
 *
 * @param weighting how assets are weighed in the second pass
 * @param zeroBeta whether the second pass has a constant: the excess return of an asset without betas
 * @param lag largest Bartlett lag of the joint errors; 0 allows for changing variances alone. Fama-MacBeth and Shanken
 *     errors have none: they take dates as independent
 * @param debiased whether the joint covariance is multiplied by T / (T - K - 1)
 */
public record TwoPassModel(Weighting weighting, boolean zeroBeta, int lag, boolean debiased) {

  /** How the second pass weighs assets. */
  public enum Weighting {
    /** All alike. */
    OLS,
    /** By the inverse covariance of returns, divisor T - 1, taken as known. */
    GLS
  }

  public TwoPassModel {
    if (lag < 0) {
      throw new IllegalArgumentException("lag must not be negative, was " + lag);
    }
  }

  /** OLS without a constant. */
  public static TwoPassModel standard() {
    return new TwoPassModel(Weighting.OLS, false, 0, true);
  }

  /**
   * Both passes.
   *
   * @throws alphadistill.teacher.regression.CollinearRegressorsException if the betas cannot tell the factors (or a
   *     constant) apart; the message names them
   * @throws IllegalArgumentException if there are no more assets than premia: nothing would be left to test
   */
  public TwoPassFit fit(PricingSample sample) {
    int premia = sample.factors().width() + (zeroBeta ? 1 : 0);
    if (sample.assets().width() <= premia) {
      throw new IllegalArgumentException(
          "%d test assets for %d premia: the second pass needs more assets than premia"
              .formatted(sample.assets().width(), premia));
    }
    List<Regression> firstPass = sample.firstPass();
    return new TwoPassFit(this, sample, firstPass, SecondPass.of(this, sample, firstPass));
  }
}
