package alphadistill.teacher.regression;

/**
 * Solves the normal equations of one asset after the other on all days at once. Loops run over days, so that they become
 * vector instructions; arrays are used again for the next asset. For one thread.
 */
final class RollingSolver {
  /** Residual squares below this share of the total are summed from residuals: the difference would cancel. */
  private static final double CANCELLING = 1e-5;

  private final RollingRegression rule;
  private final int width;
  private final WindowSums windows;
  private final double[] y; // zero where the row is incomplete
  private final double[][] products; // X'y and y'y of each row, then L^-1 X'y
  private final double[][] sums; // of the windows
  private final double[] residual; // sum of squares
  private final double[] total; // the same, about the mean

  RollingSolver(RollingRegression rule, int width, int days) {
    this.rule = rule;
    this.width = width;
    windows = rule.sums(days);
    y = new double[days];
    products = WindowSums.series(width + 1, days);
    sums = WindowSums.series(width + 1, days);
    residual = new double[days];
    total = new double[days];
  }

  /**
   * All fits of an asset; those that normal equations cannot give are left to the caller.
   *
   * @param returns {@code [day]}; what stands on incomplete days does not count
   * @param complete days on which the asset and all factors are there
   */
  AssetCoefficients solve(RollingDesign design, double[] returns, boolean[] complete) {
    for (int day = 0; day < y.length; day++) {
      y[day] = complete[day] ? returns[day] : 0;
    }
    System.arraycopy(y, 0, products[0], 0, y.length);
    for (int f = 0; f + 1 < width; f++) {
      multiply(design.factor(f), y, products[f + 1]);
    }
    multiply(y, y, products[width]);
    windows.write(products, sums);

    AssetCoefficients fits = new AssetCoefficients(design.errorScale(), y.length);
    double[][] half = products; // L^-1 X'y
    for (int i = 0; i < width; i++) {
      multiply(design.inverse(i, 0), sums[0], half[i]);
      for (int c = 1; c <= i; c++) {
        addProduct(design.inverse(i, c), sums[c], half[i]);
      }
    }
    for (int i = 0; i < width; i++) {
      multiply(design.inverse(i, i), half[i], fits.coefficients(i));
      for (int c = i + 1; c < width; c++) {
        addProduct(design.inverse(c, i), half[c], fits.coefficients(i));
      }
    }
    System.arraycopy(sums[width], 0, total, 0, total.length);
    subtractSquare(half[0], total); // half[0] is sum(w y) / sqrt(sum(w))
    System.arraycopy(total, 0, residual, 0, residual.length);
    for (int i = 1; i < width; i++) {
      subtractSquare(half[i], residual);
      if (rule.estimator().ridge() > 0) { // y'y - b'(X'X + 2 P) b with (X'X + P) b = X'y
        subtractSquares(design.penalties(i), fits.coefficients(i), residual);
      }
    }
    for (int day = 0; day < residual.length; day++) {
      fits.rSquared()[day] = 1 - residual[day] / total[day];
      fits.observations()[day] = design.rows(day);
    }
    for (int day = 0; day < residual.length; day++) {
      fits.deviation()[day] = Math.sqrt(residual[day] / (design.rows(day) - width));
    }
    return fits;
  }

  /** Whether the last asset's fit of a day is not to be trusted: badly conditioned factors, or nothing left over. */
  boolean needsQr(int day) {
    return !(residual[day] > CANCELLING * sums[width][day]); // true for NaN
  }

  private static void multiply(double[] a, double[] b, double[] target) {
    for (int day = 0; day < target.length; day++) {
      target[day] = a[day] * b[day];
    }
  }

  private static void addProduct(double[] a, double[] b, double[] target) {
    for (int day = 0; day < target.length; day++) {
      target[day] += a[day] * b[day];
    }
  }

  private static void subtractSquare(double[] a, double[] target) {
    for (int day = 0; day < target.length; day++) {
      target[day] -= a[day] * a[day];
    }
  }

  private static void subtractSquares(double[] weight, double[] a, double[] target) {
    for (int day = 0; day < target.length; day++) {
      target[day] -= weight[day] * a[day] * a[day];
    }
  }
}
