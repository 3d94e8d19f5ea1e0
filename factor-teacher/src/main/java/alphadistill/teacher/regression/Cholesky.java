package alphadistill.teacher.regression;

/**
 * Cholesky factor L of a symmetric positive matrix G = L L', rows packed: entry (i, j <= i) at i (i + 1) / 2 + j. For
 * normal equations, whose columns may have any scale: pivots are judged against their own diagonal.
 */
public final class Cholesky {
  /** Columns after which the rest of the matrix is brought up to date. */
  private static final int PANEL = 4;

  private Cholesky() {}

  /** Length of the packed lower triangle. */
  public static int size(int width) {
    return width * (width + 1) / 2;
  }

  /** Where row i of the packed triangle starts. */
  public static int row(int i) {
    return i * (i + 1) / 2;
  }

  /**
   * Replaces the lower triangle of G by L.
   *
   * @return the smallest pivot as a share of its diagonal entry, which is 1 - R2 of that column on those before it;
   *     not positive (and the factor unusable) when a column is a combination of others
   */
  public static double factor(double[] packed, int width) {
    double[] diagonal = new double[width];
    for (int i = 0; i < width; i++) {
      diagonal[i] = packed[row(i) + i];
    }
    double worst = 1;
    double[][] panel = new double[PANEL][width]; // columns of L that the rows below have not seen
    for (int start = 0; start < width; start += PANEL) {
      int end = Math.min(start + PANEL, width);
      for (int j = start; j < end; j++) {
        double share = packed[row(j) + j] / diagonal[j];
        if (!(share > 0)) {
          return Double.isNaN(share) ? 0 : share;
        }
        worst = Math.min(worst, share);
        double root = Math.sqrt(packed[row(j) + j]);
        packed[row(j) + j] = root;
        double[] column = panel[j - start];
        for (int i = j + 1; i < width; i++) {
          int at = row(i);
          double entry = packed[at + j] / root;
          packed[at + j] = entry;
          column[i] = entry;
          for (int c = j + 1; c < Math.min(end, i + 1); c++) {
            packed[at + c] -= entry * column[c];
          }
        }
      }
      for (int i = end; i < width; i++) {
        subtractPanel(packed, row(i), panel, end, i);
      }
    }
    return worst;
  }

  /** Row i of what is left, from a column on: all columns of a full panel in one go. */
  private static void subtractPanel(double[] packed, int row, double[][] panel, int from, int i) {
    double[] p = panel[0];
    double[] q = panel[1];
    double[] r = panel[2];
    double[] s = panel[3];
    double a = p[i];
    double b = q[i];
    double c = r[i];
    double d = s[i];
    for (int j = from; j <= i; j++) {
      packed[row + j] -= (a * p[j] + b * q[j]) + (c * r[j] + d * s[j]);
    }
  }

  /** Replaces v by {@code L^-1 v}. */
  public static void solveLower(double[] factor, double[] v, int width) {
    for (int i = 0; i < width; i++) {
      int rowI = row(i);
      double sum = v[i];
      for (int c = 0; c < i; c++) {
        sum -= factor[rowI + c] * v[c];
      }
      v[i] = sum / factor[rowI + i];
    }
  }

  /** Replaces v by {@code L'^-1 v}. */
  public static void solveUpper(double[] factor, double[] v, int width) {
    for (int i = width - 1; i >= 0; i--) {
      int rowI = row(i);
      double solved = v[i] / factor[rowI + i];
      v[i] = solved;
      for (int c = 0; c < i; c++) {
        v[c] -= factor[rowI + c] * solved;
      }
    }
  }
}
