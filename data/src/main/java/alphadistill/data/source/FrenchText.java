package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.source.FrenchFile.Block;
import alphadistill.data.source.FrenchFile.Frequency;
import alphadistill.data.source.FrenchFile.Unit;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the tables out of a French file's text. A row begins with a year, month or day in digits and a comma; the
 * line above the first row of a table is its header, whose first cell is empty or a word; the lines above that, up
 * to a blank one, are the title.
 */
final class FrenchText {
  private static final Pattern ROW = Pattern.compile("\\s*(\\d{4}|\\d{6}|\\d{8})\\s*,.*");
  private static final Pattern VINTAGE = Pattern.compile("using the (\\d{6}) CRSP database");
  private static final Pattern RETURNS_TITLE = Pattern.compile("(?i).*(return|factor).*");

  private final Path file;
  private final List<String> lines;
  private final Unit unit;

  private FrenchText(Path file, List<String> lines, Unit unit) {
    this.file = file;
    this.lines = lines;
    this.unit = unit;
  }

  static FrenchFile parse(Path file, List<String> lines, Unit unit) {
    List<Block> blocks = new FrenchText(file, lines, unit).blocks();
    if (blocks.isEmpty()) {
      throw DataException.in(
          file,
          "holds no table of dates (yyyy, yyyyMM or yyyyMMdd) and numbers between commas; is it a file of the French library?");
    }
    Optional<String> vintage = lines.stream()
        .map(VINTAGE::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
    return new FrenchFile(file, vintage, blocks);
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    int line = 0;
    while (line < lines.size()) {
      if (ROW.matcher(lines.get(line)).matches()) {
        int end = line;
        while (end < lines.size() && ROW.matcher(lines.get(end)).matches()) {
          end++;
        }
        blocks.add(block(line, end));
        line = end;
      } else {
        line++;
      }
    }
    return blocks;
  }

  /** The table whose rows are lines {@code [from, to)}, counted from 0. */
  private Block block(int from, int to) {
    List<String> header = from == 0 ? List.of() : TextHeader.split(lines.get(from - 1), ',');
    if (header.size() < 2) {
      throw DataException.at(
          file, from + 1, "begins a table without a header line of column names");
    }
    List<String> columns = header.subList(1, header.size());
    String title = title(from - 1);
    boolean returns = title.isEmpty() || RETURNS_TITLE.matcher(title).matches();
    double scale = returns && unit == Unit.PERCENT ? 100 : 1;
    int digits = digits(from);
    List<LocalDate> dates = new ArrayList<>();
    double[][] values = new double[to - from][];
    for (int line = from; line < to; line++) {
      List<String> fields = TextHeader.split(lines.get(line), ',');
      if (fields.size() != header.size()) {
        throw DataException.at(
            file,
            line + 1,
            "has %d fields, its header has %d; the table is damaged"
                .formatted(fields.size(), header.size()));
      }
      LocalDate date = date(line, fields.get(0), digits);
      if (!dates.isEmpty() && !date.isAfter(dates.get(dates.size() - 1))) {
        throw DataException.at(
            file,
            line + 1,
            "is dated %s, which does not come after %s; dates of a table must rise"
                .formatted(date, dates.get(dates.size() - 1)));
      }
      dates.add(date);
      values[line - from] = numbers(line, columns, fields, scale);
    }
    Block block = new Block(title, frequency(digits, dates), columns, dates, values, returns);
    if (returns) {
      ReturnUnits.require(file, block, unit);
    }
    return block;
  }

  /** Lines above the header up to a blank one or a row of another table. */
  private String title(int header) {
    int first = header;
    while (first > 0
        && !lines.get(first - 1).isBlank()
        && !ROW.matcher(lines.get(first - 1)).matches()) {
      first--;
    }
    return String.join(
        " ", lines.subList(first, header).stream().map(String::strip).toList());
  }

  private int digits(int line) {
    Matcher row = ROW.matcher(lines.get(line));
    if (!row.matches()) {
      throw new IllegalStateException("line %d is no row".formatted(line + 1));
    }
    return row.group(1).length();
  }

  private LocalDate date(int line, String text, int digits) {
    try {
      if (text.length() != digits) {
        throw new DateTimeException(
            "%d digits, the table's first date has %d".formatted(text.length(), digits));
      }
      int number = Integer.parseInt(text);
      return switch (digits) {
        case 4 -> LocalDate.of(number, 12, 31);
        case 6 -> YearMonth.of(number / 100, number % 100).atEndOfMonth();
        default -> LocalDate.of(number / 10_000, number / 100 % 100, number % 100);
      };
    } catch (DateTimeException e) {
      throw DataException.at(
          file, line + 1, "'%s' is no date (%s)".formatted(text, e.getMessage()));
    }
  }

  private double[] numbers(int line, List<String> columns, List<String> fields, double scale) {
    double[] numbers = new double[columns.size()];
    for (int i = 0; i < numbers.length; i++) {
      try {
        double value = Decimals.parseSlowly(fields.get(i + 1));
        if (Double.isInfinite(value)) {
          throw new NumberFormatException("infinite");
        }
        boolean missing = value == -99.99 || value == -999;
        numbers[i] = missing ? Double.NaN : value / scale;
      } catch (NumberFormatException e) {
        throw DataException.at(
            file,
            line + 1,
            "column '%s' holds '%s', which is no number"
                .formatted(columns.get(i), fields.get(i + 1)));
      }
    }
    return numbers;
  }

  private static Frequency frequency(int digits, List<LocalDate> dates) {
    if (digits == 4) {
      return Frequency.ANNUAL;
    }
    if (digits == 6) {
      return Frequency.MONTHLY;
    }
    long[] gaps = new long[Math.max(1, dates.size() - 1)];
    for (int i = 1; i < dates.size(); i++) {
      gaps[i - 1] = dates.get(i).toEpochDay() - dates.get(i - 1).toEpochDay();
    }
    Arrays.sort(gaps);
    return gaps[gaps.length / 2] >= 5 ? Frequency.WEEKLY : Frequency.DAILY;
  }
}
