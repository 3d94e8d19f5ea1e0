package alphadistill.teacher.regression;

import java.util.ArrayList;
import java.util.List;

/**
 * QR decomposition of a design by Householder reflections, which refuses collinear columns by name.
 *
 * <p>Column j is refused when what is left of it after removing the columns before it is shorter than 1e-7 of the
 * whole column (the default of R's {@code lm}): below that its coefficient is rounding, above it the relative error of
 * a fit stays near 1e-9.
 */
final class HouseholderQr {
  static final double TOLERANCE = 1e-7;

  private final double[][]
      reflections; // [column][row]: R above the diagonal, reflection vectors from it on
  private final double[] diagonal; // diagonal of R
  private final int rows;

  /**
   * Decomposes a design.
   *
   * @throws IllegalArgumentException if there are fewer rows than columns, or a column is missing, zero or collinear
   */
  HouseholderQr(Design design) {
    List<String> names = design.names();
    int width = design.width();
    rows = design.rows();
    if (rows < width) {
      throw new IllegalArgumentException(
          "too few observations: %d rows for %d coefficients %s".formatted(rows, width, names));
    }
    reflections = design.copyColumns();
    diagonal = new double[width];
    double[] length = new double[width];
    for (int j = 0; j < width; j++) {
      length[j] = Math.sqrt(dot(reflections[j], reflections[j], 0));
      requireFinite(length[j], names.get(j), reflections[j]);
    }
    for (int j = 0; j < width; j++) {
      double[] v = reflections[j];
      double left = Math.sqrt(dot(v, v, j));
      if (!(left > TOLERANCE * length[j])) {
        throw new CollinearRegressorsException(describe(names, j, length));
      }
      diagonal[j] = v[j] > 0 ? -left : left; // the sign that avoids cancellation
      v[j] -= diagonal[j];
      double scale = -1 / (diagonal[j] * v[j]); // 2 / |v|^2
      for (int later = j + 1; later < width; later++) {
        reflect(v, j, scale, reflections[later]);
      }
    }
  }

  /** Least-squares coefficients of y (n). */
  double[] solve(double[] y) {
    double[] rotated = y.clone();
    for (int j = 0; j < diagonal.length; j++) {
      double[] v = reflections[j];
      reflect(v, j, -1 / (diagonal[j] * v[j]), rotated);
    }
    return backSubstitute(rotated, diagonal.length);
  }

  /** {@code (X'X)^-1} (k, k), from the inverse of R. */
  double[][] inverseGram() {
    int width = diagonal.length;
    double[][] inverse = new double[width][]; // columns of R^-1
    for (int j = 0; j < width; j++) {
      double[] unit = new double[width];
      unit[j] = 1;
      inverse[j] = backSubstitute(unit, width);
    }
    double[][] product = new double[width][width];
    for (int a = 0; a < width; a++) {
      for (int b = 0; b < width; b++) {
        for (int j = Math.max(a, b); j < width; j++) {
          product[a][b] += inverse[j][a] * inverse[j][b];
        }
      }
    }
    return product;
  }

  /** Solves the leading {@code count} rows of {@code R b = right}. */
  private double[] backSubstitute(double[] right, int count) {
    double[] b = new double[count];
    for (int i = count - 1; i >= 0; i--) {
      double sum = right[i];
      for (int j = i + 1; j < count; j++) {
        sum -= reflections[j][i] * b[j];
      }
      b[i] = sum / diagonal[i];
    }
    return b;
  }

  /** Names the columns of which column j is a combination: those that carry a part of it. */
  private String describe(List<String> names, int j, double[] length) {
    if (length[j] == 0) {
      return "regressor '%s' is zero in all %d rows; leave it out".formatted(names.get(j), rows);
    }
    double[] shares = backSubstitute(reflections[j], j);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < j; i++) {
      if (Math.abs(shares[i]) * length[i] > 1e-4 * length[j]) {
        parts.add(names.get(i));
      }
    }
    return "regressor '%s' is a linear combination of %s in these %d rows; leave one of them out"
        .formatted(names.get(j), parts, rows);
  }

  private void requireFinite(double length, String name, double[] column) {
    if (length < Double.POSITIVE_INFINITY) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      if (!Double.isFinite(column[row])) {
        throw new IllegalArgumentException(
            "regressor '%s' is %s in row %d; drop missing rows before the fit"
                .formatted(name, column[row], row));
      }
    }
    throw new IllegalArgumentException("regressor '%s' overflows when squared".formatted(name));
  }

  /** {@code target -= scale (v . target) v} from row {@code first} on. */
  private static void reflect(double[] v, int first, double scale, double[] target) {
    double factor = scale * dot(v, target, first);
    for (int row = first; row < v.length; row++) {
      target[row] -= factor * v[row];
    }
  }

  /** Four running sums: twice as fast as one, and the same order on every machine. */
  private static double dot(double[] a, double[] b, int first) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int row = first;
    for (; row + 3 < a.length; row += 4) {
      s0 += a[row] * b[row];
      s1 += a[row + 1] * b[row + 1];
      s2 += a[row + 2] * b[row + 2];
      s3 += a[row + 3] * b[row + 3];
    }
    for (; row < a.length; row++) {
      s0 += a[row] * b[row];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
