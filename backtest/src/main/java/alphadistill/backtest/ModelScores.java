package alphadistill.backtest;

import alphadistill.data.panel.Panel;
import java.util.List;

/**
 * The scores of one model, one panel for each seed.
 *
 * @param model name in tables, such as {@code distilled student} or {@code ridge}
 * @param seeds panels with the field {@code score}, NaN = no score, all with the same dates and assets; one panel for a
 *     model without randomness
 */
public record ModelScores(String model, List<Panel> seeds) {
  /** Field that holds the scores. */
  public static final String FIELD = "score";

  public ModelScores {
    seeds = List.copyOf(seeds);
    if (model.isBlank()) {
      throw new IllegalArgumentException("a model needs a name");
    }
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("model '%s' has no scores".formatted(model));
    }
    Panel first = seeds.get(0);
    for (Panel seed : seeds) {
      seed.fieldIndex(FIELD);
      if (!seed.dates().equals(first.dates()) || !seed.assets().equals(first.assets())) {
        throw new IllegalArgumentException(
            "the seeds of model '%s' differ in dates or assets: %d x %d and %d x %d"
                .formatted(
                    model, first.days(), first.assetCount(), seed.days(), seed.assetCount()));
      }
    }
  }

  public static ModelScores of(String model, Panel scores) {
    return new ModelScores(model, List.of(scores));
  }
}
