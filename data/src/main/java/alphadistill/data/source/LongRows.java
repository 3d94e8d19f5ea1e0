package alphadistill.data.source;

import java.util.List;

/**
 * The wanted rows of a long table.
 *
 * @param blocks in file order
 * @param fieldColumn for each field, which of the blocks' value columns holds it, or {@link #ABSENT}
 * @param dates first and last date of the whole file, wanted or not; for messages
 */
record LongRows(List<RowBlock> blocks, int[] fieldColumn, DaySpan dates) {
  /** Marks a field that the file does not have: missing in every row. */
  static final int ABSENT = -1;

  int rows() {
    return blocks.stream().mapToInt(RowBlock::rows).sum();
  }

  LongRows withFieldColumns(int[] columns) {
    return new LongRows(blocks, columns, dates);
  }

  /** One row's values, one for each field. */
  void read(RowBlock block, int row, float[] values) {
    for (int field = 0; field < values.length; field++) {
      int column = fieldColumn[field];
      values[field] = column == ABSENT ? Float.NaN : block.values()[column][row];
    }
  }

  /** First and last day since 1970-01-01; none when first is after last. */
  record DaySpan(int first, int last) {
    static final DaySpan NONE = new DaySpan(Integer.MAX_VALUE, Integer.MIN_VALUE);

    DaySpan with(DaySpan other) {
      return new DaySpan(Math.min(first, other.first), Math.max(last, other.last));
    }
  }
}
