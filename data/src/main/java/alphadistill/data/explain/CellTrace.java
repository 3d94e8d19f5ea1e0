package alphadistill.data.explain;

import alphadistill.data.check.SuspiciousTick;
import alphadistill.data.feature.LabelSpec;
import alphadistill.data.feature.Returns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows one asset on one day from the file to features and label: each value with the rule that made it and the
 * numbers that went in.
 *
 * <pre>{@code
 * CellTrace trace = new CellTrace("AAPL", day);
 * trace.prices(read.panel(), clean.panel(), ticks);
 * trace.member(mask[cell]);
 * trace.features(features, scaled);
 * trace.label(clean.panel(), new LabelSpec(5, 1));
 * trace.steps().forEach(System.out::println);
 * }</pre>
 */
public final class CellTrace {
  private final String asset;
  private final LocalDate date;
  private final List<Step> steps = new ArrayList<>();

  /**
   * One number on the way.
   *
   * @param stage where on the way, such as {@code prices}, {@code feature} or {@code label}
   * @param name which number
   * @param value the number, or "missing"
   * @param how the rule that made it, with its inputs
   */
  public record Step(String stage, String name, String value, String how) {
    @Override
    public String toString() {
      return "%-8s %-24s %-14s %s".formatted(stage, name, value, how);
    }
  }

  public CellTrace(String asset, LocalDate date) {
    this.asset = asset;
    this.date = date;
  }

  /** The steps so far, in order. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  /**
   * Prices of the day and the close before, as the file has them and as they are used.
   *
   * @param read as read from the file
   * @param used after the tick check; the same dates and assets
   * @param ticks what the check found, in all assets
   */
  public void prices(Panel read, Panel used, List<SuspiciousTick> ticks) {
    int day = read.dayIndex(date);
    int column = read.assetIndex(asset);
    for (int field = 0; field < read.fields().size(); field++) {
      FieldSpec spec = read.fields().get(field);
      float before = read.value(field, day, column);
      float after = used.value(used.fieldIndex(spec.name()), day, column);
      String how = Float.compare(before, after) == 0
          ? "%s, %s".formatted(spec.unit(), spec.definition())
          : "%s in the file, marked missing by the tick check".formatted(text(before));
      steps.add(new Step("prices", spec.name(), text(after), how));
    }
    if (day > 0) {
      float before = used.value(used.fieldIndex("close"), day - 1, column);
      steps.add(
          new Step("prices", "close before", text(before), "of " + read.dates().get(day - 1)));
    }
    ticks.stream()
        .filter(tick -> tick.asset().equals(asset) && tick.date().equals(date))
        .forEach(tick -> steps.add(new Step(
            "check",
            tick.kind().name(),
            tick.action().name(),
            "return into the close %s, out of it %s"
                .formatted(text(tick.into()), text(tick.outOf())))));
  }

  /** Whether the asset was in the universe on the day. */
  public void member(boolean inUniverse) {
    steps.add(new Step("universe", "member", inUniverse ? "yes" : "no", "by the dated list"));
  }

  /**
   * Each feature with its formula, its place in the day's cross-section and its scaled value.
   *
   * @param features before scaling
   * @param scaled the same fields, dates and assets after scaling; missing where the asset does not count
   */
  public void features(Panel features, Panel scaled) {
    int day = features.dayIndex(date);
    int column = features.assetIndex(asset);
    for (int field = 0; field < features.fields().size(); field++) {
      FieldSpec spec = features.fields().get(field);
      float value = features.value(field, day, column);
      steps.add(new Step(
          "feature",
          spec.name(),
          text(value),
          "%s; warm-up %d days".formatted(spec.definition(), spec.warmUp())));
      int scaledField = scaled.fieldIndex(spec.name());
      steps.add(new Step(
          "scaled",
          spec.name(),
          text(scaled.value(scaledField, day, column)),
          place(value, features.crossSection(field, day), scaled.crossSection(scaledField, day))
              + ", before cutting the ends"));
    }
  }

  /** The label of the day as a signal day, with the two closes it is made of and the day it is known. */
  public void label(Panel prices, LabelSpec spec) {
    int day = prices.dayIndex(date);
    int column = prices.assetIndex(asset);
    String name = "return of %d days".formatted(spec.horizon());
    if (spec.knownAt(day) >= prices.days()) {
      steps.add(new Step(
          "label",
          name,
          "missing",
          "known %d trading days later, after the last day".formatted(spec.knownAt(day) - day)));
      return;
    }
    int close = prices.fieldIndex("close");
    float fill = prices.value(close, day + spec.lag(), column);
    float exit = prices.value(close, spec.knownAt(day), column);
    float label = Returns.forward(prices, spec)[day * prices.assetCount() + column];
    steps.add(new Step(
        "label",
        name,
        text(label),
        "close %s of %s / close %s of the fill on %s - 1, known at the former"
            .formatted(
                text(exit),
                prices.dates().get(spec.knownAt(day)),
                text(fill),
                prices.dates().get(day + spec.lag()))));
  }

  /**
   * What is learned: the label in deviations of its date.
   *
   * @param returns labels of all assets on the day, decimal
   * @param targets the same as they are learned; missing where the asset does not count
   * @param column of the asset
   */
  public void target(float[] returns, float[] targets, int column) {
    steps.add(new Step(
        "target",
        "label, standardised",
        text(targets[column]),
        "(label - mean) / deviation of the date's assets; "
            + place(returns[column], returns, targets)));
  }

  /** Rank, mean and deviation over the assets that count on the day: what a rank or a z-score is made of. */
  private static String place(float value, float[] values, float[] scaled) {
    int count = 0;
    int below = 0;
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isNaN(scaled[i])) {
        count++;
        below += values[i] < value ? 1 : 0;
        sum += values[i];
      }
    }
    if (count == 0) {
      return "no asset counts on this day";
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      squares += Float.isNaN(scaled[i]) ? 0 : (values[i] - mean) * (values[i] - mean);
    }
    return "%d of %d assets are below; mean %s, deviation %s"
        .formatted(below, count, text(mean), text(Math.sqrt(squares / count)));
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "missing" : Float.toString((float) value);
  }
}
