package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads a long table of any numbers (one row for each date and asset) from CSV, gzip or Parquet into a panel. For
 * prices use {@link PriceReader}, which also checks what prices must obey.
 *
 * @param mapping columns of the file for each field
 * @param fields meaning of each field, in the order of the mapping's columns
 */
public record PanelReader(ColumnMapping mapping, List<FieldSpec> fields) {

  public PanelReader {
    fields = List.copyOf(fields);
    List<String> names = fields.stream().map(FieldSpec::name).toList();
    if (!names.equals(List.copyOf(mapping.columns().keySet()))) {
      throw new IllegalArgumentException("the fields %s are not those of the mapping %s"
          .formatted(names, mapping.columns().keySet()));
    }
  }

  /** @throws DataException if the file cannot be read, holds an infinite number, or nothing of it is selected */
  public Panel read(Path file, Selection selection) {
    LongRows rows = rows(file, mapping, selection);
    return new PanelAssembler(file.toString(), rows, RowRule.FINITE, false).assemble(fields);
  }

  /** The selected rows; refuses a file of which nothing is selected. */
  static LongRows rows(Path file, ColumnMapping mapping, Selection selection) {
    LongRows rows = TextFile.kind(file) == TextFile.Kind.PARQUET
        ? ParquetRows.read(file, mapping, selection)
        : TextRows.read(file, mapping, selection);
    if (rows.rows() == 0) {
      LongRows.DaySpan dates = rows.dates();
      throw DataException.in(
          file,
          dates.first() > dates.last()
              ? "has a header but no row; it may not have been copied fully"
              : "no row for %s; the file holds %s to %s"
                  .formatted(
                      selection.inWords(),
                      LocalDate.ofEpochDay(dates.first()),
                      LocalDate.ofEpochDay(dates.last())));
    }
    return rows;
  }

  /** Counts the symbols that were asked for but have no row. */
  static DropReport notFound(Selection selection, Panel panel) {
    TreeSet<String> missing = new TreeSet<>(selection.symbols());
    panel.assets().forEach(missing::remove);
    missing.removeAll(selection.excluded());
    return missing.isEmpty()
        ? DropReport.NONE
        : new DropReport(List.of(new DropReport.Drop(
            "symbol asked for, not in the file on these dates", missing.size(), missing.first())));
  }
}
