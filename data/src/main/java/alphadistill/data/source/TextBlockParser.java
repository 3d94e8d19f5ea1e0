package alphadistill.data.source;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;

/**
 * Reads one block of whole lines. Blocks know nothing of each other, so they are read side by side; a fault is kept
 * with its line inside the block and reported when the blocks are put in order.
 */
final class TextBlockParser {
  /** One block read: its rows, or the first fault in it. */
  record Result(RowBlock block, LongRows.DaySpan dates, Fault fault) {}

  /** What was wrong in which line of the block, counted from 1. */
  record Fault(int line, String text) {}

  private final TextHeader header;
  private final ColumnMapping mapping;
  private final DayFormat dayFormat;
  private final NameTable names;
  private final int firstWanted;
  private final int lastWanted;
  private final byte[] text;

  private int rows;
  private int[] day = new int[1024];
  private int[] asset = new int[1024];
  private int[] line = new int[1024];
  private final float[][] values;

  private int fieldFrom;
  private int fieldTo;
  private int rowDay;
  private int rowAsset;
  private final float[] rowValues;

  /** @param text whole lines, each ending in a line feed */
  TextBlockParser(byte[] text, TextHeader header, ColumnMapping mapping, Selection selection) {
    this.text = text;
    this.header = header;
    this.mapping = mapping;
    dayFormat = DayFormat.of(mapping.datePattern());
    names = new NameTable(selection);
    firstWanted = selection.firstDay();
    lastWanted = selection.lastDay();
    values = new float[header.valueColumns()][1024];
    rowValues = new float[header.valueColumns()];
  }

  Result parse() {
    int lines = 0;
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    try {
      for (int at = 0; at < text.length; ) {
        lines++;
        int next = parseLine(at);
        if (next < 0) {
          at = -next;
          continue;
        }
        at = next;
        first = Math.min(first, rowDay);
        last = Math.max(last, rowDay);
        if (rowAsset != NameTable.UNWANTED && rowDay >= firstWanted && rowDay <= lastWanted) {
          keep(lines);
        }
      }
      return new Result(block(lines), new LongRows.DaySpan(first, last), null);
    } catch (FaultyField e) {
      return new Result(null, LongRows.DaySpan.NONE, new Fault(lines, e.getMessage()));
    }
  }

  /** Reads the line that starts at {@code from}; returns where the next starts, negated when this one is blank. */
  private int parseLine(int from) {
    int at = from;
    if (isBlank(from)) {
      return -(endOfLine(from) + 1);
    }
    int columns = header.role().length;
    for (int column = 0; column < columns; column++) {
      at = readField(at);
      if (column < columns - 1 && text[at] == '\n') {
        throw new FaultyField("has %d fields, the header has %d; complete or remove the line"
            .formatted(column + 1, columns));
      }
      if (column == columns - 1 && text[at] != '\n') {
        throw new FaultyField(
            "has more than the %d fields of the header; put a field that holds the delimiter in quotes"
                .formatted(columns));
      }
      take(column);
      at++;
    }
    return at;
  }

  /** Finds the field that starts at {@code from}, without quotes and blanks; returns where its delimiter stands. */
  private int readField(int from) {
    byte delimiter = (byte) mapping.delimiter();
    int at = from;
    if (text[at] == '"') {
      int close = at + 1;
      while (text[close] != '"') {
        if (text[close] == '\n') {
          throw new FaultyField("has a quote that is not closed in the same line; close it");
        }
        close++;
      }
      fieldFrom = at + 1;
      fieldTo = close;
      at = close + 1;
      while (text[at] != delimiter && text[at] != '\n') {
        at++;
      }
    } else {
      while (text[at] != delimiter && text[at] != '\n') {
        at++;
      }
      fieldFrom = from;
      fieldTo = at;
    }
    while (fieldTo > fieldFrom && isSpace(text[fieldTo - 1])) {
      fieldTo--;
    }
    while (fieldFrom < fieldTo && isSpace(text[fieldFrom])) {
      fieldFrom++;
    }
    return at;
  }

  private void take(int column) {
    int role = header.role()[column];
    if (role >= 0) {
      try {
        rowValues[role] = (float) Decimals.parse(text, fieldFrom, fieldTo);
      } catch (NumberFormatException e) {
        throw new FaultyField(
            "column '%s' holds '%s', which is no number; write decimals such as 12.34 or 1.2e6, nothing or NA for missing"
                .formatted(header.names().get(column), field()));
      }
    } else if (role == TextHeader.DATE) {
      try {
        rowDay = dayFormat.epochDay(text, fieldFrom, fieldTo);
      } catch (DateTimeException e) {
        throw new FaultyField(
            "column '%s': %s".formatted(header.names().get(column), dayFormat.explain(field())));
      }
    } else if (role == TextHeader.ASSET) {
      if (fieldFrom == fieldTo) {
        throw new FaultyField("column '%s' is empty; name the asset or remove the line"
            .formatted(header.names().get(column)));
      }
      rowAsset = names.number(text, fieldFrom, fieldTo);
    }
  }

  private void keep(int inLine) {
    if (rows == day.length) {
      int larger = 2 * rows;
      day = Arrays.copyOf(day, larger);
      asset = Arrays.copyOf(asset, larger);
      line = Arrays.copyOf(line, larger);
      for (int i = 0; i < values.length; i++) {
        values[i] = Arrays.copyOf(values[i], larger);
      }
    }
    day[rows] = rowDay;
    asset[rows] = rowAsset;
    line[rows] = inLine;
    for (int i = 0; i < values.length; i++) {
      values[i][rows] = rowValues[i];
    }
    rows++;
  }

  private RowBlock block(int lines) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Arrays.copyOf(values[i], rows);
    }
    return new RowBlock(
        rows,
        Arrays.copyOf(day, rows),
        Arrays.copyOf(asset, rows),
        Arrays.copyOf(line, rows),
        values,
        names.names(),
        lines);
  }

  private boolean isBlank(int from) {
    int at = from;
    while (isSpace(text[at])) {
      at++;
    }
    return text[at] == '\n';
  }

  private int endOfLine(int from) {
    int at = from;
    while (text[at] != '\n') {
      at++;
    }
    return at;
  }

  private String field() {
    return new String(text, fieldFrom, fieldTo - fieldFrom, StandardCharsets.UTF_8);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\r' || b == '\t';
  }

  /** Ends the reading of a block; its message says what is wrong with the current line. */
  private static final class FaultyField extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FaultyField(String message) {
      super(message, null, false, false);
    }
  }
}
