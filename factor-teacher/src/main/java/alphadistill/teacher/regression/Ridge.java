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
 * <p>Features far from zero lose no digits ({@link CrossProducts}). The result depends on the order of the rows only by
 * rounding and not at all on threads. Not safe for use by several threads at once.
 */
public final class Ridge {
  private final CrossProducts products;

  /** Starts without rows. */
  public Ridge(List<String> features) {
    products = new CrossProducts(features);
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
    products.add(x, y);
  }

  /** As {@link #add(double[], double)}, for float32 features. */
  public void add(float[] x, double y) {
    products.add(x, y);
  }

  /** Rows added so far. */
  public long rows() {
    return products.rows();
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
    products.settle();
    int count = products.count();
    double[] gram = new double[Cholesky.size(count)];
    double[] b = new double[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        gram[Cholesky.row(i) + j] = products.product(i, j);
      }
      gram[Cholesky.row(i) + i] += alpha;
      b[i] = products.withLabel(i);
    }
    if (!(Cholesky.factor(gram, count) > 1e-13)) {
      throw new CollinearRegressorsException(
          ("%d rows with alpha %s do not determine the coefficients of %s: features are constant or combinations of"
                  + " one another; raise alpha or leave some out")
              .formatted(rows(), alpha, products.features()));
    }
    Cholesky.solveLower(gram, b, count);
    Cholesky.solveUpper(gram, b, count);
    return new Fit(products, b, alpha);
  }

  /** A fitted ridge regression. Immutable. */
  public static final class Fit extends PenalisedFit {
    private final double alpha;

    private Fit(CrossProducts products, double[] coefficients, double alpha) {
      super(products, coefficients);
      this.alpha = alpha;
    }

    public double alpha() {
      return alpha;
    }

    @Override
    public String toString() {
      return "ridge of %d rows, alpha %s, intercept %s, coefficients %s"
          .formatted(rows(), alpha, intercept(), Arrays.toString(coefficients()));
    }
  }
}
