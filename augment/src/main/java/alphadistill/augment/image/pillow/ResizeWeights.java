package alphadistill.augment.image.pillow;

/**
 * What each new pixel of a row (or column) takes from which old ones: the filter widened by the factor of shrinking, cut
 * at the borders, normalised, as whole numbers of 2^-22.
 *
 * @param taps places per new pixel in {@code weights}
 * @param first index of the first old pixel of each new one
 * @param count number of old pixels of each new one, at most {@code taps}
 * @param weights row-major (new pixels, taps)
 */
record ResizeWeights(int taps, int[] first, int[] count, int[] weights) {
  /** Of 32 bits, 8 are the colour's and 2 are left for sums of weights beyond 1. */
  static final int BITS = 22;

  static ResizeWeights of(int oldSize, int newSize, Resample resample) {
    double scale = (double) oldSize / newSize;
    double widening = Math.max(scale, 1);
    double support = resample.support() * widening;
    double perPixel = 1 / widening;
    int taps = (int) Math.ceil(support) * 2 + 1;
    int[] first = new int[newSize];
    int[] count = new int[newSize];
    int[] weights = new int[newSize * taps];
    double[] exact = new double[taps];
    for (int to = 0; to < newSize; to++) {
      double centre = (to + 0.5) * scale;
      int from = Math.max(0, (int) (centre - support + 0.5));
      int length = Math.min(oldSize, (int) (centre + support + 0.5)) - from;
      double sum = 0;
      for (int i = 0; i < length; i++) {
        exact[i] = resample.weight((i + from - centre + 0.5) * perPixel);
        sum += exact[i];
      }
      for (int i = 0; i < length; i++) {
        double share = (sum == 0 ? exact[i] : exact[i] / sum) * (1 << BITS);
        weights[to * taps + i] = (int) (share < 0 ? share - 0.5 : share + 0.5);
      }
      int end = length;
      while (end > 1 && weights[to * taps + end - 1] == 0) {
        end--;
      }
      first[to] = from;
      count[to] = end;
    }
    return new ResizeWeights(taps, first, count, weights);
  }
}
