package alphadistill.augment.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch being changed: copies of all that a transform may write, so that the batch it came from stays as it was.
 * Windows and the teacher's inputs of the same days are always written together.
 */
final class BatchDraft {
  private final WindowSchema schema;
  private final float[] windows;
  private final double[] labels;
  private final int[] regimes;
  private final TeacherInputs inputs; // holds the copies below
  private final List<Origin> origins;

  private BatchDraft(WindowBatch batch) {
    this.schema = batch.schema();
    this.windows = batch.windows().clone();
    this.labels = batch.labels().clone();
    this.regimes = batch.regimes().clone();
    this.inputs = copy(batch.teacherInputs());
    this.origins = new ArrayList<>(batch.origins());
  }

  static BatchDraft of(WindowBatch batch) {
    return new BatchDraft(batch);
  }

  /** @throws IllegalArgumentException if a sample holds data from after the training span */
  static BatchDraft within(WindowBatch batch, History span) {
    for (int n = 0; n < batch.samples(); n++) {
      int latest = batch.origins().get(n).latestDay();
      if (latest > span.lastDay()) {
        throw new IllegalArgumentException(
            "sample %d holds data of day %d, after the last day %d of the training span: only training samples may be changed"
                .formatted(n, latest, span.lastDay()));
      }
    }
    return new BatchDraft(batch);
  }

  WindowBatch done() {
    return new WindowBatch(schema, windows, labels, regimes, inputs, origins);
  }

  private static TeacherInputs copy(TeacherInputs inputs) {
    if (inputs instanceof TeacherInputs.Characteristics c) {
      return new TeacherInputs.Characteristics(c.channels(), c.values().clone());
    }
    TeacherInputs.ReturnHistory h = (TeacherInputs.ReturnHistory) inputs;
    return new TeacherInputs.ReturnHistory(
        h.days(), h.factors(), h.asset().clone(), h.factor().clone());
  }

  /** The copied characteristics; null where the teacher regresses returns. */
  TeacherInputs.Characteristics characteristics() {
    return inputs instanceof TeacherInputs.Characteristics c ? c : null;
  }

  /** The copied return history; null where the teacher reads characteristics. */
  TeacherInputs.ReturnHistory history() {
    return inputs instanceof TeacherInputs.ReturnHistory h ? h : null;
  }

  float[] windows() {
    return windows;
  }

  double[] labels() {
    return labels;
  }

  int[] regimes() {
    return regimes;
  }

  Origin origin(int sample) {
    return origins.get(sample);
  }

  void origin(int sample, Origin origin) {
    origins.set(sample, origin);
  }

  /** Where a row of a window begins. */
  int at(int sample, int row) {
    return sample * schema.size() + row * schema.features();
  }

  /** Index in the return history of a window's row; negative where the history is shorter than the window. */
  int historyRow(int sample, int row) {
    int within = history().days() - schema.days() + row;
    return within < 0 ? -1 : sample * history().days() + within;
  }

  /**
   * Replaces rows by the days of an asset that end on {@code lastDay}: channels, regimes, returns of asset and factors,
   * and characteristics where the signal day is among them.
   */
  void replace(int sample, int row, int count, int asset, int lastDay, History from) {
    int firstDay = lastDay - count + 1;
    requireInside(firstDay, lastDay, from);
    from.channels(asset, lastDay, count, windows, at(sample, row));
    for (int i = 0; i < count; i++) {
      regimes[sample * schema.days() + row + i] = from.regime(firstDay + i);
      if (history() != null && historyRow(sample, row + i) >= 0) {
        writeReturns(historyRow(sample, row + i), asset, firstDay + i, from);
      }
    }
    if (row + count == schema.days()) {
      readCharacteristics(sample);
    }
    origins.set(
        sample, origin(sample).splicedWith(new Origin.Parent(asset, firstDay, lastDay, row, 1)));
  }

  /** Makes the sample that was observed on another day; days before the span are missing in its return history. */
  void observe(int sample, int asset, int day, History from) {
    origins.set(sample, new Origin(asset, day, List.of()));
    replace(sample, 0, schema.days(), asset, day, from);
    labels[sample] = from.label(asset, day);
    if (history() != null) {
      int days = history().days();
      for (int i = 0; i < days - schema.days(); i++) {
        writeReturns(sample * days + i, asset, day - days + 1 + i, from);
      }
    }
  }

  /** Empties rows: values and presence 0, the asset's returns missing; factors had their returns all the same. */
  void empty(int sample, int row, int count) {
    Arrays.fill(windows, at(sample, row), at(sample, row + count), 0);
    if (history() != null) {
      for (int i = row; i < row + count; i++) {
        if (historyRow(sample, i) >= 0) {
          history().asset()[historyRow(sample, i)] = Double.NaN;
        }
      }
    }
    origins.set(sample, origin(sample).without(row, count));
  }

  /** Takes the characteristics from the window's last row. */
  void readCharacteristics(int sample) {
    TeacherInputs.Characteristics c = characteristics();
    if (c != null) {
      for (int k = 0; k < c.width(); k++) {
        c.values()[sample * c.width() + k] =
            windows[at(sample, schema.days() - 1) + c.channels().get(k)];
      }
    }
  }

  private void writeReturns(int row, int asset, int day, History from) {
    boolean known = day >= from.firstDay();
    history().asset()[row] = known ? from.assetReturn(asset, day) : Double.NaN;
    int factors = history().factors();
    for (int f = 0; f < factors; f++) {
      history().factor()[row * factors + f] = known ? from.factorReturn(f, day) : Double.NaN;
    }
  }

  private static void requireInside(int firstDay, int lastDay, History from) {
    if (firstDay < from.firstDay() || lastDay > from.lastDay()) {
      throw new IllegalArgumentException(
          "days %d to %d are not in the training span %d to %d: they would leak"
              .formatted(firstDay, lastDay, from.firstDay(), from.lastDay()));
    }
  }
}
