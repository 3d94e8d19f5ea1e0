package alphadistill.teacher.regression;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The left side of the normal equations of every day's window, factorised: {@code X'X + P = L L'} with {@code L^-1}
 * kept. The same for all assets without gaps; an asset with gaps has its own on the days whose window holds one.
 * Numbers lie by day, so that loops over days become vector instructions.
 */
final class RollingDesign {
  /** Smallest 1 - R2 among factors for which normal equations keep 1e-9: rounding grows with its inverse. */
  private static final double WELL_CONDITIONED = 1e-4;

  private final RollingRegression rule;
  private final double[][] factors; // [factor][day]
  private final int[] rows; // [day]: complete rows of the window
  private final double[][] inverse; // [pair][day]: L^-1, packed; NaN where QR is needed
  private final double[][] errorScale; // [coefficient][day]: root of the diagonal of (X'X + P)^-1
  private final double[][] penalties; // [coefficient][day]: P

  private RollingDesign(RollingRegression rule, double[][] factors, boolean[] complete) {
    this.rule = rule;
    this.factors = factors;
    int width = width();
    rows = new int[complete.length];
    int[] before = new int[complete.length + 1];
    for (int day = 0; day < rows.length; day++) {
      before[day + 1] = before[day] + (complete[day] ? 1 : 0);
      rows[day] = before[day + 1] - before[rule.window().firstRow(day)];
    }
    inverse = new double[Cholesky.size(width)][rows.length];
    errorScale = new double[width][rows.length];
    penalties = new double[width][rows.length];
  }

  /**
   * The design of assets without gaps.
   *
   * @param factors {@code [factor][day]}, zero on incomplete days
   * @param complete days on which all factors are there
   */
  static RollingDesign of(RollingRegression rule, double[][] factors, boolean[] complete) {
    RollingDesign design = new RollingDesign(rule, factors, complete);
    double[][] gram = design.gram(complete);
    IntStream.range(0, complete.length)
        .parallel() // each day stands alone
        .forEach(day -> design.factorise(gram, day));
    return design;
  }

  /** The design of an asset that is there on some of those days only. */
  RollingDesign with(boolean[] fewer) {
    RollingDesign own = new RollingDesign(rule, factors, fewer);
    double[][] gram = own.gram(fewer);
    for (int day = 0; day < rows.length; day++) {
      // the same rows, so the same bits as those of an asset without gaps
      if (own.rows[day] == rows[day]) {
        copyDay(inverse, own.inverse, day);
        copyDay(errorScale, own.errorScale, day);
        copyDay(penalties, own.penalties, day);
      } else {
        own.factorise(gram, day);
      }
    }
    return own;
  }

  int width() {
    return factors.length + 1;
  }

  int days() {
    return rows.length;
  }

  int rows(int day) {
    return rows[day];
  }

  /** Whether a day has rows enough and yet no factor. */
  boolean needsQr(int day) {
    return rows[day] >= rule.minimumObservations() && Double.isNaN(inverse[0][day]);
  }

  double[] factor(int factor) {
    return factors[factor];
  }

  /** Entry (i, j <= i) of {@code L^-1}, by day. */
  double[] inverse(int i, int j) {
    return inverse[Cholesky.row(i) + j];
  }

  /** What the deviation of the residuals is multiplied by: {@code [coefficient][day]}. */
  double[][] errorScale() {
    return errorScale;
  }

  double[] penalties(int coefficient) {
    return penalties[coefficient];
  }

  /** Moving sums of the products of rows {@code [1, factors]} with themselves: {@code [pair][day]}. */
  private double[][] gram(boolean[] complete) {
    double[][] products = WindowSums.series(inverse.length, complete.length);
    for (int i = 0; i < width(); i++) {
      for (int j = 0; j <= i; j++) {
        double[] product = products[Cholesky.row(i) + j];
        for (int day = 0; day < product.length; day++) {
          product[day] = !complete[day]
              ? 0
              : (i == 0 ? 1 : factors[i - 1][day]) * (j == 0 ? 1 : factors[j - 1][day]);
        }
      }
    }
    double[][] sums = WindowSums.series(inverse.length, complete.length);
    rule.sums(complete.length).write(products, sums);
    return sums;
  }

  private void factorise(double[][] gram, int day) {
    int width = width();
    double[] factor = new double[inverse.length];
    for (int pair = 0; pair < factor.length; pair++) {
      factor[pair] = gram[pair][day];
    }
    double ridge = rule.estimator().ridge();
    for (int i = 1; i < width && ridge > 0; i++) {
      int at = Cholesky.row(i);
      penalties[i][day] = ridge * (factor[at + i] - factor[at] * factor[at] / factor[0]);
    }
    for (int i = 1; i < width; i++) {
      factor[Cholesky.row(i) + i] += penalties[i][day];
    }
    if (rows[day] < rule.minimumObservations()
        || Cholesky.factor(factor, width) < WELL_CONDITIONED) {
      for (double[] entry : inverse) {
        entry[day] = Double.NaN;
      }
      return;
    }
    double[] column = new double[width];
    for (int j = 0; j < width; j++) {
      Arrays.fill(column, 0);
      column[j] = 1;
      Cholesky.solveLower(factor, column, width);
      double squares = 0;
      for (int i = j; i < width; i++) {
        inverse(i, j)[day] = column[i];
        squares += column[i] * column[i];
      }
      errorScale[j][day] = Math.sqrt(squares);
    }
  }

  private static void copyDay(double[][] from, double[][] to, int day) {
    for (int i = 0; i < from.length; i++) {
      to[i][day] = from[i][day];
    }
  }
}
