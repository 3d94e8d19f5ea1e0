package alphadistill.cli.device;

/**
 * How far numbers are from what they should be: the largest difference over the largest of the expected magnitudes.
 *
 * @param largest NaN where a number is none or the counts differ
 */
record Gap(double largest) {

  static Gap between(double[] expected, double[] found) {
    if (expected.length != found.length) {
      return new Gap(Double.NaN);
    }
    double scale = 0;
    double gap = 0;
    for (int i = 0; i < found.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      double here = Math.abs(found[i] - expected[i]);
      gap = here <= gap ? gap : here; // NaN stays
    }
    return new Gap(gap == 0 ? 0 : gap / scale);
  }

  boolean isWithin(double tolerance) {
    return largest <= tolerance;
  }
}
