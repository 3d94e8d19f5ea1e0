package alphadistill.teacher.regression;

/**
 * Which rows an estimate made at row t may use: the last {@code rows} ending at and including t, or all up to t.
 *
 * @param rows number of rows, at least 2; {@link Integer#MAX_VALUE} stands for all
 */
public record Window(int rows) {
  private static final int ALL = Integer.MAX_VALUE;

  public Window {
    if (rows < 2) {
      throw new IllegalArgumentException("a window needs at least 2 rows, was " + rows);
    }
  }

  /** The last {@code rows} rows, the current one included. */
  public static Window last(int rows) {
    return new Window(rows);
  }

  /** All rows up to and including the current one. */
  public static Window expanding() {
    return new Window(ALL);
  }

  public boolean isExpanding() {
    return rows == ALL;
  }

  /** First row of the window that ends at row {@code last}. */
  public int firstRow(int last) {
    return isExpanding() ? 0 : Math.max(0, last - rows + 1);
  }

  @Override
  public String toString() {
    return isExpanding() ? "all rows so far" : "last %d rows".formatted(rows);
  }
}
