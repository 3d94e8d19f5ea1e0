package alphadistill.teacher.regression;

import java.util.Arrays;
import java.util.List;

/**
 * Ridge regression: minimises {@code ||y - a - X b||^2 + alpha ||b||^2}, intercept a unpenalised, features not scaled
 * (the objective of scikit-learn's {@code Ridge}). Rows are handed in one at a time and are not kept: the state is
 * k (k + 1) / 2 numbers whatever the number of rows. One pass serves every alpha.
 *
 * <pre>{@code
 * Ridge ridge = new Ridge(featureNames);
 * for (Sample s : training) ridge.add(s.features(), s.label());
 * Ridge.Fit fit = ridge.solve(10);
 * double forecast = fit.predict(features);
 * }</pre>
 *
 * <p>Cross products are kept about the running mean, block by block (Chan, Golub and LeVeque 1983), so features far
 * from zero lose no digits. The result depends on the order of the rows only by rounding and not at all on threads.
 * Not safe for use by several threads at once.
 */
public final class Ridge {
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

  /** Starts without rows. */
  public Ridge(List<String> features) {
    this.features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("a ridge regression needs at least one feature");
    }
    width = features.size() + 1;
    block = new double[BLOCK][width];
    mean = new double[width];
    products = new double[width][];
    for (int i = 0; i < width; i++) {
      products[i] = new double[width - i];
    }
  }

  /** Fits rows that are all at hand: {@code x[row][feature]}. */
  public static Fit fit(List<String> features, double[][] x, double[] y, double alpha) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "%d rows of features and %d labels".formatted(x.length, y.length));
    }
    Ridge ridge = new Ridge(features);
    for (int row = 0; row < y.length; row++) {
      ridge.add(x[row], y[row]);
    }
    return ridge.solve(alpha);
  }

  /**
   * Adds one row; the array is copied.
   *
   * @throws IllegalArgumentException if a value is missing
   */
  public void add(double[] x, double y) {
    requireWidth(x.length);
    double[] row = block[pending];
    System.arraycopy(x, 0, row, 0, x.length);
    accept(row, y);
  }

  /** As {@link #add(double[], double)}, for float32 features. */
  public void add(float[] x, double y) {
    requireWidth(x.length);
    double[] row = block[pending];
    for (int i = 0; i < x.length; i++) {
      row[i] = x[i];
    }
    accept(row, y);
  }

  /** Rows added so far. */
  public long rows() {
    return rows + pending;
  }

  /**
   * The coefficients for one penalty; more rows may follow.
   *
   * @param alpha penalty on the squared coefficients, at least 0; a penalty for n rows of standardised features
   *     compares with n
   * @throws CollinearRegressorsException if alpha is too small to tell collinear features apart
   */
  public Fit solve(double alpha) {
    if (!(alpha >= 0) || alpha == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("alpha must be a number of at least 0, was " + alpha);
    }
    if (rows() < 2) {
      throw new IllegalArgumentException("too few observations: " + rows() + " rows");
    }
    absorbBlock();
    int count = width - 1;
    double[] gram = new double[Cholesky.size(count)];
    double[] b = new double[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        gram[Cholesky.row(i) + j] = products[j][i - j];
      }
      gram[Cholesky.row(i) + i] += alpha;
      b[i] = products[i][count - i];
    }
    if (!(Cholesky.factor(gram, count) > 1e-13)) {
      throw new CollinearRegressorsException(
          ("%d rows with alpha %s do not determine the coefficients of %s: features are constant or combinations of"
                  + " one another; raise alpha or leave some out")
              .formatted(rows, alpha, features));
    }
    Cholesky.solveLower(gram, b, count);
    Cholesky.solveUpper(gram, b, count);
    double intercept = mean[count];
    for (int i = 0; i < count; i++) {
      intercept -= mean[i] * b[i];
    }
    return new Fit(features, intercept, b, alpha, rows);
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

  /** A fitted ridge regression. Immutable. */
  public static final class Fit {
    private final List<String> features;
    private final double intercept;
    private final double[] coefficients;
    private final double alpha;
    private final long rows;

    private Fit(
        List<String> features, double intercept, double[] coefficients, double alpha, long rows) {
      this.features = features;
      this.intercept = intercept;
      this.coefficients = coefficients;
      this.alpha = alpha;
      this.rows = rows;
    }

    public List<String> features() {
      return features;
    }

    public double intercept() {
      return intercept;
    }

    /** Coefficients, a copy, in the order of {@link #features()}. */
    public double[] coefficients() {
      return coefficients.clone();
    }

    public double alpha() {
      return alpha;
    }

    /** Rows the fit has seen. */
    public long rows() {
      return rows;
    }

    /** Intercept plus features times coefficients; NaN if a feature is missing. */
    public double predict(double[] x) {
      requireWidth(x.length);
      double sum = intercept;
      for (int i = 0; i < x.length; i++) {
        sum += coefficients[i] * x[i];
      }
      return sum;
    }

    /** As {@link #predict(double[])}, for float32 features. */
    public double predict(float[] x) {
      requireWidth(x.length);
      double sum = intercept;
      for (int i = 0; i < x.length; i++) {
        sum += coefficients[i] * x[i];
      }
      return sum;
    }

    private void requireWidth(int length) {
      if (length != coefficients.length) {
        throw new IllegalArgumentException("a row of %d values for %d features %s"
            .formatted(length, coefficients.length, features));
      }
    }

    @Override
    public String toString() {
      return "ridge of %d rows, alpha %s, intercept %s, coefficients %s"
          .formatted(rows, alpha, intercept, Arrays.toString(coefficients));
    }
  }
}
