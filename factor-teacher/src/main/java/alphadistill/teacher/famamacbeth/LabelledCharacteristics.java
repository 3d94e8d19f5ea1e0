package alphadistill.teacher.famamacbeth;

import alphadistill.data.panel.Panel;
import java.util.HashSet;
import java.util.List;

/**
 * Characteristics of assets and the returns that followed: what Fama-MacBeth learns from.
 *
 * @param characteristics panel of values known at the close of their day, already scaled as the model shall see them
 * @param fields the panel's fields that serve as characteristics, in the order of the premia
 * @param labels forward returns, row-major (day, asset), NaN = missing; the label of day t is earned from the close of
 *     t + lag to the close of t + lag + horizon and known then. Handed over, not to be changed afterwards
 * @param lag trading days from the signal's close to the fill, at least 0
 * @param horizon trading days the return is measured over, at least 1
 * @param universe which assets take part on which day
 */
public record LabelledCharacteristics(
    Panel characteristics,
    List<String> fields,
    float[] labels,
    int lag,
    int horizon,
    Universe universe) {

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
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("Fama-MacBeth needs at least one characteristic");
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

  /** All assets of the panel on all days. */
  public LabelledCharacteristics(
      Panel characteristics, List<String> fields, float[] labels, int lag, int horizon) {
    this(characteristics, fields, labels, lag, horizon, Universe.everyAsset());
  }

  /** The same, restricted to the members of a universe. */
  public LabelledCharacteristics within(Universe members) {
    return new LabelledCharacteristics(characteristics, fields, labels, lag, horizon, members);
  }

  /** Index of the day at whose close the label of {@code day} is known. */
  public int knownAt(int day) {
    return day + lag + horizon;
  }
}
