package alphadistill.teacher.ipca;

import alphadistill.teacher.regression.Cholesky;

/**
 * Anderson's (1965) extrapolation of a fixed-point iteration {@code x -> g(x)}: the combination of the last images whose
 * steps {@code g(x) - x} cancel best. Alternating least squares alone gains a fixed share a sweep, often less than a
 * hundredth, when a factor barely stands out of the noise.
 */
final class Acceleration {
  private static final int DEPTH = 8;

  private final double[][] steps; // differences of g(x) - x between iterations, a ring
  private final double[][] images; // differences of g(x)
  private final double[] lastStep;
  private final double[] lastImage;
  private final double[] gram = new double[Cholesky.size(DEPTH)];
  private final double[] shares = new double[DEPTH];
  private int seen; // iterations since the start or the last forget

  Acceleration(int length) {
    steps = new double[DEPTH][length];
    images = new double[DEPTH][length];
    lastStep = new double[length];
    lastImage = new double[length];
  }

  /** Starts anew: what was seen no longer helps. */
  void forget() {
    seen = 0;
  }

  /**
   * Takes in one iteration and replaces its image by the next point.
   *
   * @param point x, left unchanged
   * @param image g(x); afterwards the point to go on from
   */
  void extrapolate(double[] point, double[] image) {
    if (seen > 0) {
      int slot = (seen - 1) % DEPTH;
      for (int i = 0; i < image.length; i++) {
        steps[slot][i] = image[i] - point[i] - lastStep[i];
        images[slot][i] = image[i] - lastImage[i];
      }
    }
    for (int i = 0; i < image.length; i++) {
      lastStep[i] = image[i] - point[i];
      lastImage[i] = image[i];
    }
    int depth = Math.min(seen, DEPTH);
    seen++;
    for (int a = 0; a < depth; a++) {
      for (int b = 0; b <= a; b++) {
        gram[Cholesky.row(a) + b] = dot(steps[a], steps[b]);
      }
      shares[a] = dot(steps[a], lastStep);
    }
    if (depth == 0) {
      return;
    }
    if (!(Cholesky.factor(gram, depth) > 1e-12)) {
      forget(); // the steps are parallel: a combination of them would be rounding
      return;
    }
    Cholesky.solveLower(gram, shares, depth);
    Cholesky.solveUpper(gram, shares, depth);
    for (int a = 0; a < depth; a++) {
      for (int i = 0; i < image.length; i++) {
        image[i] -= shares[a] * images[a][i];
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
