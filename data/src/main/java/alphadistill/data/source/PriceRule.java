package alphadistill.data.source;

import java.time.LocalDate;

/** What must hold in a row of open, high, low, close and volume (in this order), and what becomes of it otherwise. */
final class PriceRule implements RowRule {
  static final String ZERO = "price of zero, marked missing";
  static final String ORDER = "high or low out of order, both marked missing";
  static final String PARTLY = "price missing in the file";
  static final String NO_PRICE = "row without any price, left out";

  private static final int OPEN = 0;
  private static final int HIGH = 1;
  private static final int LOW = 2;
  private static final int CLOSE = 3;
  private static final int VOLUME = 4;
  private static final int PRICES = 4;

  private final ReadPolicy policy;
  private final boolean[] read;
  private final DropReport.Tally tally = new DropReport.Tally();
  private long faultyRows;

  /** @param read which of the five fields the file has */
  PriceRule(ReadPolicy policy, boolean[] read) {
    this.policy = policy;
    this.read = read;
  }

  DropReport drops() {
    return tally.report();
  }

  /** Rows that lost a value by this rule or were left out. */
  long faultyRows() {
    return faultyRows;
  }

  @Override
  public boolean keep(String asset, int day, float[] values) {
    for (int field = 0; field <= VOLUME; field++) {
      if (Float.isInfinite(values[field]) || values[field] < 0) {
        throw new Refusal(
            "%s of %s is %s; a %s is finite and not negative: correct or remove the line"
                .formatted(
                    name(field),
                    at(asset, day),
                    values[field],
                    field == VOLUME ? "volume" : "price"));
      }
    }
    boolean faulty = false;
    for (int field = 0; field < PRICES; field++) {
      if (values[field] == 0) {
        failIf(policy.zeroPrice(), "%s of %s is 0".formatted(name(field), at(asset, day)));
        values[field] = Float.NaN;
        tally.add(ZERO, at(asset, day) + ": " + name(field));
        faulty = true;
      } else if (Float.isNaN(values[field]) && read[field]) {
        tally.add(PARTLY, at(asset, day) + ": " + name(field));
      }
    }
    if (outOfOrder(values)) {
      String prices = "%s: open %s, high %s, low %s, close %s"
          .formatted(at(asset, day), values[OPEN], values[HIGH], values[LOW], values[CLOSE]);
      failIf(policy.orderBreak(), "high and low out of order, " + prices);
      values[HIGH] = Float.NaN;
      values[LOW] = Float.NaN;
      tally.add(ORDER, prices);
      faulty = true;
    }
    boolean priced = false;
    for (int field = 0; field < PRICES; field++) {
      priced |= !Float.isNaN(values[field]);
    }
    if (!priced) {
      tally.add(NO_PRICE, at(asset, day));
      faulty = true;
    }
    if (faulty) {
      faultyRows++;
    }
    return priced;
  }

  /** Comparisons with NaN are false, so a missing price breaks no order. */
  private boolean outOfOrder(float[] values) {
    double slack = 1 + policy.orderTolerance();
    double high = values[HIGH] * slack;
    double low = values[LOW] / slack;
    return high < values[OPEN]
        || high < values[CLOSE]
        || low > values[OPEN]
        || low > values[CLOSE]
        || high < values[LOW];
  }

  private static void failIf(ReadPolicy.Action action, String fault) {
    if (action == ReadPolicy.Action.FAIL) {
      throw new Refusal(fault + "; correct it, or read with a policy that marks it missing");
    }
  }

  private static String name(int field) {
    return ColumnMapping.PRICE_FIELDS.get(field);
  }

  private static String at(String asset, int day) {
    return asset + " " + LocalDate.ofEpochDay(day);
  }
}
