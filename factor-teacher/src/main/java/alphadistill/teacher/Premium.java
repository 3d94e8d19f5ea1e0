package alphadistill.teacher;

/**
 * The expected return of one unit of exposure over a model's horizon.
 *
 * @param factor name of the factor or characteristic
 * @param value simple decimal return over the horizon per unit of exposure
 * @param standardError its standard error (Newey-West where returns overlap); 0 if the value is set, NaN if unknown
 */
public record Premium(String factor, double value, double standardError) {

  public Premium {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("premium of '%s' is %s".formatted(factor, value));
    }
    if (standardError < 0) {
      throw new IllegalArgumentException(
          "standard error of the premium of '%s' is negative: %s".formatted(factor, standardError));
    }
  }

  /** Value over error; infinite or NaN for an error of zero. */
  public double tStatistic() {
    return value / standardError;
  }
}
