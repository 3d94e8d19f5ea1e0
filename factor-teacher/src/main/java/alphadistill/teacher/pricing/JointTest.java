package alphadistill.teacher.pricing;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * A test that several numbers are zero together, such as all pricing errors.
 *
 * @param statistic its value
 * @param degrees degrees of freedom: how many numbers are tested
 * @param denominatorDegrees those of the denominator of an F statistic; 0 for a chi-square statistic
 * @param pValue probability of a larger statistic if all are zero; relative accuracy is kept for tiny values
 */
public record JointTest(double statistic, int degrees, int denominatorDegrees, double pValue) {

  /** A statistic that is chi-square in large samples. */
  static JointTest chiSquare(double statistic, int degrees) {
    // the upper tail directly: 1 - P would lose the digits of small p-values
    return new JointTest(
        statistic, degrees, 0, Gamma.regularizedGammaQ(degrees / 2.0, statistic / 2));
  }

  /** A statistic with an F distribution. */
  static JointTest f(double statistic, int degrees, int denominatorDegrees) {
    double share = denominatorDegrees / (denominatorDegrees + degrees * statistic);
    return new JointTest(
        statistic,
        degrees,
        denominatorDegrees,
        Beta.regularizedBeta(share, denominatorDegrees / 2.0, degrees / 2.0));
  }
}
