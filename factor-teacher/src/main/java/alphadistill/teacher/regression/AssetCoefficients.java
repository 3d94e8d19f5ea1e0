package alphadistill.teacher.regression;

/**
 * Fits of one asset by day: the part of {@link RollingCoefficients} that one thread fills. A standard error is kept as
 * the product of two numbers, of which the design's is the same for all assets without gaps: half the memory.
 */
final class AssetCoefficients {
  private final double[][] coefficients; // [coefficient][day]
  private final double[] deviation; // [day]: of the residuals, or 1 where errorScale says all
  private final double[] rSquared; // [day]
  private final int[] observations; // [day]
  private double[][] errorScale; // [coefficient][day]
  private boolean isScaleShared;

  /** @param sharedScale the design's part of the errors; left unchanged */
  AssetCoefficients(double[][] sharedScale, int days) {
    coefficients = new double[sharedScale.length][days];
    deviation = new double[days];
    rSquared = new double[days];
    observations = new int[days];
    errorScale = sharedScale;
    isScaleShared = true;
  }

  double[] coefficients(int coefficient) {
    return coefficients[coefficient];
  }

  double[] coefficientsOn(int day) {
    double[] result = new double[coefficients.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = coefficients[i][day];
    }
    return result;
  }

  double error(int coefficient, int day) {
    return errorScale[coefficient][day] * deviation[day];
  }

  double[] errorsOn(int day) {
    double[] result = new double[coefficients.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = error(i, day);
    }
    return result;
  }

  double[] deviation() {
    return deviation;
  }

  double[] rSquared() {
    return rSquared;
  }

  int[] observations() {
    return observations;
  }

  void setMissing(int day, int rows) {
    observations[day] = rows;
    rSquared[day] = Double.NaN;
    deviation[day] = Double.NaN;
    for (double[] coefficient : coefficients) {
      coefficient[day] = Double.NaN;
    }
  }

  void set(int day, Regression fit, ErrorRule rule) {
    observations[day] = fit.observations();
    rSquared[day] = fit.rSquared();
    deviation[day] = 1;
    if (isScaleShared) {
      double[][] own = new double[errorScale.length][];
      for (int i = 0; i < own.length; i++) {
        own[i] = errorScale[i].clone();
      }
      errorScale = own;
      isScaleShared = false;
    }
    double[] standardErrors = fit.standardErrors(rule);
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i][day] = fit.coefficients()[i];
      errorScale[i][day] = standardErrors[i];
    }
  }
}
