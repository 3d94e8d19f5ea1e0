package alphadistill.vision.inspect;

import java.util.Arrays;

/**
 * One number for each patch of a picture.
 *
 * @param rows of patches
 * @param columns of patches
 * @param values row by row (rows * columns)
 */
public record PatchMap(int rows, int columns, double[] values) {

  public PatchMap {
    if (rows < 1 || columns < 1 || values.length != rows * columns) {
      throw new IllegalArgumentException(
          "%d values do not fill %d x %d patches".formatted(values.length, rows, columns));
    }
  }

  /** The same from 0 for its smallest value to 1 for its largest; all 0 when they are equal. */
  public PatchMap stretched() {
    double low = Arrays.stream(values).min().getAsDouble();
    double range = Arrays.stream(values).max().getAsDouble() - low;
    return new PatchMap(
        rows,
        columns,
        Arrays.stream(values).map(v -> range > 0 ? (v - low) / range : 0).toArray());
  }

  /**
   * The value at a place of the picture, linear between the centres of patches and constant beyond the outer ones.
   *
   * @param x from 0 at the left edge to 1 at the right one
   * @param y from 0 at the top to 1 at the bottom
   */
  double at(double x, double y) {
    double column = Math.max(0, Math.min(columns - 1, x * columns - 0.5));
    double row = Math.max(0, Math.min(rows - 1, y * rows - 0.5));
    int left = (int) column;
    int top = (int) row;
    int right = Math.min(columns - 1, left + 1);
    int bottom = Math.min(rows - 1, top + 1);
    double across = column - left;
    double down = row - top;
    return (1 - down) * ((1 - across) * patch(top, left) + across * patch(top, right))
        + down * ((1 - across) * patch(bottom, left) + across * patch(bottom, right));
  }

  private double patch(int row, int column) {
    return values[row * columns + column];
  }
}
