package alphadistill.student.fold;

/**
 * How much labels of neighbouring days share (quant.md section 3).
 *
 * @param concurrency labels that use each day
 * @param uniqueness of each label: the mean of 1 / concurrency over its span; usable as a sample weight
 */
public record LabelOverlap(double[] concurrency, double[] uniqueness) {

  /** Overlap of labels with closed spans {@code [t, min(t + horizon, n - 1)]}. */
  public static LabelOverlap of(int observations, int horizon) {
    double[] concurrency = new double[observations];
    for (int t = 0; t < observations; t++) {
      for (int day = t; day <= Math.min(t + horizon, observations - 1); day++) {
        concurrency[day]++;
      }
    }
    double[] uniqueness = new double[observations];
    for (int t = 0; t < observations; t++) {
      int last = Math.min(t + horizon, observations - 1);
      for (int day = t; day <= last; day++) {
        uniqueness[t] += 1 / concurrency[day] / (last - t + 1);
      }
    }
    return new LabelOverlap(concurrency, uniqueness);
  }
}
