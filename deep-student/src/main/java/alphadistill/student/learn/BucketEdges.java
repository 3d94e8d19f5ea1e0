package alphadistill.student.learn;

import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a date's targets are cut into buckets of equal size: a mixed sample's label is ranked among the date's real
 * ones, never interpolated between classes.
 *
 * @param byDay inner edges of each training day, rising
 */
record BucketEdges(Map<Integer, double[]> byDay) {

  static BucketEdges of(Study study, Samples samples, int buckets) {
    Map<Integer, double[]> edges = new HashMap<>();
    int[] starts = samples.dayStarts();
    for (int d = 0; d + 1 < starts.length; d++) {
      double[] sorted = new double[starts[d + 1] - starts[d]];
      for (int i = 0; i < sorted.length; i++) {
        int row = starts[d] + i;
        sorted[i] = study.target(samples.day()[row], samples.asset()[row]);
      }
      Arrays.sort(sorted);
      double[] inner = new double[buckets - 1];
      for (int b = 0; b < inner.length; b++) {
        inner[b] =
            sorted[Math.min((int) ((long) sorted.length * (b + 1) / buckets), sorted.length - 1)];
      }
      edges.put(samples.day()[starts[d]], inner);
    }
    return new BucketEdges(edges);
  }

  /** Bucket of a label on its day, 0 the lowest. */
  int bucket(int day, double label) {
    int bucket = 0;
    for (double edge : byDay.get(day)) {
      bucket += label >= edge ? 1 : 0;
    }
    return bucket;
  }
}
