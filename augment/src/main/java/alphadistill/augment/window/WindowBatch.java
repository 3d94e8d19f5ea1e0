package alphadistill.augment.window;

import java.util.List;

/**
 * A batch of N samples: windows, labels, what the teacher needs about the same samples, and where each comes from. A
 * transform returns a changed batch and leaves its input as it was; arrays that it did not change may be shared.
 *
 * @param schema shape and meaning of the windows
 * @param windows row-major (N, T, F); no NaN: what is missing is 0 and says so in the presence channel
 * @param labels forward return of each sample (N); decimal simple return, or a scaling of it that is affine in the
 *     cross-section of its date
 * @param regimes volatility regime of each window's days, row-major (N, T); negative = unknown
 * @param teacherInputs rows for the same N samples
 * @param origins one for each sample
 */
public record WindowBatch(
    WindowSchema schema,
    float[] windows,
    double[] labels,
    int[] regimes,
    TeacherInputs teacherInputs,
    List<Origin> origins) {

  public WindowBatch {
    origins = List.copyOf(origins);
    int n = labels.length;
    if (windows.length != n * schema.size()
        || regimes.length != n * schema.days()
        || teacherInputs.samples() != n
        || origins.size() != n) {
      throw new IllegalArgumentException(
          "%d labels, %d window values (%d a sample), %d regimes, %d teacher rows and %d origins do not belong together"
              .formatted(
                  n,
                  windows.length,
                  schema.size(),
                  regimes.length,
                  teacherInputs.samples(),
                  origins.size()));
    }
  }

  /** N. */
  public int samples() {
    return labels.length;
  }
}
