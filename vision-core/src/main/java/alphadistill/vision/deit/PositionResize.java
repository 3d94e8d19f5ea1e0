package alphadistill.vision.deit;

import alphadistill.engine.kernels.HostCopy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How positions on a grid of patches become positions on another grid: bicubic along rows, then along columns, without
 * aligned corners, in the two forms of the reference (vision.md section 1). Positions of special tokens stay as they
 * are.
 */
public enum PositionResize {
  /** DeiT's fine-tuning: coefficient -0.75, borders repeated, no smoothing when the grid shrinks. */
  PLAIN_BICUBIC {
    @Override
    double[] weights(double centre, double scale, int size) {
      double[] weights = new double[size];
      double left = Math.floor(centre - 0.5);
      for (int tap = -1; tap <= 2; tap++) {
        int at = (int) Math.max(0, Math.min(size - 1, left + tap));
        weights[at] += cubic(centre - 0.5 - left - tap, -0.75);
      }
      return weights;
    }
  },
  /** timm today: coefficient -0.5, a wider kernel when the grid shrinks, weights made to sum to one at borders. */
  ANTIALIAS_BICUBIC {
    @Override
    double[] weights(double centre, double scale, int size) {
      double[] weights = new double[size];
      double stretch = Math.max(1, scale);
      int first = Math.max(0, (int) (centre - 2 * stretch + 0.5));
      int end = Math.min(size, (int) (centre + 2 * stretch + 0.5));
      double sum = 0;
      for (int at = first; at < end; at++) {
        weights[at] = cubic((at - centre + 0.5) / stretch, -0.5);
        sum += weights[at];
      }
      for (int at = first; at < end; at++) {
        weights[at] /= sum;
      }
      return weights;
    }
  };

  /**
   * Shares of the old cells in one new cell.
   *
   * @param centre of the new cell, in old cells from the border
   * @param scale old cells in a new one
   * @param size old cells
   */
  abstract double[] weights(double centre, double scale, int size);

  /**
   * Positions for another grid.
   *
   * @param positions (1, S + rows * columns, D), left unchanged
   * @param special S, tokens in front of the patches
   * @return (1, S + newRows * newColumns, D) of the same type
   */
  public INDArray resize(
      INDArray positions, int special, int rows, int columns, int newRows, int newColumns) {
    if (positions.size(1) != special + (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d positions are not %d special ones and a grid of %d x %d"
              .formatted(positions.size(1), special, rows, columns));
    }
    int width = (int) positions.size(2);
    double[] old = HostCopy.doubles(positions);
    double[] fresh = new double[(special + newRows * newColumns) * width];
    System.arraycopy(old, 0, fresh, 0, special * width);
    double[] across = new double[rows * newColumns * width];
    for (int y = 0; y < rows; y++) { // along each row
      blend(
          old,
          (special + y * columns) * width,
          columns,
          across,
          y * newColumns * width,
          newColumns,
          width,
          width);
    }
    for (int x = 0; x < newColumns; x++) { // along each column
      blend(
          across,
          x * width,
          rows,
          fresh,
          (special + x) * width,
          newRows,
          newColumns * width,
          width);
    }
    return Nd4j.createFromArray(fresh)
        .castTo(positions.dataType())
        .reshape('c', 1, special + (long) newRows * newColumns, width);
  }

  /** One line of cells, {@code stride} numbers from one to the next, into a line of another length. */
  private void blend(
      double[] from,
      int start,
      int size,
      double[] into,
      int target,
      int newSize,
      int stride,
      int width) {
    double scale = (double) size / newSize;
    for (int i = 0; i < newSize; i++) {
      double[] weights = weights((i + 0.5) * scale, scale, size);
      for (int at = 0; at < size; at++) {
        for (int d = 0; d < width && weights[at] != 0; d++) {
          into[target + i * stride + d] += weights[at] * from[start + at * stride + d];
        }
      }
    }
  }

  /** Keys' cubic kernel at a distance, with its coefficient a. */
  private static double cubic(double distance, double a) {
    double x = Math.abs(distance);
    if (x <= 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }
}
