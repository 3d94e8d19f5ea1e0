package alphadistill.augment.window;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a sample comes from: the asset and signal day it stands for, and every stretch of data that went into it.
 *
 * @param asset index of the asset whose label leads
 * @param day index of the signal day
 * @param parents what went in; the weights of the parents of one day add to one
 */
public record Origin(int asset, int day, List<Parent> parents) {

  /**
   * Data of one asset on consecutive days.
   *
   * @param asset index of the asset
   * @param firstDay index of the first day
   * @param lastDay index of the last day
   * @param weight share in the sample's values on those days, in [0, 1]
   */
  public record Parent(int asset, int firstDay, int lastDay, double weight) {}

  public Origin {
    parents = List.copyOf(parents);
  }

  /** A sample as it was observed. */
  public static Origin observed(int asset, int day, int days) {
    return new Origin(asset, day, List.of(new Parent(asset, day - days + 1, day, 1)));
  }

  /** This sample mixed with another: weights times {@code share} and {@code 1 - share}. */
  public Origin mixedWith(Origin other, double share) {
    List<Parent> all = new ArrayList<>();
    parents.forEach(p -> all.add(new Parent(p.asset, p.firstDay, p.lastDay, p.weight * share)));
    other.parents.forEach(
        p -> all.add(new Parent(p.asset, p.firstDay, p.lastDay, p.weight * (1 - share))));
    return new Origin(asset, day, all);
  }

  /** This sample with a further stretch of data in it. */
  public Origin with(Parent parent) {
    List<Parent> all = new ArrayList<>(parents);
    all.add(parent);
    return new Origin(asset, day, all);
  }

  /** Index of the latest day any of the data comes from. */
  public int latestDay() {
    return parents.stream().mapToInt(Parent::lastDay).max().orElse(day);
  }
}
