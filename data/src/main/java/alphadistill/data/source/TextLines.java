package alphadistill.data.source;

import alphadistill.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Lines of a text table with a header, one after another; blank ones are passed over. For prices see {@link TextRows}. */
final class TextLines {
  private final Path file;
  private final Delimiter delimiter;

  /** What stands between the columns, as the header shows. */
  @FunctionalInterface
  interface Delimiter {
    char of(String header);
  }

  /** Takes one line. */
  @FunctionalInterface
  interface Row {
    /**
     * @param row from 0
     * @param line its number in the file, the first being 1
     * @param fields of the wanted columns
     */
    void take(int row, int line, List<String> fields);
  }

  TextLines(Path file, Delimiter delimiter) {
    this.file = file;
    this.delimiter = delimiter;
  }

  /**
   * Names of the columns.
   *
   * @throws DataException if the file cannot be read, or begins with a blank line
   */
  List<String> header() {
    try (BufferedReader reader = open()) {
      return header(reader.readLine());
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }

  /**
   * Reads all rows.
   *
   * @param columns wanted, by name; another case is accepted
   * @throws DataException if the file cannot be read, lacks a column or a field, or has no row
   */
  void read(List<String> columns, Row row) {
    int rows = 0;
    try (BufferedReader reader = open()) {
      String first = reader.readLine();
      List<String> header = header(first);
      char between = delimiter.of(first);
      int[] index = columns.stream().mapToInt(column -> indexOf(header, column)).toArray();
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        List<String> fields = TextHeader.split(line, between);
        if (fields.size() != header.size()) {
          throw DataException.at(
              file,
              number,
              "has %d fields, the header has %d; correct the line"
                  .formatted(fields.size(), header.size()));
        }
        row.take(rows++, number, Arrays.stream(index).mapToObj(fields::get).toList());
      }
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw TextFile.unreadable(file, e.getCause());
    }
    if (rows == 0) {
      throw DataException.in(file, "has a header but no row; it may not have been copied fully");
    }
  }

  private BufferedReader open() {
    return new BufferedReader(
        new InputStreamReader(TextFile.open(file), StandardCharsets.UTF_8), 1 << 16);
  }

  private List<String> header(String line) {
    if (line == null || line.isBlank()) {
      throw DataException.at(file, 1, "is blank where the names of the columns are expected");
    }
    return TextHeader.split(line, delimiter.of(line));
  }

  private int indexOf(List<String> header, String column) {
    int index = TextHeader.indexOf(header, column);
    if (index < 0) {
      throw DataException.at(file, 1, TextHeader.missingColumn(column, header));
    }
    return index;
  }
}
