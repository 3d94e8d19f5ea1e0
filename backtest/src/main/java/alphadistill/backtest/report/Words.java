package alphadistill.backtest.report;

import alphadistill.backtest.significance.Spread;
import java.util.Locale;

/** Numbers as a reader sees them. What is not defined is a dash, never a zero. */
final class Words {
  static final String UNDEFINED = "–";

  private Words() {}

  /** A plain decimal with a true minus sign; a value that rounds to zero has no sign. */
  static String decimal(double value, int digits) {
    if (Double.isNaN(value)) {
      return UNDEFINED;
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    String text = String.format(Locale.ROOT, "%,." + digits + "f", Math.abs(value));
    boolean zero = text.chars().allMatch(c -> c == '0' || c == '.');
    return value < 0 && !zero ? "−" + text : text;
  }

  /** As {@link #decimal}, with a plus where it is above zero. */
  static String signed(double value, int digits) {
    String text = decimal(value, digits);
    boolean plain = text.chars().anyMatch(c -> c >= '1' && c <= '9') || Double.isInfinite(value);
    return value > 0 && plain ? "+" + text : text;
  }

  static String percent(double share, int digits) {
    String text = decimal(100 * share, digits);
    return Double.isFinite(share) ? text + " %" : text;
  }

  static String basisPoints(double share) {
    String text = decimal(1e4 * share, 1);
    return Double.isFinite(share) ? text + " bp" : text;
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Mean and deviation over seeds; the mean alone for one seed. */
  static String spread(Spread spread, int digits) {
    return spread.count() == 1
        ? UNDEFINED
        : decimal(spread.mean(), digits) + " ± " + decimal(spread.deviation(), digits);
  }

  static String p(double p) {
    return p < 0.001 ? "< 0.001" : decimal(p, 3);
  }

  static String plural(long count, String one) {
    return count(count) + " " + (count == 1 ? one : one + "s");
  }
}
