package alphadistill.data.source;

import java.time.LocalDate;

/** What must hold in a row of open, high, low, close and volume (in this order), and what becomes of it otherwise. */
final class PriceRule implements RowRule {
  static final Fault ZERO = new Fault("price of zero, marked missing", "price of zero, kept");
  static final Fault ORDER = new Fault(
      "prices out of order, high, low and a stray open marked missing",
      "prices out of order, kept");
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

  /** A fault in words, by what becomes of it. */
  record Fault(String marked, String kept) {}

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
        String price = at(asset, day) + ": " + name(field);
        if (act(policy.zeroPrice(), ZERO, price + " is 0", price)) {
          values[field] = Float.NaN;
        }
        faulty = true;
      } else if (Float.isNaN(values[field]) && read[field]) {
        tally.add(PARTLY, at(asset, day) + ": " + name(field));
      }
    }
    if (outOfOrder(values)) {
      String prices = "%s: open %s, high %s, low %s, close %s"
          .formatted(at(asset, day), values[OPEN], values[HIGH], values[LOW], values[CLOSE]);
      if (act(policy.orderBreak(), ORDER, prices + " are out of order", prices)) {
        // The close stays: whether it is the stray one, only other days can tell (SuspiciousTicks).
        if (strays(values[OPEN], values) && !strays(values[CLOSE], values)) {
          values[OPEN] = Float.NaN;
        }
        values[HIGH] = Float.NaN;
        values[LOW] = Float.NaN;
      }
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

  /** Whether the prices of a day contradict each other. */
  private boolean outOfOrder(float[] values) {
    return strays(values[OPEN], values)
        || strays(values[CLOSE], values)
        || values[HIGH] * (1 + policy.orderTolerance()) < values[LOW];
  }

  /** Whether a price lies outside low and high. Comparisons with NaN are false: a missing price breaks no order. */
  private boolean strays(float price, float[] values) {
    double slack = 1 + policy.orderTolerance();
    return price > values[HIGH] * slack || price < values[LOW] / slack;
  }

  /** Counts a fault or refuses it; true when the value is to be marked missing. */
  private boolean act(ReadPolicy.Action action, Fault fault, String refusal, String example) {
    if (action == ReadPolicy.Action.FAIL) {
      throw new Refusal(refusal + "; correct it, or read with a policy that marks it missing");
    }
    boolean mark = action == ReadPolicy.Action.MARK_MISSING;
    tally.add(mark ? fault.marked() : fault.kept(), example);
    return mark;
  }

  private static String name(int field) {
    return ColumnMapping.PRICE_FIELDS.get(field);
  }

  private static String at(String asset, int day) {
    return asset + " " + LocalDate.ofEpochDay(day);
  }
}
