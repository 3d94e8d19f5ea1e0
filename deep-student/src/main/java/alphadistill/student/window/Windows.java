package alphadistill.student.window;

import alphadistill.augment.window.History;
import alphadistill.augment.window.Origin;
import alphadistill.augment.window.TeacherInputs;
import alphadistill.augment.window.WindowBatch;
import alphadistill.student.fold.Span;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts windows out of a study. A missing feature is 0, which is the mean of its date, and the presence channel says
 * whether the asset was quoted.
 */
public final class Windows {
  private final Study study;

  public Windows(Study study) {
    this.study = study;
  }

  /** What a teacher needs to know of samples; made from the same rows as the windows. */
  @FunctionalInterface
  public interface TeacherRows {
    TeacherInputs of(int[] day, int[] asset);
  }

  /**
   * A batch of samples as they were observed.
   *
   * @param rows numbers of samples
   * @param teacher what the teacher needs
   */
  public WindowBatch batch(Samples samples, int[] rows, TeacherRows teacher) {
    int n = rows.length;
    int days = study.spec().window().lookback();
    int size = study.schema().size();
    float[] windows = new float[n * size];
    double[] labels = new double[n];
    int[] regimes = new int[n * days];
    int[] day = new int[n];
    int[] asset = new int[n];
    List<Origin> origins = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      day[i] = samples.day()[rows[i]];
      asset[i] = samples.asset()[rows[i]];
      channels(asset[i], day[i], days, windows, i * size);
      labels[i] = study.target(day[i], asset[i]);
      for (int t = 0; t < days; t++) {
        regimes[i * days + t] = study.regime(day[i] - days + 1 + t);
      }
      origins.add(Origin.observed(asset[i], day[i], days));
    }
    return new WindowBatch(
        study.schema(), windows, labels, regimes, teacher.of(day, asset), origins);
  }

  /** The windows of samples {@code from .. to}, row-major (N, T, F), without anything else. */
  public float[] windows(Samples samples, int from, int to) {
    int size = study.schema().size();
    float[] windows = new float[(to - from) * size];
    for (int i = from; i < to; i++) {
      channels(
          samples.asset()[i],
          samples.day()[i],
          study.spec().window().lookback(),
          windows,
          (i - from) * size);
    }
    return windows;
  }

  /**
   * The training span of a fold as transforms may use it. A sample may end where training samples may, and not before
   * the teacher's first model.
   */
  public History history(Span train, FactorTeaching teaching) {
    return new TrainingHistory(train, teaching);
  }

  private void channels(int asset, int lastDay, int days, float[] into, int at) {
    int features = study.features().fields().size();
    int next = at;
    for (int day = lastDay - days + 1; day <= lastDay; day++) {
      for (int field = 0; field < features; field++) {
        float value = study.features().value(field, day, asset);
        into[next++] = Float.isFinite(value) ? value : 0;
      }
      into[next++] = study.isPresent(day, asset) ? 1 : 0;
    }
  }

  private final class TrainingHistory implements History {
    private final Span train;
    private final FactorTeaching teaching;

    TrainingHistory(Span train, FactorTeaching teaching) {
      this.train = train;
      this.teaching = teaching;
    }

    @Override
    public int firstDay() {
      return train.first();
    }

    @Override
    public int lastDay() {
      return train.last();
    }

    @Override
    public int regime(int day) {
      requireInside(day, day);
      return study.regime(day);
    }

    @Override
    public boolean covers(int asset, int lastDay, int days) {
      int first = lastDay - days + 1;
      if (first < Math.max(train.first(), teaching.firstHistoryDay()) || lastDay > train.last()) {
        return false;
      }
      int quoted = 0;
      for (int day = first; day <= lastDay; day++) {
        quoted += study.isPresent(day, asset) ? 1 : 0;
      }
      return quoted >= study.spec().window().minimumPresent() * days;
    }

    @Override
    public void channels(int asset, int lastDay, int days, float[] into, int at) {
      requireInside(lastDay - days + 1, lastDay);
      Windows.this.channels(asset, lastDay, days, into, at);
    }

    @Override
    public double label(int asset, int day) {
      return train.contains(day) && day >= teaching.firstDay() && study.isEligible(day, asset)
          ? study.target(day, asset)
          : Double.NaN;
    }

    @Override
    public int knownAt(int day) {
      return study.spec().label().knownAt(day);
    }

    @Override
    public double assetReturn(int asset, int day) {
      requireInside(day, day);
      return teaching.assetReturn(day, asset);
    }

    @Override
    public double factorReturn(int factor, int day) {
      requireInside(day, day);
      return teaching.factorReturn(day, factor);
    }

    private void requireInside(int first, int last) {
      if (!train.contains(first) || !train.contains(last)) {
        throw new IllegalArgumentException(
            "days %d to %d are not in the training span %d to %d: they would leak"
                .formatted(first, last, train.first(), train.last()));
      }
    }
  }
}
