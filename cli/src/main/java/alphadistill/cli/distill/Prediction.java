package alphadistill.cli.distill;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a model says at the close of one day, and what follows from it.
 *
 * @param day signal day
 * @param assets names, in the order of all arrays
 * @param model name
 * @param seeds of the model; one 0 for models without randomness
 * @param bySeed scores of each seed in deviations of the date's cross-section, NaN = no score
 * @param score that is traded: the mean of the seeds' ranks in [-1, 1], or the only seed's score
 * @param target weights in force, as shares of equity
 * @param position at the close, drifted since it was traded, as shares of equity
 * @param decided whether the day decides: orders from position to target go out, and are filled as the configuration
 *     says; otherwise positions are left to drift
 * @param notes what a reader must know
 */
public record Prediction(
    LocalDate day,
    List<String> assets,
    String model,
    List<Long> seeds,
    List<double[]> bySeed,
    double[] score,
    double[] target,
    double[] position,
    boolean decided,
    List<String> notes) {

  public Prediction {
    assets = List.copyOf(assets);
    seeds = List.copyOf(seeds);
    bySeed = List.copyOf(bySeed);
    notes = List.copyOf(notes);
  }

  /** Trade of an asset as a share of equity; 0 on a day that decides nothing. */
  public double order(int asset) {
    return decided ? target[asset] - position[asset] : 0;
  }

  /** One day as a panel: {@code score}, {@code target}, {@code position}, {@code order}, and each seed's score. */
  public Panel panel() {
    Panel.Builder panel = Panel.builder(List.of(day), assets);
    add(panel, "score", "rank or deviations", asset -> score[asset]);
    add(panel, "target", "share of equity", asset -> seen(asset, target[asset]));
    add(panel, "position", "share of equity", asset -> seen(asset, position[asset]));
    add(panel, "order", "share of equity", asset -> seen(asset, order(asset)));
    for (int seed = 0; seeds.size() > 1 && seed < seeds.size(); seed++) {
      double[] own = bySeed.get(seed);
      add(panel, "score_seed_" + seeds.get(seed), "deviations", asset -> own[asset]);
    }
    return panel.build();
  }

  /** Whatever has neither score nor position is left out of the table. */
  private double seen(int asset, double value) {
    boolean blank = Double.isNaN(score[asset]) && target[asset] == 0 && position[asset] == 0;
    return blank ? Double.NaN : value;
  }

  private void add(Panel.Builder panel, String name, String unit, IntToDoubleFunction value) {
    float[] values = new float[assets.size()];
    for (int asset = 0; asset < values.length; asset++) {
      values[asset] = (float) value.applyAsDouble(asset);
    }
    panel.field(new FieldSpec(name, unit, "known at the close of the day", 0), values);
  }

  /** For the console, best score first. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append("%s at the close of %s: %s\n"
        .formatted(
            model,
            day,
            decided
                ? "orders go out, as shares of equity"
                : "no decision is due, positions are left to drift"));
    notes.forEach(note -> table.append("note: ").append(note).append('\n'));
    table.append(
        "\n%-12s %10s %9s %9s %9s\n".formatted("asset", "score", "target", "position", "order"));
    int[] best = IntStream.range(0, assets.size())
        .filter(asset -> !Double.isNaN(seen(asset, 0)))
        .boxed()
        .sorted(Comparator.comparingDouble(
            asset -> Double.isNaN(score[asset]) ? Double.POSITIVE_INFINITY : -score[asset]))
        .mapToInt(asset -> asset)
        .toArray();
    Arrays.stream(best)
        .forEach(asset -> table.append(String.format(
            Locale.ROOT,
            "%-12s %10s %9.5f %9.5f %+9.5f%n",
            assets.get(asset),
            Double.isNaN(score[asset]) ? "-" : String.format(Locale.ROOT, "%.5f", score[asset]),
            target[asset],
            position[asset],
            order(asset))));
    return table.toString();
  }
}
