package alphadistill.teacher.covariance;

import java.util.Arrays;

/**
 * Which eigenvalues of a correlation matrix are noise. Those of T rows of N independent series of variance v lie, for
 * large T and N, below {@code v (1 + sqrt(N / T))^2} (Marchenko and Pastur 1967).
 *
 * <p>The variance v is fitted by counting: all eigenvalues are noise at first, and v is the mean of the noise; while the
 * largest of the noise lies above the edge that v gives, it is signal and leaves. (Laloux, Cizeau, Bouchaud and Potters
 * 1999 take out the first eigenvalue alone; a kernel fit of the density is another way.)
 *
 * <p>The law is for noise of equal variance. Where assets share unequally in common factors the noise of their
 * correlations is unequal too, and a few of its eigenvalues pass for signal; they are then left as they are.
 */
final class MarchenkoPastur {
  private MarchenkoPastur() {}

  /** How many eigenvalues, given falling and none negative, lie above the edge. */
  static int signals(double[] eigenvalues, int rows) {
    double spread = Math.pow(1 + Math.sqrt((double) eigenvalues.length / rows), 2);
    int signals = 0;
    while (eigenvalues[signals]
        > meanFrom(eigenvalues, signals) * spread) { // ends: the last is its own mean
      signals++;
    }
    return signals;
  }

  /** Noise eigenvalues replaced by their mean, which keeps the trace; then scaled back to ones on the diagonal. */
  static double[][] denoise(double[][] correlation, int rows) {
    SymmetricEigen eigen = SymmetricEigen.of(correlation);
    double[] values = // a correlation matrix has no negative eigenvalue but by rounding
        Arrays.stream(eigen.values()).map(value -> Math.max(0, value)).toArray();
    int signals = signals(values, rows);
    Arrays.fill(values, signals, values.length, meanFrom(values, signals));
    double[][] clean = eigen.withValues(values);
    double[] deviation = new double[clean.length];
    for (int i = 0; i < deviation.length; i++) {
      deviation[i] = Math.sqrt(clean[i][i]);
    }
    for (int i = 0; i < deviation.length; i++) {
      for (int j = 0; j < deviation.length; j++) {
        clean[i][j] = i == j ? 1 : clean[i][j] / (deviation[i] * deviation[j]);
      }
    }
    return clean;
  }

  private static double meanFrom(double[] eigenvalues, int first) {
    double sum = 0;
    for (int i = eigenvalues.length - 1; i >= first; i--) {
      sum += eigenvalues[i];
    }
    return sum / (eigenvalues.length - first);
  }
}
