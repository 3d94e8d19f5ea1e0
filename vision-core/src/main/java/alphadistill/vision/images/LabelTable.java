package alphadistill.vision.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A CSV file whose rows are pictures in order, with columns {@code index}, {@code label} and {@code class} among others. */
final class LabelTable {
  private final Path file;
  private final List<String> columns;
  private final List<String[]> rows;

  /** @throws ImageException if the file is absent, empty, ragged or without a needed column, or rows are out of order */
  LabelTable(Path file) throws IOException {
    this.file = file;
    if (!Files.exists(file)) {
      throw new ImageException(
          "%s: no such file; it must hold the label of each picture".formatted(file));
    }
    List<String> lines = Files.readAllLines(file);
    columns = lines.isEmpty() ? List.of() : List.of(lines.get(0).strip().split(","));
    rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(row(lines.get(i), i + 1));
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      if (number(i, "index") != i) {
        throw new ImageException("%s: row %d has index %d: rows are missing or out of order"
            .formatted(file, i, number(i, "index")));
      }
    }
  }

  /** Number of pictures. */
  int size() {
    return rows.size();
  }

  int number(int row, String column) {
    String text = text(row, column);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ImageException(
          "%s: row %d: %s must be a whole number, was '%s'".formatted(file, row, column, text), e);
    }
  }

  int[] labels() {
    int[] labels = new int[rows.size()];
    Arrays.setAll(labels, row -> number(row, "label"));
    return labels;
  }

  /**
   * Names in the order of labels. A label that no picture has is named by its number.
   *
   * @param expected the names that must be found, or null for any
   * @throws ImageException if a label has two names, or another one than expected
   */
  List<String> classes(List<String> expected) {
    List<String> names = new ArrayList<>(expected == null ? List.of() : expected);
    for (int row = 0; row < rows.size(); row++) {
      int label = number(row, "label");
      if (label < 0 || label > rows.size() || expected != null && label >= expected.size()) {
        throw new ImageException("%s: row %d has label %d, which is none of the classes%s"
            .formatted(file, row, label, expected == null ? "" : " " + ClassNames.some(expected)));
      }
      while (names.size() <= label) {
        names.add(null);
      }
      String name = text(row, "class");
      if (names.get(label) != null && !names.get(label).equals(name)) {
        throw new ImageException("%s: row %d: label %d is called '%s' here, but '%s' %s"
            .formatted(
                file,
                row,
                label,
                name,
                names.get(label),
                expected == null ? "in a row before" : "was expected"));
      }
      names.set(label, name);
    }
    for (int label = 0; label < names.size(); label++) {
      if (names.get(label) == null) {
        names.set(label, "" + label);
      }
    }
    return List.copyOf(names);
  }

  private String text(int row, String column) {
    int at = columns.indexOf(column);
    if (at < 0) {
      throw new ImageException(
          "%s: has no column '%s'; its columns are %s".formatted(file, column, columns));
    }
    return rows.get(row)[at];
  }

  private String[] row(String line, int number) {
    String[] cells = line.strip().split(",", -1);
    if (cells.length != columns.size()) {
      throw new ImageException("%s: line %d has %d cells, the header has %d"
          .formatted(file, number, cells.length, columns.size()));
    }
    return cells;
  }
}
