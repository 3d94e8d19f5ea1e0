package alphadistill.backtest.page;

import java.util.Locale;

/** Numbers as a reader sees them. What is not defined is a dash, never a zero. */
public final class Words {
  public static final String UNDEFINED = "–";

  private Words() {}

  /** A plain decimal with a true minus sign; a value that rounds to zero has no sign. */
  public static String decimal(double value, int digits) {
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
  public static String signed(double value, int digits) {
    String text = decimal(value, digits);
    boolean plain = text.chars().anyMatch(c -> c >= '1' && c <= '9') || Double.isInfinite(value);
    return value > 0 && plain ? "+" + text : text;
  }

  public static String percent(double share, int digits) {
    String text = decimal(100 * share, digits);
    return Double.isFinite(share) ? text + " %" : text;
  }

  public static String basisPoints(double share) {
    String text = decimal(1e4 * share, 1);
    return Double.isFinite(share) ? text + " bp" : text;
  }

  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A p-value. */
  public static String p(double p) {
    return p < 0.001 ? "< 0.001" : decimal(p, 3);
  }

  public static String plural(long count, String one) {
    return count(count) + " " + (count == 1 ? one : one + "s");
  }
}
