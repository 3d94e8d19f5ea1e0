package alphadistill.teacher.regression;

/**
 * How the covariance of regression coefficients is estimated. The conventions are those of {@code quant.md} 1.1; each
 * changes the number.
 */
public sealed interface ErrorRule {
  /** Residual variance SSR / (n - k) times {@code (X'X)^-1}. */
  static ErrorRule classical() {
    return new Classical();
  }

  /** White's sandwich without a small-sample factor (HC0). */
  static ErrorRule hc0() {
    return new Sandwich(0, false);
  }

  /** White's sandwich times n / (n - k) (HC1). */
  static ErrorRule hc1() {
    return new Sandwich(0, true);
  }

  /** The sandwich with squared residuals over 1 - leverage (HC2): unbiased when variances are equal after all. */
  static ErrorRule hc2() {
    return new Leveraged(1);
  }

  /**
   * The sandwich with squared residuals over the square of 1 - leverage (HC3): the sum of squared changes of the
   * coefficients when each observation is left out in turn. The most careful of the four in small samples.
   */
  static ErrorRule hc3() {
    return new Leveraged(2);
  }

  /**
   * Newey-West: Bartlett weights {@code 1 - j / (lag + 1)}, j = 0 .. lag, no small-sample factor. A lag of 4 is what
   * Stata's {@code ivreg2} calls a bandwidth of 5.
   */
  static ErrorRule hac(int lag) {
    return new Sandwich(lag, false);
  }

  /** {@link #hac} times n / (n - k), as Stata's {@code newey}. */
  static ErrorRule hacSmallSample(int lag) {
    return new Sandwich(lag, true);
  }

  /**
   * Newey-West with prewhitened scores and the automatic lag of Newey and West (1994), times n / (n - k). The scores of
   * a column of ones take no part in the choice of the lag unless it is the only column.
   */
  static ErrorRule prewhitened() {
    return new Prewhitened();
  }

  /** Covariance of the coefficients (k, k). */
  double[][] covariance(Regression fit);

  /** Independent errors of equal variance. */
  record Classical() implements ErrorRule {
    @Override
    public double[][] covariance(Regression fit) {
      double variance = fit.residualVariance();
      double[][] inverse = fit.inverseGram();
      double[][] covariance = new double[inverse.length][inverse.length];
      for (int a = 0; a < inverse.length; a++) {
        for (int b = 0; b < inverse.length; b++) {
          covariance[a][b] = variance * inverse[a][b];
        }
      }
      return covariance;
    }
  }

  /**
   * {@code (X'X)^-1 S (X'X)^-1} with S the Bartlett-weighted sum of the scores' cross products.
   *
   * @param lag largest lag with a weight; 0 is heteroskedasticity only
   * @param smallSample whether to multiply by n / (n - k)
   */
  record Sandwich(int lag, boolean smallSample) implements ErrorRule {
    public Sandwich {
      if (lag < 0) {
        throw new IllegalArgumentException("lag must not be negative, was " + lag);
      }
    }

    @Override
    public double[][] covariance(Regression fit) {
      double[][] product = sandwich(fit, NeweyWest.weightedCrossProducts(fit.scores(), lag));
      return smallSample
          ? scaled(product, (double) fit.observations() / fit.degreesOfFreedom())
          : product;
    }
  }

  /**
   * The heteroskedasticity-robust sandwich that allows for leverage: an observation that pulls the fit towards itself
   * has too small a residual.
   *
   * @param power of 1 - leverage that squared residuals are divided by: 1 is HC2, 2 is HC3
   */
  record Leveraged(int power) implements ErrorRule {
    public Leveraged {
      if (power != 1 && power != 2) {
        throw new IllegalArgumentException("power must be 1 (HC2) or 2 (HC3), was " + power);
      }
    }

    @Override
    public double[][] covariance(Regression fit) {
      double[][] scores = fit.scores();
      double[] leverages = fit.leverages();
      for (int row = 0; row < scores.length; row++) {
        double free = 1 - leverages[row];
        if (!(free > 1e-10)) {
          throw new IllegalArgumentException(
              "observation %d alone decides a coefficient (leverage 1), so its residual says nothing: HC2 and HC3 are undefined; drop that regressor or use HC1"
                  .formatted(row));
        }
        double factor = power == 1 ? 1 / Math.sqrt(free) : 1 / free;
        for (int c = 0; c < scores[row].length; c++) {
          scores[row][c] *= factor;
        }
      }
      return sandwich(fit, NeweyWest.weightedCrossProducts(scores, 0));
    }
  }

  /** {@link #prewhitened}. */
  record Prewhitened() implements ErrorRule {
    @Override
    public double[][] covariance(Regression fit) {
      return scaled(
          sandwich(fit, Prewhitening.crossProducts(fit.scores(), fit.variableColumns())),
          (double) fit.observations() / fit.degreesOfFreedom());
    }
  }

  /** {@code (X'X)^-1 S (X'X)^-1}. */
  private static double[][] sandwich(Regression fit, double[][] filling) {
    double[][] bread = fit.inverseGram();
    return times(times(bread, filling), bread);
  }

  private static double[][] scaled(double[][] matrix, double factor) {
    for (double[] row : matrix) {
      for (int b = 0; b < row.length; b++) {
        row[b] *= factor;
      }
    }
    return matrix;
  }

  private static double[][] times(double[][] left, double[][] right) {
    int width = left.length;
    double[][] product = new double[width][width];
    for (int a = 0; a < width; a++) {
      for (int b = 0; b < width; b++) {
        for (int c = 0; c < width; c++) {
          product[a][b] += left[a][c] * right[c][b];
        }
      }
    }
    return product;
  }
}
