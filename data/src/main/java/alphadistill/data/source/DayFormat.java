package alphadistill.data.source;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The form of dates in a file. A pattern of a four-digit year, two-digit month and day with single separators is read
 * straight from the bytes; any other goes through {@link DateTimeFormatter}. Both refuse 30 February.
 */
final class DayFormat {
  private static final LocalDate EXAMPLE = LocalDate.of(2014, 1, 31);
  private static final List<String> COMMON =
      List.of("yyyy-MM-dd", "yyyyMMdd", "yyyy/MM/dd", "dd.MM.yyyy", "MM/dd/yyyy", "dd/MM/yyyy");

  private final String pattern;
  private final DateTimeFormatter formatter;
  private final boolean fixed;
  private final int year;
  private final int month;
  private final int day;

  private DayFormat(String pattern, DateTimeFormatter formatter) {
    this.pattern = pattern;
    this.formatter = formatter;
    year = pattern.indexOf("yyyy");
    month = pattern.indexOf("MM");
    day = pattern.indexOf("dd");
    String separators =
        pattern.replaceFirst("yyyy", "").replaceFirst("MM", "").replaceFirst("dd", "");
    fixed = year >= 0
        && month >= 0
        && day >= 0
        && separators.chars().noneMatch(c -> Character.isLetter(c) || "'[]{}#".indexOf(c) >= 0);
  }

  /** @throws IllegalArgumentException if the pattern is none, or lacks year, month or day */
  static DayFormat of(String pattern) {
    try {
      // Year of era needs an era when resolved strictly, and only strict resolution refuses 30
      // February.
      DateTimeFormatter formatter = DateTimeFormatter.ofPattern(
              pattern.replace('y', 'u'), Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);
      LocalDate.parse(formatter.format(EXAMPLE.atStartOfDay()), formatter);
      return new DayFormat(pattern, formatter);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no form of a date; use one such as %s".formatted(pattern, COMMON), e);
    }
  }

  /**
   * Days since 1970-01-01 of the date in {@code bytes[from, to)}.
   *
   * @throws DateTimeException if there is no such date in this form
   */
  int epochDay(byte[] bytes, int from, int to) {
    if (!fixed) {
      return epochDay(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    if (to - from != pattern.length()) {
      throw new DateTimeException("wrong length");
    }
    for (int i = 0; i < pattern.length(); i++) {
      char expected = pattern.charAt(i);
      byte found = bytes[from + i];
      boolean digit = expected == 'y' || expected == 'M' || expected == 'd';
      if (digit ? found < '0' || found > '9' : found != expected) {
        throw new DateTimeException("unexpected character");
      }
    }
    int years = 100 * two(bytes, from + year) + two(bytes, from + year + 2);
    return (int)
        LocalDate.of(years, two(bytes, from + month), two(bytes, from + day)).toEpochDay();
  }

  /** The same from text. */
  int epochDay(String text) {
    return (int) LocalDate.parse(text, formatter).toEpochDay();
  }

  /** Why a text is no date of this form, and what to do. */
  String explain(String text) {
    String accepted = "'%s' is no date of the form %s (such as %s)"
        .formatted(text, pattern, formatter.format(EXAMPLE.atStartOfDay()));
    Optional<String> other = COMMON.stream()
        .filter(common -> !common.equals(pattern))
        .filter(common -> of(common).reads(text))
        .findFirst();
    return other
        .map(form -> accepted + "; it reads as %s: set the date pattern to that".formatted(form))
        .orElse(accepted + "; correct it, or set the date pattern of the file");
  }

  private boolean reads(String text) {
    try {
      epochDay(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static int two(byte[] bytes, int at) {
    return 10 * (bytes[at] - '0') + bytes[at + 1] - '0';
  }
}
