package alphadistill.teacher.regression;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Newey-West with prewhitening (Andrews and Monahan 1992) and the automatic lag of Newey and West (1994): a first-order
 * autoregression takes out most of the dependence, Bartlett weights see to the rest, and the long-run variance of the
 * remainder is coloured again by {@code (I - A)^-1}.
 *
 * <p>Conventions: the autoregression is least squares without a constant; its singular values are cut at 0.97, without
 * which a near unit root would make the errors arbitrary. With T rows: pilot lag floor(3 (T/100)^(2/9)), lag
 * floor(1.1447 ((s1/s0)^2 T)^(1/3)), both on the sum of the columns chosen. Sums run over the T - 1 residuals.
 */
final class Prewhitening {
  private static final double LARGEST_PERSISTENCE = 0.97;

  private Prewhitening() {}

  /**
   * Long-run sum of cross products, as {@link NeweyWest#weightedCrossProducts}: neither centred nor divided.
   *
   * @param scores {@code [time][column]}
   * @param decides which columns choose the lag
   */
  static double[][] crossProducts(double[][] scores, boolean[] decides) {
    int periods = scores.length;
    int width = scores[0].length;
    if (periods < 3 * width + 3) {
      throw new IllegalArgumentException(
          "%d observations are too few to prewhiten %d scores; use at least %d or hac with a given lag"
              .formatted(periods, width, 3 * width + 3));
    }
    RealMatrix all = new Array2DRowRealMatrix(scores);
    RealMatrix now = all.getSubMatrix(1, periods - 1, 0, width - 1);
    RealMatrix before = all.getSubMatrix(0, periods - 2, 0, width - 1);
    RealMatrix persistence = persistence(now, before);
    double[][] residuals =
        now.subtract(before.multiply(persistence.transpose())).getData();
    int lag = lag(residuals, decides, periods);
    RealMatrix white =
        new Array2DRowRealMatrix(NeweyWest.weightedCrossProducts(residuals, lag), false);
    RealMatrix colour = new LUDecomposition(
            MatrixUtils.createRealIdentityMatrix(width).subtract(persistence))
        .getSolver()
        .getInverse();
    return colour.multiply(white).multiply(colour.transpose()).getData();
  }

  /** A in {@code v_t = A v_(t-1) + u_t}, its singular values cut. */
  private static RealMatrix persistence(RealMatrix now, RealMatrix before) {
    // pseudo-inverse: scores of a perfect fit are zero and have no persistence
    RealMatrix free =
        new SingularValueDecomposition(before).getSolver().solve(now).transpose();
    SingularValueDecomposition parts = new SingularValueDecomposition(free);
    RealMatrix cut = parts.getS();
    for (int i = 0; i < cut.getRowDimension(); i++) {
      cut.setEntry(i, i, Math.min(LARGEST_PERSISTENCE, cut.getEntry(i, i)));
    }
    return parts.getU().multiply(cut).multiply(parts.getVT());
  }

  private static int lag(double[][] residuals, boolean[] decides, int periods) {
    double[] sum = new double[residuals.length];
    for (int t = 0; t < sum.length; t++) {
      for (int c = 0; c < decides.length; c++) {
        sum[t] += decides[c] ? residuals[t][c] : 0;
      }
    }
    int pilot = (int) Math.floor(3 * Math.pow(periods / 100.0, 2.0 / 9));
    return (int)
        Math.min(Math.floor(NeweyWest.plugInBandwidth(sum, pilot, periods)), residuals.length - 1);
  }
}
