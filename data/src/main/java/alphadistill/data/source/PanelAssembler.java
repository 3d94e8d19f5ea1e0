package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Places the rows of a long table in a panel: days rising, assets sorted by name. Refuses a second row for the same
 * day and asset, and in text files days of one asset that go back.
 */
final class PanelAssembler {
  /** Years outside are mistyped or damaged, and would make a panel of empty centuries. */
  private static final int FIRST_YEAR = 1600;

  private static final int LAST_YEAR = 2200;

  private final String origin;
  private final LongRows rows;
  private final RowRule rule;
  private final boolean sorted;
  private final List<String> assets;
  private final int firstDay;
  private final List<LocalDate> dates = new ArrayList<>();
  private final int[] indexOfDay;

  /**
   * @param origin file or table of the rows, for messages
   * @param sorted whether the days of one asset must rise through the file
   */
  PanelAssembler(String origin, LongRows rows, RowRule rule, boolean sorted) {
    this.origin = origin;
    this.rows = rows;
    this.rule = rule;
    this.sorted = sorted;
    TreeSet<String> names = new TreeSet<>();
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    for (RowBlock block : rows.blocks()) {
      BitSet present = new BitSet();
      for (int row = 0; row < block.rows(); row++) {
        first = Math.min(first, block.day()[row]);
        last = Math.max(last, block.day()[row]);
        present.set(block.asset()[row]);
      }
      present.stream().mapToObj(block.names()::get).forEach(names::add);
    }
    requireMarketYears(first, last);
    assets = List.copyOf(names);
    firstDay = first;
    indexOfDay = indexDays(first, last);
  }

  private void requireMarketYears(int first, int last) {
    if (LocalDate.ofEpochDay(first).getYear() >= FIRST_YEAR
        && LocalDate.ofEpochDay(last).getYear() <= LAST_YEAR) {
      return;
    }
    long linesBefore = 1;
    for (RowBlock block : rows.blocks()) {
      for (int i = 0; i < block.rows(); i++) {
        LocalDate date = LocalDate.ofEpochDay(block.day()[i]);
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
          throw fault(
              block,
              linesBefore,
              i,
              "%s is no day of any market (years %d to %d); correct it"
                  .formatted(date, FIRST_YEAR, LAST_YEAR));
        }
      }
      linesBefore += block.lines();
    }
  }

  private int[] indexDays(int first, int last) {
    int[] index = new int[last - first + 1];
    for (RowBlock block : rows.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        index[block.day()[row] - first] = 1;
      }
    }
    for (int day = 0; day < index.length; day++) {
      if (index[day] == 1) {
        index[day] = dates.size();
        dates.add(LocalDate.ofEpochDay(first + (long) day));
      }
    }
    return index;
  }

  /** @param fields of the panel, in the order of the mapping's columns */
  Panel assemble(List<FieldSpec> fields) {
    long cells = (long) dates.size() * assets.size();
    long bytes = cells * fields.size() * Float.BYTES;
    if (cells > Integer.MAX_VALUE - 8 || bytes > Runtime.getRuntime().maxMemory()) {
      throw new DataException(
          "%s: %d days x %d assets x %d fields need %d MB, the heap is %d MB; select fewer symbols or dates, or raise it (-Xmx)"
              .formatted(
                  origin,
                  dates.size(),
                  assets.size(),
                  fields.size(),
                  bytes >> 20,
                  Runtime.getRuntime().maxMemory() >> 20));
    }
    float[][] values = new float[fields.size()][(int) cells];
    for (float[] field : values) {
      Arrays.fill(field, Float.NaN);
    }
    place(values);
    Panel.Builder builder = Panel.builder(dates, assets);
    for (int field = 0; field < values.length; field++) {
      builder.field(fields.get(field), values[field]);
    }
    return builder.build();
  }

  private void place(float[][] values) {
    BitSet taken = new BitSet(values[0].length);
    int[] latest = new int[assets.size()];
    Arrays.fill(latest, -1);
    float[] row = new float[values.length];
    long linesBefore = 1;
    for (RowBlock block : rows.blocks()) {
      int[] assetOf = block.names().stream()
          .mapToInt(name -> Math.max(0, Collections.binarySearch(assets, name)))
          .toArray();
      for (int i = 0; i < block.rows(); i++) {
        int asset = assetOf[block.asset()[i]];
        int day = indexOfDay[block.day()[i] - firstDay];
        int cell = day * assets.size() + asset;
        if (taken.get(cell)) {
          throw duplicate(block, linesBefore, i);
        }
        if (sorted && day < latest[asset]) {
          throw fault(
              block,
              linesBefore,
              i,
              "%s goes back from %s to %s; sort the dates of each symbol, or read with a policy for any order"
                  .formatted(assets.get(asset), dates.get(latest[asset]), dates.get(day)));
        }
        taken.set(cell);
        latest[asset] = day;
        rows.read(block, i, row);
        if (keep(block, linesBefore, i, assets.get(asset), row)) {
          for (int field = 0; field < row.length; field++) {
            values[field][cell] = row[field];
          }
        }
      }
      linesBefore += block.lines();
    }
  }

  private boolean keep(RowBlock block, long linesBefore, int i, String asset, float[] row) {
    try {
      return rule.keep(asset, block.day()[i], row);
    } catch (RowRule.Refusal refusal) {
      throw fault(block, linesBefore, i, refusal.getMessage());
    }
  }

  private DataException duplicate(RowBlock block, long linesBefore, int i) {
    String asset = block.names().get(block.asset()[i]);
    String what =
        "second row for %s on %s".formatted(asset, LocalDate.ofEpochDay(block.day()[i]));
    String where = block.line().length == 0
        ? ""
        : " (the first is line %d)".formatted(firstLine(asset, block.day()[i]));
    return fault(block, linesBefore, i, what + where + "; remove one");
  }

  private long firstLine(String asset, int day) {
    long linesBefore = 1;
    for (RowBlock block : rows.blocks()) {
      for (int i = 0; i < block.rows(); i++) {
        if (block.day()[i] == day && block.names().get(block.asset()[i]).equals(asset)) {
          return linesBefore + block.line()[i];
        }
      }
      linesBefore += block.lines();
    }
    throw new IllegalStateException("no row for %s on day %d".formatted(asset, day));
  }

  private DataException fault(RowBlock block, long linesBefore, int i, String text) {
    String line =
        block.line().length == 0 ? "" : ", line " + (linesBefore + block.line()[i]);
    return new DataException(origin + line + ": " + text);
  }
}
