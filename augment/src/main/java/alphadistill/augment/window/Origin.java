package alphadistill.augment.window;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a sample comes from: the asset and signal day it stands for, and every stretch of data that went into which of
 * its rows.
 *
 * @param asset index of the asset whose label leads
 * @param day index of the signal day
 * @param parents what went in; the weights of the parents of one row add to one, or to zero where the row was emptied
 */
public record Origin(int asset, int day, List<Parent> parents) {

  /**
   * Data of one asset on consecutive days, in consecutive rows of the window.
   *
   * @param asset index of the asset
   * @param firstDay index of the first day
   * @param lastDay index of the last day
   * @param row of the window that the stretch begins in
   * @param weight share in the sample's values in those rows, in [0, 1]
   */
  public record Parent(int asset, int firstDay, int lastDay, int row, double weight) {

    public Parent {
      if (lastDay < firstDay || row < 0 || !(weight >= 0 && weight <= 1)) {
        throw new IllegalArgumentException(
            "days %d to %d in row %d with weight %s are no stretch of data"
                .formatted(firstDay, lastDay, row, weight));
      }
    }

    /** Number of days, which is also the number of rows. */
    public int days() {
      return lastDay - firstDay + 1;
    }

    private Parent weighted(double share) {
      return new Parent(asset, firstDay, lastDay, row, weight * share);
    }
  }

  public Origin {
    parents = List.copyOf(parents);
  }

  /** A sample as it was observed. */
  public static Origin observed(int asset, int day, int days) {
    return new Origin(asset, day, List.of(new Parent(asset, day - days + 1, day, 0, 1)));
  }

  /** This sample mixed with another: weights times {@code share} and {@code 1 - share}. */
  public Origin mixedWith(Origin other, double share) {
    List<Parent> all = new ArrayList<>();
    parents.forEach(parent -> all.add(parent.weighted(share)));
    other.parents.forEach(parent -> all.add(parent.weighted(1 - share)));
    return new Origin(asset, day, all);
  }

  /** This sample with some of its rows replaced by a stretch of data. */
  public Origin splicedWith(Parent stretch) {
    List<Parent> all = new ArrayList<>(without(stretch.row(), stretch.days()).parents);
    all.add(stretch);
    return new Origin(asset, day, all);
  }

  /** This sample with {@code count} rows from {@code row} emptied. */
  public Origin without(int row, int count) {
    List<Parent> left = new ArrayList<>();
    for (Parent p : parents) {
      int before = Math.min(p.days(), Math.max(0, row - p.row));
      int after = Math.min(p.days(), Math.max(0, p.row + p.days() - row - count));
      if (before > 0) {
        left.add(new Parent(p.asset, p.firstDay, p.firstDay + before - 1, p.row, p.weight));
      }
      if (after > 0) {
        left.add(new Parent(
            p.asset, p.lastDay - after + 1, p.lastDay, p.row + p.days() - after, p.weight));
      }
    }
    return new Origin(asset, day, left);
  }

  /** This sample with its rows in backward order: the days of a stretch then run backwards in its rows. */
  public Origin reversed(int days) {
    return new Origin(
        asset,
        day,
        parents.stream()
            .map(p -> new Parent(p.asset, p.firstDay, p.lastDay, days - p.row - p.days(), p.weight))
            .toList());
  }

  /** Share of a row that has an origin: one, or zero where it was emptied. */
  public double share(int row) {
    return parents.stream()
        .filter(p -> row >= p.row && row < p.row + p.days())
        .mapToDouble(Parent::weight)
        .sum();
  }

  /** Index of the latest day any of the data comes from. */
  public int latestDay() {
    return parents.stream().mapToInt(Parent::lastDay).max().orElse(day);
  }
}
