package alphadistill.data.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Numbers as market data files write them: plain or scientific decimals with a point. Nothing, {@code NA},
 * {@code NaN}, {@code null} and a lone dash or point mean missing.
 */
final class Decimals {
  private static final Set<String> MISSING =
      Set.of("", "na", "n/a", "#n/a", "nan", "null", "none", "-", ".");
  private static final Set<String> INFINITE = Set.of("inf", "+inf", "infinity", "+infinity");

  /** Powers of ten that a double holds exactly. */
  private static final double[] TENS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = power;
      power *= 10;
    }
  }

  private Decimals() {}

  /**
   * The number in {@code bytes[from, to)}, without surrounding blanks; NaN when missing, infinite when it says so.
   *
   * <p>Up to 15 digits are gathered in a long and divided once by an exact power of ten, which rounds correctly;
   * anything longer or scientific takes the library's parser. Both give the same double.
   *
   * @throws NumberFormatException if the text is neither a number nor a word for missing
   */
  static double parse(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (negative || (at < to && bytes[at] == '+')) {
      at++;
    }
    long digits = 0;
    int count = 0;
    int point = -1;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
        count++;
      } else if (bytes[at] == '.' && point < 0) {
        point = at;
      } else {
        return parseSlowly(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      }
    }
    if (count == 0 || count > 15) {
      return parseSlowly(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    int decimals = point < 0 ? 0 : to - 1 - point;
    double value = decimals == 0 ? digits : digits / TENS[decimals];
    return negative ? -value : value;
  }

  /** The same from text, by the library's parser. */
  static double parseSlowly(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (MISSING.contains(word)) {
      return Double.NaN;
    }
    if (INFINITE.contains(word)) {
      return Double.POSITIVE_INFINITY;
    }
    if (word.startsWith("-") && INFINITE.contains(word.substring(1))) {
      return Double.NEGATIVE_INFINITY;
    }
    // Java also reads 1f, 0x1p3 and the like, which in a data file are mistakes.
    if (!word.matches("[-+0-9.e]+")) {
      throw new NumberFormatException(text);
    }
    return Double.parseDouble(word);
  }
}
