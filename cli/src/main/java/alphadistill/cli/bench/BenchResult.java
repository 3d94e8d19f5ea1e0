package alphadistill.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One figure.
 *
 * @param benchmark such as {@code panel}
 * @param work what was done
 * @param unit of {@code ours} and {@code reference}
 * @param ours median
 * @param reference the peer's median, or the goal; NaN when there is neither
 * @param against the peer's name, or {@code goal}
 * @param ratio above 1 is better than the reference; NaN when there is none
 * @param runs measured runs of each side
 * @param note settings of the peer, or why there is none; may be empty
 * @param more figures for the JSON file alone, by name
 */
public record BenchResult(
    String benchmark,
    String work,
    String unit,
    double ours,
    double reference,
    String against,
    double ratio,
    int runs,
    String note,
    Map<String, Double> more) {

  /** The same with further figures. */
  BenchResult with(Map<String, Double> figures) {
    return new BenchResult(
        benchmark, work, unit, ours, reference, against, ratio, runs, note, figures);
  }

  /** Work per second against a peer's. */
  static BenchResult rate(
      String benchmark,
      String work,
      String unit,
      double amount,
      Alternation times,
      String peer,
      int runs,
      String note) {
    return new BenchResult(
        benchmark,
        work,
        unit,
        amount / times.ours(),
        amount / times.theirs(),
        peer,
        times.ratio(),
        runs,
        note,
        Map.of());
  }

  /** Seconds against a goal. */
  static BenchResult goal(String benchmark, String work, double goal, Alternation times, int runs) {
    return new BenchResult(
        benchmark, work, "s", times.ours(), goal, "goal", goal / times.ours(), runs, "", Map.of());
  }

  /** One line, with a second one for the note. */
  public String line() {
    String figure = "%-11s %s: %s %s".formatted(benchmark, work, number(ours), unit);
    String compared = Double.isNaN(ratio)
        ? ""
        : ", %s %s %s, ratio %s"
            .formatted(against, number(reference), unit, String.format(Locale.ROOT, "%.2f", ratio));
    return "%s%s (median of %d)%s"
        .formatted(figure, compared, runs, note.isEmpty() ? "" : "\n            " + note);
  }

  void put(ObjectNode node) {
    node.put("benchmark", benchmark).put("work", work).put("unit", unit).put("ours", ours);
    if (Double.isNaN(ratio)) {
      node.putNull("reference").put("against", against).putNull("ratio");
    } else {
      node.put("reference", reference).put("against", against).put("ratio", ratio);
    }
    node.put("runs", runs).put("note", note);
    new TreeMap<>(more).forEach((name, value) -> {
      if (Double.isNaN(value)) {
        node.putNull(name);
      } else {
        node.put(name, value);
      }
    });
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : "%.3g", value);
  }
}
