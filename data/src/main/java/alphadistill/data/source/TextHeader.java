package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What each column of a text file is for, found by its header.
 *
 * @param names column names as the file has them
 * @param role for each column {@link #SKIPPED}, {@link #DATE}, {@link #ASSET} or the index of a value column
 * @param fieldColumn for each field of the mapping, the index of its value column
 * @param valueColumns how many value columns there are
 */
record TextHeader(List<String> names, int[] role, int[] fieldColumn, int valueColumns) {
  static final int SKIPPED = -1;
  static final int DATE = -2;
  static final int ASSET = -3;

  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

  /** @param line the first line of the file */
  static TextHeader of(Path file, String line, ColumnMapping mapping) {
    List<String> names = split(line, mapping.delimiter());
    if (names.size() == 1) {
      refuseDelimiter(file, line, mapping.delimiter());
    }
    int[] role = new int[names.size()];
    Arrays.fill(role, SKIPPED);
    role[find(file, line, names, mapping.date(), mapping)] = DATE;
    role[find(file, line, names, mapping.asset(), mapping)] = ASSET;
    int[] fieldColumn = new int[mapping.columns().size()];
    int values = 0;
    int field = 0;
    for (String column : mapping.columns().values()) {
      int index = find(file, line, names, column, mapping);
      if (role[index] == SKIPPED) {
        role[index] = values++;
      } else if (role[index] < 0) {
        throw DataException.at(
            file,
            1,
            "column '%s' is mapped both to a number and to the %s; correct the mapping"
                .formatted(column, role[index] == DATE ? "date" : "asset"));
      }
      fieldColumn[field++] = role[index];
    }
    return new TextHeader(names, role, fieldColumn, values);
  }

  /** Index of a column: by its exact name, else without regard to case; refuses a name that is not there. */
  private static int find(
      Path file, String line, List<String> names, String wanted, ColumnMapping mapping) {
    int index = indexOf(names, wanted);
    if (index >= 0) {
      return index;
    }
    Set<String> needed = new LinkedHashSet<>(List.of(mapping.date(), mapping.asset()));
    needed.addAll(mapping.columns().values());
    if (needed.stream().noneMatch(column -> indexOf(names, column) >= 0)) {
      throw DataException.at(
          file,
          1,
          "reads '%s' where a header with %s is expected; add it, or map the columns"
              .formatted(shortened(line), needed));
    }
    throw DataException.at(file, 1, missingColumn(wanted, names));
  }

  /** One line for a column that is not there, with the nearest name that is. */
  static String missingColumn(String wanted, Collection<String> names) {
    return "no column '%s'%s; the file has %s: correct the file or the column mapping"
        .formatted(
            wanted,
            NearestName.of(wanted, names)
                .map(near -> " (did you mean '%s'?)".formatted(near))
                .orElse(""),
            names);
  }

  static int indexOf(List<String> names, String wanted) {
    int exact = names.indexOf(wanted);
    for (int i = 0; exact < 0 && i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(wanted)) {
        return i;
      }
    }
    return exact;
  }

  private static void refuseDelimiter(Path file, String line, char delimiter) {
    for (char other : DELIMITERS) {
      if (other != delimiter && line.indexOf(other) >= 0) {
        throw DataException.at(
            file,
            1,
            "the header '%s' is one column when split at %s; it looks split at %s: set the delimiter to that"
                .formatted(shortened(line), inWords(delimiter), inWords(other)));
      }
    }
    throw DataException.at(
        file,
        1,
        "the header '%s' is one column when split at %s; set the delimiter of the file"
            .formatted(shortened(line), inWords(delimiter)));
  }

  private static String inWords(char delimiter) {
    return delimiter == '\t' ? "tab" : "'" + delimiter + "'";
  }

  private static String shortened(String line) {
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }

  /** The fields of one line, without quotes and surrounding blanks. */
  static List<String> split(String line, char delimiter) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (char c : (line + delimiter).toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    return fields;
  }
}
