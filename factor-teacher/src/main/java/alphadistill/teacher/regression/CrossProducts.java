package alphadistill.teacher.regression;

import java.util.List;

/**
 * Cross products of features and a label about their means, gathered row by row; rows are not kept, the state is
 * k (k + 1) / 2 numbers whatever their number. All that penalised least squares needs.
 *
 * <p>Products are kept about the running mean, block by block (Chan, Golub and LeVeque 1983), so features far from zero
 * lose no digits. The result depends on the order of the rows only by rounding and not at all on threads. Not safe for
 * use by several threads at once.
 */
final class CrossProducts {
  private static final int BLOCK =
      64; // rows: a block of 2,000 features stays in the second-level cache

  private final List<String> features;
  private final int width; // features, then y as the last column
  private final double[][] block; // [row in block][feature, y]
  private int pending;
  private long rows;
  private final double[] mean;
  private final double[][]
      products; // upper triangle of centred cross products, row i from column i on

  CrossProducts(List<String> features) {
    this.features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("a regression needs at least one feature");
    }
    width = features.size() + 1;
    block = new double[BLOCK][width];
    mean = new double[width];
    products = new double[width][];
    for (int i = 0; i < width; i++) {
      products[i] = new double[width - i];
    }
  }

  List<String> features() {
    return features;
  }

  /** Number of features k. */
  int count() {
    return width - 1;
  }

  long rows() {
    return rows + pending;
  }

  /** Takes in all rows before numbers are read. */
  void settle() {
    if (rows() < 2) {
      throw new IllegalArgumentException("too few observations: " + rows() + " rows");
    }
    absorbBlock();
  }

  /** Sum over rows of feature i times feature j, about their means; settled. */
  double product(int i, int j) {
    return products[Math.min(i, j)][Math.abs(i - j)];
  }

  /** The same of feature i and the label. */
  double withLabel(int i) {
    return products[i][width - 1 - i];
  }

  /** Squares of the label about its mean, summed; settled. */
  double labelSquares() {
    return products[width - 1][0];
  }

  /** The intercept that goes with coefficients: mean of the label minus what they explain at the means. */
  double intercept(double[] coefficients) {
    double intercept = mean[width - 1];
    for (int i = 0; i < coefficients.length; i++) {
      intercept -= mean[i] * coefficients[i];
    }
    return intercept;
  }

  /**
   * Adds one row; the array is copied.
   *
   * @throws IllegalArgumentException if a value is missing
   */
  void add(double[] x, double y) {
    requireWidth(x.length);
    double[] row = block[pending];
    System.arraycopy(x, 0, row, 0, x.length);
    accept(row, y);
  }

  /** As {@link #add(double[], double)}, for float32 features. */
  void add(float[] x, double y) {
    requireWidth(x.length);
    double[] row = block[pending];
    for (int i = 0; i < x.length; i++) {
      row[i] = x[i];
    }
    accept(row, y);
  }

  private void accept(double[] row, double y) {
    row[width - 1] = y;
    for (int i = 0; i < width; i++) {
      if (!Double.isFinite(row[i])) {
        throw new IllegalArgumentException("%s is %s in row %d; fill or drop missing values before"
            .formatted(
                i == width - 1 ? "the label" : "feature '" + features.get(i) + "'",
                row[i],
                rows()));
      }
    }
    if (++pending == BLOCK) {
      absorbBlock();
    }
  }

  /** Adds the waiting rows: products about the block's own mean, then the shift between the means. */
  private void absorbBlock() {
    if (pending == 0) {
      return;
    }
    double[] blockMean = new double[width];
    for (int row = 0; row < pending; row++) {
      for (int i = 0; i < width; i++) {
        blockMean[i] += block[row][i];
      }
    }
    double[] shift = new double[width];
    for (int i = 0; i < width; i++) {
      blockMean[i] /= pending;
      shift[i] = blockMean[i] - mean[i];
    }
    for (int row = 0; row < pending; row++) {
      for (int i = 0; i < width; i++) {
        block[row][i] -= blockMean[i];
      }
    }
    double shiftWeight = (double) rows * pending / (rows + pending);
    for (int i = 0; i < width; i++) {
      double[] target = products[i];
      addScaled(target, shift, i, shiftWeight * shift[i]);
      for (int row = 0; row < pending; row++) {
        addScaled(target, block[row], i, block[row][i]);
      }
    }
    rows += pending;
    for (int i = 0; i < width; i++) {
      mean[i] += shift[i] * pending / rows;
    }
    pending = 0;
  }

  /** {@code target[c] += factor values[first + c]}: the loop the JIT turns into vector instructions. */
  private static void addScaled(double[] target, double[] values, int first, double factor) {
    for (int c = 0; c < target.length; c++) {
      target[c] += factor * values[first + c];
    }
  }

  private void requireWidth(int length) {
    if (length != width - 1) {
      throw new IllegalArgumentException(
          "a row of %d values for %d features".formatted(length, width - 1));
    }
  }
}
