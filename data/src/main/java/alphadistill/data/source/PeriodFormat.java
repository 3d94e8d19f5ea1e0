package alphadistill.data.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days, months and years as tables of returns write them: {@code 2014-01-31}, {@code 20140131}, {@code 2014-01}, {@code
 * 201401}, {@code 2014Q1}, {@code 2014}. A period is known at its end, so it is called by its last day.
 */
public final class PeriodFormat {
  private static final Pattern DAY = Pattern.compile("(\\d{4})([-/]?)(\\d{2})\\2(\\d{2})([ T].*)?");
  private static final Pattern MONTH = Pattern.compile("(\\d{4})-?(\\d{2})");
  private static final Pattern QUARTER = Pattern.compile("(\\d{4})-?[qQ]([1-4])");
  private static final Pattern YEAR = Pattern.compile("(\\d{4})(\\.0+)?");

  private PeriodFormat() {}

  /**
   * The last day of the period that a text names.
   *
   * @throws DateTimeException if it names none; the message says what is accepted
   */
  public static LocalDate lastDay(String text) {
    try {
      Matcher day = DAY.matcher(text);
      if (day.matches()) {
        return LocalDate.of(number(day, 1), number(day, 3), number(day, 4));
      }
      Matcher month = MONTH.matcher(text);
      if (month.matches()) {
        return YearMonth.of(number(month, 1), number(month, 2)).atEndOfMonth();
      }
      Matcher quarter = QUARTER.matcher(text);
      if (quarter.matches()) {
        return YearMonth.of(number(quarter, 1), 3 * number(quarter, 2)).atEndOfMonth();
      }
      Matcher year = YEAR.matcher(text);
      if (year.matches()) {
        return LocalDate.of(number(year, 1), 12, 31);
      }
    } catch (DateTimeException e) {
      throw new DateTimeException("'%s' is no date (%s)".formatted(text, e.getMessage()), e);
    }
    throw new DateTimeException(
        "'%s' is no period; write a day as 2014-01-31, a month as 2014-01, a quarter as 2014Q1 or a year as 2014"
            .formatted(text));
  }

  private static int number(Matcher match, int group) {
    return Integer.parseInt(match.group(group));
  }
}
