package alphadistill.augment.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a batch looks like in numbers, so that one can see what a transform keeps and what it changes: statistics of
 * every channel, of the teacher's returns where it regresses them, of the label and of the teacher's answer.
 *
 * <pre>{@code
 * BatchStatistics before = BatchStatistics.of(batch, answers, batch.origins());
 * BatchStatistics after = BatchStatistics.of(changed, newAnswers, batch.origins());
 * }</pre>
 *
 * @param series channels in order, then {@link #RETURN} where there is one, {@link #LABEL} and {@link #ANSWER}
 * @param correlations of two series each, in that order, symmetric: over the days on which both are there, and for label
 *     and answer over signal days
 */
public record BatchStatistics(List<SeriesStatistics> series, List<List<Double>> correlations) {
  /** Name of the asset returns a teacher regresses. */
  public static final String RETURN = "teacher's return";

  /** Name of the labels. */
  public static final String LABEL = "label";

  /** Name of the teacher's answers. */
  public static final String ANSWER = "teacher's answer";

  public BatchStatistics {
    series = List.copyOf(series);
    correlations = correlations.stream().map(List::copyOf).toList();
  }

  /**
   * Statistics of a batch.
   *
   * @param answers of the teacher for the batch (N)
   * @param places asset and signal day of each sample before it was changed, which say whose numbers follow each other
   *     and which are of one day
   */
  public static BatchStatistics of(WindowBatch batch, double[] answers, List<Origin> places) {
    if (answers.length != batch.samples() || places.size() != batch.samples()) {
      throw new IllegalArgumentException("%d answers and %d places for %d samples"
          .formatted(answers.length, places.size(), batch.samples()));
    }
    WindowSchema schema = batch.schema();
    List<String> names = new ArrayList<>();
    List<double[][]> values = new ArrayList<>();
    for (int f = 0; f < schema.features(); f++) {
      names.add(schema.channels().get(f).name());
      values.add(channel(batch, f));
    }
    if (batch.teacherInputs() instanceof TeacherInputs.ReturnHistory history) {
      names.add(RETURN);
      values.add(returns(batch, history));
    }
    names.add(LABEL);
    values.add(column(batch.labels()));
    names.add(ANSWER);
    values.add(column(answers));
    List<SeriesStatistics> series = new ArrayList<>();
    List<List<Double>> correlations = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      series.add(SeriesStatistics.of(names.get(i), values.get(i), places));
      double[][] own = values.get(i);
      correlations.add(values.stream().map(other -> correlation(own, other)).toList());
    }
    return new BatchStatistics(series, correlations);
  }

  /** Share of samples whose window, label, teacher inputs or origin a transform changed. */
  public static double changedShare(WindowBatch before, WindowBatch after) {
    int changed = 0;
    for (int n = 0; n < before.samples(); n++) {
      changed += sample(before, n).equals(sample(after, n)) ? 0 : 1;
    }
    return before.samples() == 0 ? 0 : changed / (double) before.samples();
  }

  private static List<Object> sample(WindowBatch batch, int n) {
    List<Object> parts =
        new ArrayList<>(List.of(batch.labels()[n], batch.origins().get(n)));
    int size = batch.schema().size();
    for (int i = n * size; i < (n + 1) * size; i++) {
      parts.add(batch.windows()[i]);
    }
    double[] inputs = batch.teacherInputs() instanceof TeacherInputs.Characteristics c
        ? c.values()
        : ((TeacherInputs.ReturnHistory) batch.teacherInputs()).asset();
    int width = inputs.length / batch.samples();
    for (int i = n * width; i < (n + 1) * width; i++) {
      parts.add(inputs[i]);
    }
    return parts;
  }

  /** A channel on quoted days; the presence channel on all. */
  private static double[][] channel(WindowBatch batch, int f) {
    WindowSchema schema = batch.schema();
    boolean everyDay = schema.presence().isEmpty() || schema.presence().getAsInt() == f;
    double[][] values = new double[batch.samples()][schema.days()];
    for (int n = 0; n < values.length; n++) {
      for (int row = 0; row < schema.days(); row++) {
        int at = n * schema.size() + row * schema.features();
        boolean there = everyDay || batch.windows()[at + schema.presence().getAsInt()] > 0;
        values[n][row] = there ? batch.windows()[at + f] : Double.NaN;
      }
    }
    return values;
  }

  /** The teacher's returns on the window's days. */
  private static double[][] returns(WindowBatch batch, TeacherInputs.ReturnHistory history) {
    int days = batch.schema().days();
    double[][] values = new double[batch.samples()][days];
    for (int n = 0; n < values.length; n++) {
      for (int row = 0; row < days; row++) {
        int within = history.days() - days + row;
        values[n][row] = within < 0 ? Double.NaN : history.asset()[n * history.days() + within];
      }
    }
    return values;
  }

  private static double[][] column(double[] values) {
    return Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
  }

  /** Pearson correlation of the last rows both have; NaN where one does not vary. */
  private static double correlation(double[][] a, double[][] b) {
    double[] sums = new double[6]; // count, a, b, aa, bb, ab
    double shiftA = first(a); // sums about a first number keep their digits
    double shiftB = first(b);
    for (int n = 0; n < a.length; n++) {
      int rows = Math.min(a[n].length, b[n].length);
      for (int row = 1; row <= rows; row++) {
        double x = a[n][a[n].length - row] - shiftA;
        double y = b[n][b[n].length - row] - shiftB;
        if (Double.isFinite(x) && Double.isFinite(y)) {
          sums[0]++;
          sums[1] += x;
          sums[2] += y;
          sums[3] += x * x;
          sums[4] += y * y;
          sums[5] += x * y;
        }
      }
    }
    double varianceA = sums[3] - sums[1] * sums[1] / sums[0];
    double varianceB = sums[4] - sums[2] * sums[2] / sums[0];
    return !(varianceA > 0) || !(varianceB > 0)
        ? Double.NaN
        : (sums[5] - sums[1] * sums[2] / sums[0]) / Math.sqrt(varianceA * varianceB);
  }

  private static double first(double[][] values) {
    return Arrays.stream(values)
        .flatMapToDouble(Arrays::stream)
        .filter(Double::isFinite)
        .findFirst()
        .orElse(0);
  }
}
