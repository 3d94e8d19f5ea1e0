package alphadistill.teacher.famamacbeth;

import alphadistill.data.panel.Panel;
import alphadistill.teacher.Exposures;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.Premium;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Characteristics of assets and the returns that followed: what cross-sectional estimators learn from.
 *
 * @param characteristics panel of values known at the close of their day, already scaled as the model shall see them
 * @param fields the panel's fields that serve as characteristics, in the order of the premia
 * @param labels forward returns, row-major (day, asset), NaN = missing; the label of day t is earned from the close of
 *     t + lag to the close of t + lag + horizon and known then. Handed over, not to be changed afterwards
 * @param lag trading days from the signal's close to the fill, at least 0
 * @param horizon trading days the return is measured over, at least 1
 * @param universe which assets take part on which day
 * @param weight the panel's field that says how much a row counts in its day's regression, such as market value or
 *     one over a variance, positive and known at the close of the day; empty: all rows alike. Only the ratios within a
 *     day matter
 */
public record LabelledCharacteristics(
    Panel characteristics,
    List<String> fields,
    float[] labels,
    int lag,
    int horizon,
    Universe universe,
    Optional<String> weight) {

  /** Membership by day and asset index. */
  @FunctionalInterface
  public interface Universe {
    boolean contains(int day, int asset);

    /** Every asset on every day. */
    static Universe everyAsset() {
      return (day, asset) -> true;
    }
  }

  public LabelledCharacteristics {
    fields = List.copyOf(fields);
    fields.forEach(characteristics::fieldIndex); // refuses unknown names and lists the known ones
    weight.ifPresent(characteristics::fieldIndex);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("at least one characteristic is needed");
    }
    if (new HashSet<>(fields).size() != fields.size()) {
      throw new IllegalArgumentException("a characteristic is named twice in " + fields);
    }
    int cells = characteristics.days() * characteristics.assetCount();
    if (labels.length != cells) {
      throw new IllegalArgumentException("%d labels for %d days x %d assets = %d cells"
          .formatted(labels.length, characteristics.days(), characteristics.assetCount(), cells));
    }
    if (lag < 0) {
      throw new IllegalArgumentException("lag must not be negative, was " + lag);
    }
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1 trading day, was " + horizon);
    }
  }

  /** All assets of the panel on all days, all alike. */
  public LabelledCharacteristics(
      Panel characteristics, List<String> fields, float[] labels, int lag, int horizon) {
    this(characteristics, fields, labels, lag, horizon, Universe.everyAsset(), Optional.empty());
  }

  /** The same, restricted to the members of a universe. */
  public LabelledCharacteristics within(Universe members) {
    return new LabelledCharacteristics(
        characteristics, fields, labels, lag, horizon, members, weight);
  }

  /** The same with weighted regressions; a row without a positive weight is left out and counted. */
  public LabelledCharacteristics weightedBy(String field) {
    return new LabelledCharacteristics(
        characteristics, fields, labels, lag, horizon, universe, Optional.of(field));
  }

  /**
   * A model whose exposures are these characteristics.
   *
   * @param premia intercept first, then one a characteristic, over the labels' horizon
   * @param errors standard errors in the same order; NaN where there are none
   */
  public LinearFactorModel model(double[] premia, double[] errors, FitReport fit) {
    List<Premium> ofFields = IntStream.range(0, fields.size())
        .mapToObj(c -> new Premium(fields.get(c), premia[c + 1], errors[c + 1]))
        .toList();
    return new LinearFactorModel(
        new Premium("intercept", premia[0], errors[0]),
        ofFields,
        horizon,
        new Exposures.Characteristics(),
        fit);
  }

  /** Index of the day at whose close the label of {@code day} is known. */
  public int knownAt(int day) {
    return day + lag + horizon;
  }

  /**
   * The rows of one day that have all characteristics and a label.
   *
   * @param assets index of the asset of each row
   * @param columns {@code [characteristic][row]}
   * @param labels one a row
   * @param weights one a row; 1 where all rows are alike
   * @param missing rows of the universe left out: one count a characteristic, then one for labels and one for weights
   */
  public record DayRows(
      int[] assets, double[][] columns, double[] labels, double[] weights, long[] missing) {
    public int count() {
      return assets.length;
    }
  }

  /** The complete rows of one day, a fresh copy; a row counts as missing once, its label first. */
  public DayRows rowsOf(int day) {
    int assetCount = characteristics.assetCount();
    int width = fields.size();
    int[] field = fields.stream().mapToInt(characteristics::fieldIndex).toArray();
    int[] assets = new int[assetCount];
    double[][] columns = new double[width][assetCount];
    double[] y = new double[assetCount];
    double[] weights = new double[assetCount];
    int weightField = weight.map(characteristics::fieldIndex).orElse(-1);
    long[] missing = new long[width + 2];
    int rows = 0;
    for (int asset = 0; asset < assetCount; asset++) {
      if (!universe.contains(day, asset)) {
        continue;
      }
      y[rows] = labels[day * assetCount + asset];
      int gap = Double.isFinite(y[rows]) ? -1 : width;
      for (int c = 0; c < width && gap < 0; c++) {
        columns[c][rows] = characteristics.value(field[c], day, asset);
        gap = Double.isFinite(columns[c][rows]) ? -1 : c;
      }
      weights[rows] = weightField < 0 ? 1 : characteristics.value(weightField, day, asset);
      if (gap < 0 && !(weights[rows] > 0 && weights[rows] < Double.POSITIVE_INFINITY)) {
        gap = width + 1;
      }
      if (gap < 0) {
        assets[rows++] = asset;
      } else {
        missing[gap]++;
      }
    }
    int count = rows;
    return new DayRows(
        Arrays.copyOf(assets, count),
        Arrays.stream(columns).map(c -> Arrays.copyOf(c, count)).toArray(double[][]::new),
        Arrays.copyOf(y, count),
        Arrays.copyOf(weights, count),
        missing);
  }

  /** How many days have a label that is known on the panel's last day. */
  public int labelledDays() {
    return Math.max(0, characteristics.days() - lag - horizon);
  }

  /** Counts of {@link DayRows#missing} by reason, without those of zero. */
  public Map<String, Long> reasons(long[] missing) {
    Map<String, Long> dropped = new TreeMap<>();
    for (int c = 0; c < missing.length; c++) {
      if (missing[c] > 0) {
        String what = c < fields.size() ? fields.get(c) : c == fields.size() ? "label" : "weight";
        dropped.put("no " + what, missing[c]);
      }
    }
    return dropped;
  }
}
