package alphadistill.data.table;

import alphadistill.data.DataException;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.PanelRows;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Panels as Tablesaw tables and back, for scripts.
 *
 * <pre>{@code
 * Table table = PanelTables.toTable(prices);               // date, asset, open, high, low, close, volume
 * Table cheap = table.where(table.numberColumn("close").isLessThan(5));
 * Panel scores = PanelTables.fromTable(mine, ColumnMapping.scores());
 * }</pre>
 */
public final class PanelTables {
  private PanelTables() {}

  /** One row for each date and asset that has any value, by date and then in the panel's order of assets. */
  public static Table toTable(Panel panel) {
    DateColumn dates = DateColumn.create("date");
    StringColumn assets = StringColumn.create("asset");
    List<FloatColumn> values =
        panel.fields().stream().map(field -> FloatColumn.create(field.name())).toList();
    for (int day = 0; day < panel.days(); day++) {
      LocalDate date = panel.dates().get(day);
      for (int asset = 0; asset < panel.assetCount(); asset++) {
        if (!LongForm.isRow(panel, day, asset)) {
          continue;
        }
        dates.append(date);
        assets.append(panel.assets().get(asset));
        for (int field = 0; field < values.size(); field++) {
          values.get(field).append(panel.value(field, day, asset));
        }
      }
    }
    Table table = Table.create("panel", dates, assets);
    values.forEach(table::addColumns);
    return table;
  }

  /**
   * A panel of the table's rows, which may be in any order. The date column holds dates, or text in the mapping's form;
   * the values are numbers of any type.
   *
   * @throws DataException if a column is not there or of the wrong type, a date or asset is missing, a date and asset
   *     come twice, or a value is infinite
   */
  public static Panel fromTable(Table table, ColumnMapping mapping) {
    Column<?> dates = column(table, mapping.date());
    Column<?> assets = column(table, mapping.asset());
    List<NumericColumn<?>> numbers = new ArrayList<>();
    for (String name : mapping.columns().values()) {
      if (!(column(table, name) instanceof NumericColumn<?> number)) {
        throw new DataException("%s: column '%s' is of type %s; numbers are needed"
            .formatted(table.name(), name, column(table, name).type()));
      }
      numbers.add(number);
    }
    List<FieldSpec> fields = mapping.columns().keySet().stream()
        .map(field -> new FieldSpec(
            field, "as in the table", "as read from a table, known at the close of the day", 0))
        .toList();
    PanelRows rows = new PanelRows(table.name(), fields);
    float[] values = new float[numbers.size()];
    for (int row = 0; row < table.rowCount(); row++) {
      if (dates.isMissing(row) || assets.isMissing(row)) {
        throw new DataException("%s: row %d has no %s; fill or drop it"
            .formatted(
                table.name(), row + 1, dates.isMissing(row) ? mapping.date() : mapping.asset()));
      }
      for (int field = 0; field < values.length; field++) {
        NumericColumn<?> number = numbers.get(field);
        values[field] = number.isMissing(row) ? Float.NaN : (float) number.getDouble(row);
      }
      rows.add(date(table, dates, row, mapping), assets.getString(row), values);
    }
    return rows.panel();
  }

  private static LocalDate date(Table table, Column<?> dates, int row, ColumnMapping mapping) {
    if (dates instanceof DateColumn column) {
      return column.get(row);
    }
    try {
      return mapping.day(dates.getString(row));
    } catch (DateTimeException e) {
      throw new DataException(
          "%s: row %d, column '%s': %s"
              .formatted(table.name(), row + 1, dates.name(), e.getMessage()),
          e);
    }
  }

  private static Column<?> column(Table table, String name) {
    if (!table.containsColumn(name)) {
      throw new DataException("%s: no column '%s'; the table has %s"
          .formatted(table.name(), name, table.columnNames()));
    }
    return table.column(name);
  }
}
