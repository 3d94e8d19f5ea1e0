package alphadistill.teacher.regression;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Elastic net and lasso: minimises {@code ||y - a - X b||^2 / (2n) + alpha l1 |b|_1 + alpha (1 - l1) / 2 ||b||^2},
 * intercept a unpenalised, features not scaled (the objective of scikit-learn's {@code ElasticNet}). The penalty of
 * other programs that scale features and label first, such as glmnet, is not the same number. Rows are handed in one at
 * a time and are not kept; one pass serves every penalty.
 *
 * <pre>{@code
 * ElasticNet net = new ElasticNet(featureNames);
 * for (Sample s : training) net.add(s.features(), s.label());
 * ElasticNet.Fit fit = net.solve(2e-4, 0.5);
 * }</pre>
 *
 * <p>Coordinate descent finds which coefficients are not zero; those are then solved for exactly, so a coefficient has
 * the digits of a ridge regression and not those of a stopped iteration. Where the features in use are too collinear
 * for that, the descent goes on until no coefficient moves any more. Not safe for use by several threads at once.
 */
public final class ElasticNet {
  private static final int MOST_SWEEPS = 100_000;

  /** Largest step of a sweep, as a share of the label's deviation, at which the exact solution is tried. */
  private static final double SETTLING = 1e-6;

  /** The same at which the descent has ended. */
  private static final double SETTLED = 1e-14;

  private final CrossProducts products;

  /** Starts without rows. */
  public ElasticNet(List<String> features) {
    products = new CrossProducts(features);
  }

  /** Fits rows that are all at hand: {@code x[row][feature]}. */
  public static Fit fit(
      List<String> features, double[][] x, double[] y, double alpha, double l1Ratio) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "%d rows of features and %d labels".formatted(x.length, y.length));
    }
    ElasticNet net = new ElasticNet(features);
    for (int row = 0; row < y.length; row++) {
      net.add(x[row], y[row]);
    }
    return net.solve(alpha, l1Ratio);
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

  /** The smallest alpha at which every coefficient is zero, that of the feature which pulls hardest. */
  public double emptyAt(double l1Ratio) {
    products.settle();
    return IntStream.range(0, products.count())
            .mapToDouble(i -> Math.abs(products.withLabel(i)))
            .max()
            .orElseThrow()
        / (products.rows() * l1Ratio);
  }

  /**
   * The coefficients for one penalty; more rows may follow.
   *
   * @param alpha strength of the penalty, above 0
   * @param l1Ratio share of the absolute values in it, above 0 and at most 1, which is the lasso
   * @throws IllegalStateException if the descent does not settle; the message says how far it came
   */
  public Fit solve(double alpha, double l1Ratio) {
    if (!(alpha > 0) || alpha == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "alpha must be a positive number, was %s; without a penalty use LeastSquares"
              .formatted(alpha));
    }
    if (!(l1Ratio > 0 && l1Ratio <= 1)) {
      throw new IllegalArgumentException(
          "l1Ratio must be above 0 and at most 1, was %s; for 0 use Ridge".formatted(l1Ratio));
    }
    products.settle();
    return new Descent(alpha, l1Ratio).run();
  }

  /** One solution by coordinate descent; the objective is taken times n throughout. */
  private final class Descent {
    final int count = products.count();
    final double alpha;
    final double l1Ratio;
    final double l1; // n alpha l1
    final double l2; // n alpha (1 - l1)
    final double[] b = new double[count];
    final double[] pull = new double[count]; // X'(y - X b), about the means

    Descent(double alpha, double l1Ratio) {
      this.alpha = alpha;
      this.l1Ratio = l1Ratio;
      l1 = products.rows() * alpha * l1Ratio;
      l2 = products.rows() * alpha * (1 - l1Ratio);
    }

    Fit run() {
      double unit = Math.sqrt(products.labelSquares());
      writePull(b, pull);
      int[] tried = null;
      for (int sweep = 1; sweep <= MOST_SWEEPS; sweep++) {
        double largest = sweep();
        if (largest <= SETTLED * unit) {
          return fit(sweep);
        }
        if (largest <= SETTLING * unit) {
          int[] active = IntStream.range(0, count).filter(i -> b[i] != 0).toArray();
          if (!Arrays.equals(active, tried) && solveExactly(active)) {
            return fit(sweep);
          }
          tried = active;
          writePull(b, pull); // steps added to it have left rounding
        }
      }
      throw new IllegalStateException(
          "coordinate descent has not settled after %d sweeps: duality gap %.3g; features are nearly combinations of one another, raise alpha or lower l1Ratio"
              .formatted(MOST_SWEEPS, gap()));
    }

    /** One round over all coefficients; returns the largest step, measured by what it moves the fitted values. */
    private double sweep() {
      double largest = 0;
      for (int i = 0; i < count; i++) {
        double square = products.product(i, i);
        if (square == 0) {
          continue; // a constant feature keeps its zero
        }
        double free = pull[i] + square * b[i];
        double updated = Math.signum(free) * Math.max(Math.abs(free) - l1, 0) / (square + l2);
        double step = updated - b[i];
        if (step != 0) {
          b[i] = updated;
          for (int j = 0; j < count; j++) {
            pull[j] -= products.product(i, j) * step;
          }
          largest = Math.max(largest, Math.abs(step) * Math.sqrt(square));
        }
      }
      return largest;
    }

    /**
     * Solves for the coefficients that are not zero, given their signs, and keeps the answer if it is the optimum: no
     * sign has changed and no other feature pulls harder than the penalty.
     */
    private boolean solveExactly(int[] active) {
      int width = active.length;
      double[] gram = new double[Cholesky.size(width)];
      double[] solved = new double[width];
      for (int i = 0; i < width; i++) {
        for (int j = 0; j <= i; j++) {
          gram[Cholesky.row(i) + j] = products.product(active[i], active[j]);
        }
        gram[Cholesky.row(i) + i] += l2;
        solved[i] = products.withLabel(active[i]) - l1 * Math.signum(b[active[i]]);
      }
      if (!(Cholesky.factor(gram, width) > 1e-9)) {
        return false;
      }
      Cholesky.solveLower(gram, solved, width);
      Cholesky.solveUpper(gram, solved, width);
      double[] candidate = new double[count];
      for (int i = 0; i < width; i++) {
        if (solved[i] * b[active[i]] <= 0) {
          return false;
        }
        candidate[active[i]] = solved[i];
      }
      double[] left = new double[count];
      writePull(candidate, left);
      for (int i = 0; i < count; i++) {
        if (candidate[i] == 0 && Math.abs(left[i]) > l1 * (1 + 1e-12)) {
          return false;
        }
      }
      System.arraycopy(candidate, 0, b, 0, count);
      System.arraycopy(left, 0, pull, 0, count);
      return true;
    }

    private void writePull(double[] coefficients, double[] target) {
      for (int i = 0; i < count; i++) {
        double sum = products.withLabel(i);
        for (int j = 0; j < count; j++) {
          sum -= products.product(i, j) * coefficients[j];
        }
        target[i] = sum;
      }
    }

    private Fit fit(int sweeps) {
      writePull(b, pull);
      return new Fit(products, b, alpha, l1Ratio, sweeps, gap() / products.rows());
    }

    /**
     * Objective minus that of a dual point, so at least the distance to the optimum. The dual point is the residual
     * scaled until no feature pulls harder than the penalty (Kim and others 2007, with the l2 part as extra rows).
     */
    private double gap() {
      double hardest = 0;
      double absolute = 0;
      double square = 0;
      double residualSquares = products.labelSquares();
      double residualWithLabel = products.labelSquares();
      for (int i = 0; i < count; i++) {
        hardest = Math.max(hardest, Math.abs(pull[i] - l2 * b[i]));
        absolute += Math.abs(b[i]);
        square += b[i] * b[i];
        residualWithLabel -= b[i] * products.withLabel(i);
        residualSquares -= b[i] * (products.withLabel(i) + pull[i]);
      }
      double share = hardest > l1 ? l1 / hardest : 1;
      return 0.5 * (1 + share * share) * (residualSquares + l2 * square)
          + l1 * absolute
          - share * residualWithLabel;
    }
  }

  /** A fitted elastic net. Immutable. */
  public static final class Fit extends PenalisedFit {
    private final double alpha;
    private final double l1Ratio;
    private final int sweeps;
    private final double dualityGap;

    private Fit(
        CrossProducts products,
        double[] coefficients,
        double alpha,
        double l1Ratio,
        int sweeps,
        double dualityGap) {
      super(products, coefficients);
      this.alpha = alpha;
      this.l1Ratio = l1Ratio;
      this.sweeps = sweeps;
      this.dualityGap = dualityGap;
    }

    public double alpha() {
      return alpha;
    }

    public double l1Ratio() {
      return l1Ratio;
    }

    /** Features whose coefficient is not zero, in order. */
    public List<String> active() {
      double[] b = coefficients();
      return IntStream.range(0, b.length)
          .filter(i -> b[i] != 0)
          .mapToObj(features()::get)
          .toList();
    }

    /** Rounds of coordinate descent that were needed. */
    public int sweeps() {
      return sweeps;
    }

    /** A bound on how far the objective lies above its minimum; a few roundings of the label's variance. */
    public double dualityGap() {
      return dualityGap;
    }

    @Override
    public String toString() {
      return "elastic net of %d rows, alpha %s, l1Ratio %s, intercept %s, coefficients %s"
          .formatted(rows(), alpha, l1Ratio, intercept(), Arrays.toString(coefficients()));
    }
  }
}
