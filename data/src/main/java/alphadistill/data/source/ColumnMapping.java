package alphadistill.data.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a file keeps what: column names, the form of its dates and its delimiter. Column names are compared exactly
 * first and then without case.
 *
 * <pre>{@code
 * ColumnMapping yahoo = ColumnMapping.standard().withDate("Date").withAsset("Ticker").withColumn("close", "Adj Close");
 * }</pre>
 *
 * @param date column of the trading day
 * @param asset column of the asset's name
 * @param columns field of the panel to column of the file, in panel order; two fields may share a column
 * @param datePattern form of the dates in text, such as {@code yyyy-MM-dd}, {@code yyyyMMdd} or {@code dd.MM.yyyy};
 *     letters as in {@link java.time.format.DateTimeFormatter}; days that do not exist are refused
 * @param delimiter between the columns of a text file
 */
public record ColumnMapping(
    String date, String asset, Map<String, String> columns, String datePattern, char delimiter) {

  /** The fields of a price panel, in order. */
  public static final List<String> PRICE_FIELDS = List.of("open", "high", "low", "close", "volume");

  public ColumnMapping {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a column mapping needs at least one field");
    }
    if (delimiter == '\n' || delimiter == '\r' || delimiter == '"' || delimiter > 127) {
      throw new IllegalArgumentException(
          "delimiter must be a plain character such as ',', ';' or tab, was '%s'"
              .formatted(delimiter));
    }
    DayFormat.of(datePattern); // refuses a pattern that gives no date
  }

  /** {@code date,symbol,open,high,low,close,volume}, dates as 2014-01-31, comma between columns. */
  public static ColumnMapping standard() {
    return of("date", "symbol", PRICE_FIELDS);
  }

  /** {@code date,asset,score}: what a model says about assets, one row each. */
  public static ColumnMapping scores() {
    return of("date", "asset", List.of("score"));
  }

  /** Fields that are called in the file as in the panel. */
  public static ColumnMapping of(String date, String asset, List<String> fields) {
    Map<String, String> columns = new LinkedHashMap<>();
    fields.forEach(field -> columns.put(field, field));
    return new ColumnMapping(date, asset, columns, "yyyy-MM-dd", ',');
  }

  public ColumnMapping withDate(String column) {
    return new ColumnMapping(column, asset, columns, datePattern, delimiter);
  }

  public ColumnMapping withAsset(String column) {
    return new ColumnMapping(date, column, columns, datePattern, delimiter);
  }

  /** Reads a field from another column. */
  public ColumnMapping withColumn(String field, String column) {
    Map<String, String> changed = new LinkedHashMap<>(columns);
    changed.put(field, column);
    return new ColumnMapping(date, asset, changed, datePattern, delimiter);
  }

  /** For files that lack a field: it is missing (NaN) everywhere. */
  public ColumnMapping without(String field) {
    Map<String, String> changed = new LinkedHashMap<>(columns);
    changed.remove(field);
    return new ColumnMapping(date, asset, changed, datePattern, delimiter);
  }

  public ColumnMapping withDatePattern(String pattern) {
    return new ColumnMapping(date, asset, columns, pattern, delimiter);
  }

  public ColumnMapping withDelimiter(char other) {
    return new ColumnMapping(date, asset, columns, datePattern, other);
  }

  /**
   * The day that a text of this mapping's form means.
   *
   * @throws DateTimeException if it means none; the message names the text and the accepted form
   */
  public LocalDate day(String text) {
    DayFormat format = DayFormat.of(datePattern);
    try {
      return LocalDate.ofEpochDay(format.epochDay(text));
    } catch (DateTimeException e) {
      throw new DateTimeException(format.explain(text), e);
    }
  }
}
