package alphadistill.teacher.regression;

/**
 * What is believed of a beta before its own history is seen (Vasicek 1973): mean and variance of the betas of the
 * cross-section. A beta with a large error is moved towards the mean: {@code weight = variance / (variance + error^2)}.
 *
 * @param mean mean of the betas
 * @param variance their variance with divisor n - 1; {@link Double#POSITIVE_INFINITY} believes every beta as it is
 */
public record VasicekPrior(double mean, double variance) {

  public VasicekPrior {
    if (!(variance >= 0)) { // negated, so that NaN fails too
      throw new IllegalArgumentException(
          "the variance of a prior must be at least 0, was " + variance);
    }
  }

  /**
   * The prior of a cross-section; NaN betas are left out. One beta alone says nothing of the spread, so its prior is
   * flat (infinite variance).
   *
   * @throws IllegalArgumentException if no beta is left
   */
  public static VasicekPrior of(double... betas) {
    int count = 0;
    double sum = 0;
    for (double beta : betas) {
      if (!Double.isNaN(beta)) {
        sum += beta;
        count++;
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException("a prior needs at least one beta");
    }
    double mean = sum / count;
    if (count == 1) {
      return flat(mean);
    }
    double squares = 0;
    for (double beta : betas) {
      if (!Double.isNaN(beta)) {
        squares += (beta - mean) * (beta - mean);
      }
    }
    return new VasicekPrior(mean, squares / (count - 1));
  }

  /** A prior that leaves betas as they are; its mean stands in where there is no beta. */
  public static VasicekPrior flat(double mean) {
    return new VasicekPrior(mean, Double.POSITIVE_INFINITY);
  }

  /** Share of the asset's own beta, in [0, 1]. */
  public double weight(double standardError) {
    double noise = standardError * standardError;
    return variance == Double.POSITIVE_INFINITY || noise == 0 ? 1 : variance / (variance + noise);
  }

  /** The beta to use: {@code weight beta + (1 - weight) mean}. */
  public double shrink(double beta, double standardError) {
    double weight = weight(standardError);
    return weight * beta + (1 - weight) * mean;
  }

  /** The adjustment of Blume (1971), which asks for no prior: one third of the way to one. */
  public static double blume(double beta) {
    return 1.0 / 3 + 2.0 / 3 * beta;
  }
}
