package alphadistill.teacher.regression;

/**
 * Cholesky factor L of a symmetric positive matrix G = L L', rows packed: entry (i, j <= i) at i (i + 1) / 2 + j. For
 * normal equations, whose columns may have any scale: pivots are judged against their own diagonal.
 */
public final class Cholesky {
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
    double worst = 1;
    for (int i = 0; i < width; i++) {
      int rowI = row(i);
      double diagonal = packed[rowI + i];
      for (int j = 0; j < i; j++) {
        int rowJ = row(j);
        double sum = packed[rowI + j];
        for (int c = 0; c < j; c++) {
          sum -= packed[rowI + c] * packed[rowJ + c];
        }
        packed[rowI + j] = sum / packed[rowJ + j];
      }
      double pivot = diagonal;
      for (int c = 0; c < i; c++) {
        pivot -= packed[rowI + c] * packed[rowI + c];
      }
      double share = pivot / diagonal;
      if (!(share > 0)) {
        return Double.isNaN(share) ? 0 : share;
      }
      worst = Math.min(worst, share);
      packed[rowI + i] = Math.sqrt(pivot);
    }
    return worst;
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
      double sum = v[i];
      for (int c = i + 1; c < width; c++) {
        sum -= factor[row(c) + i] * v[c];
      }
      v[i] = sum / factor[row(i) + i];
    }
  }
}
