package alphadistill.teacher.pricing;

/**
 * Linear model whose factors are traded excess returns: {@code r_i = alpha_i + f . beta_i + e_i}. The premium of a
 * factor is its mean return, and the model holds if every alpha is zero.
 *
 * <pre>{@code
 * TradedFactorFit fit = TradedFactorModel.standard().fit(sample);
 * double p = fit.robustTest().pValue();
 * }</pre>
 *
 * @param lag largest Bartlett lag of the errors; 0 allows for changing variances alone
 * @param debiased whether covariances are multiplied by T / (T - K - 1) for coefficients and T / (T - 1) for premia
 */
public record TradedFactorModel(int lag, boolean debiased) {

  public TradedFactorModel {
    if (lag < 0) {
      throw new IllegalArgumentException("lag must not be negative, was " + lag);
    }
  }

  /** Errors robust to changing variances, corrected for degrees of freedom. */
  public static TradedFactorModel standard() {
    return new TradedFactorModel(0, true);
  }

  /** Regresses every asset on the factors. */
  public TradedFactorFit fit(PricingSample sample) {
    return new TradedFactorFit(this, sample, sample.firstPass());
  }
}
