package alphadistill.teacher.famamacbeth;

import alphadistill.teacher.regression.NeweyWest;

/**
 * The second step of Fama and MacBeth (1973): means of the slopes of T periods, each period with equal weight, and
 * their errors from the slopes' own variation over time.
 */
public final class MeanSlopes {
  private final double[][] slopes; // [coefficient][period]

  private MeanSlopes(double[][] slopes) {
    this.slopes = slopes;
  }

  /**
   * @param periods {@code [period][coefficient]}, in time order
   * @throws IllegalArgumentException if there is no period
   */
  public static MeanSlopes of(double[][] periods) {
    if (periods.length == 0) {
      throw new IllegalArgumentException("no period to average");
    }
    double[][] slopes = new double[periods[0].length][periods.length];
    for (int period = 0; period < periods.length; period++) {
      for (int coefficient = 0; coefficient < slopes.length; coefficient++) {
        slopes[coefficient][period] = periods[period][coefficient];
      }
    }
    return new MeanSlopes(slopes);
  }

  public int periods() {
    return slopes[0].length;
  }

  /** Mean of each coefficient. */
  public double[] means() {
    double[] means = new double[slopes.length];
    for (int coefficient = 0; coefficient < means.length; coefficient++) {
      double sum = 0;
      for (double slope : slopes[coefficient]) {
        sum += slope;
      }
      means[coefficient] = sum / periods();
    }
    return means;
  }

  /** Errors of periods that do not depend on one another: deviation with divisor T - 1, over sqrt(T). */
  public double[] standardErrors() {
    return neweyWestErrors(0);
  }

  /** Newey-West errors: long-run variance (autocovariances divided by T) over T - 1; NaN for a single period. */
  public double[] neweyWestErrors(int lag) {
    return errors(lag, periods() - 1);
  }

  /** As {@link #neweyWestErrors}, over T: without the small-sample correction. */
  public double[] neweyWestErrorsLargeSample(int lag) {
    return errors(lag, periods());
  }

  private double[] errors(int lag, int divisor) {
    double[] errors = new double[slopes.length];
    for (int coefficient = 0; coefficient < errors.length; coefficient++) {
      double variance = NeweyWest.longRunVariance(slopes[coefficient], lag);
      errors[coefficient] = divisor == 0 ? Double.NaN : Math.sqrt(variance / divisor);
    }
    return errors;
  }
}
