package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a panel of rows in any order that are already in memory.
 *
 * <pre>{@code
 * PanelRows rows = new PanelRows("scores of my model", List.of(FieldSpec.raw("score", "expected return")));
 * rows.add(day, "AAPL", 0.013f);
 * Panel scores = rows.panel();
 * }</pre>
 */
public final class PanelRows {
  private final String origin;
  private final List<FieldSpec> fields;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> number = new HashMap<>();
  private final float[][] values;
  private int[] day = new int[256];
  private int[] asset = new int[256];
  private int rows;

  /** @param origin where the rows come from, for messages */
  public PanelRows(String origin, List<FieldSpec> fields) {
    this.origin = origin;
    this.fields = List.copyOf(fields);
    values = new float[fields.size()][256];
  }

  /** Adds a row; {@code rowValues} holds one value for each field, NaN = missing. */
  public void add(LocalDate date, String name, float... rowValues) {
    if (rowValues.length != fields.size()) {
      throw new IllegalArgumentException(
          "%d values for the %d fields".formatted(rowValues.length, fields.size()));
    }
    if (rows == day.length) {
      day = Arrays.copyOf(day, 2 * rows);
      asset = Arrays.copyOf(asset, 2 * rows);
      for (int field = 0; field < values.length; field++) {
        values[field] = Arrays.copyOf(values[field], 2 * rows);
      }
    }
    day[rows] = (int) date.toEpochDay();
    asset[rows] = number.computeIfAbsent(name, unknown -> {
      names.add(unknown);
      return names.size() - 1;
    });
    for (int field = 0; field < values.length; field++) {
      values[field][rows] = rowValues[field];
    }
    rows++;
  }

  /**
   * The rows as a panel: days rising, assets sorted by name.
   *
   * @throws DataException if there is no row, a date and asset come twice, or a value is infinite
   */
  public Panel panel() {
    if (rows == 0) {
      throw new DataException(origin + ": there is no row");
    }
    RowBlock block = new RowBlock(rows, day, asset, new int[0], values, names, 0);
    int[] columns = new int[fields.size()];
    Arrays.setAll(columns, field -> field);
    LongRows all = new LongRows(List.of(block), columns, LongRows.DaySpan.NONE);
    return new PanelAssembler(origin, all, RowRule.FINITE, false).assemble(fields);
  }
}
