package alphadistill.data.table;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Floats as plain decimals with the fewest places that read back as the same float. The library's own text differs
 * between Java 17 and later ones, so files written by it would too.
 */
final class FloatText {
  /** Whole numbers beyond this are not exact in a double. */
  private static final double EXACT = 1L << 53;

  private static final double[] TENS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = power;
      power *= 10;
    }
  }

  private FloatText() {}

  /** Appends a finite value. */
  static void append(StringBuilder out, float value) {
    double size = Math.abs(value);
    if (Math.copySign(1, value) < 0) {
      out.append('-');
    }
    for (int places = 0; places < TENS.length; places++) {
      double scaled = Math.rint(size * TENS[places]);
      if (scaled >= EXACT) {
        break;
      }
      if ((float) (scaled / TENS[places]) == size) {
        append(out, (long) scaled, places);
        return;
      }
    }
    out.append(fewestDigits((float) size));
  }

  private static void append(StringBuilder out, long digits, int places) {
    int start = out.length();
    out.append(digits);
    if (places > 0) {
      while (out.length() - start <= places) {
        out.insert(start, '0');
      }
      out.insert(out.length() - places, '.');
    }
  }

  /** For sizes beyond the doubles that count places exactly; nine digits tell all floats apart. */
  private static String fewestDigits(float size) {
    for (int digits = 1; digits < 9; digits++) {
      BigDecimal rounded = new BigDecimal(size).round(new MathContext(digits));
      if (rounded.floatValue() == size) {
        return rounded.toString();
      }
    }
    return new BigDecimal(size).round(new MathContext(9)).toString();
  }
}
