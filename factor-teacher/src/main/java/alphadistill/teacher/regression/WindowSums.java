package alphadistill.teacher.regression;

import java.util.Arrays;

/**
 * Sums of vectors over a moving window, by additions only. Rows are cut into blocks as long as the window; a window is
 * the tail of the block before and the head of the current one, so its sum is one suffix sum plus one prefix sum.
 * Nothing is ever subtracted: no cancellation, no drift, no refactorisation, and a large value leaves no trace once it
 * has left the window. The bits of a sum depend only on the rows inside the window and on the row's place in its block.
 */
final class WindowSums {
  private final int width;
  private final int window;
  private final double[][] suffix; // slots behind the current one: suffix sums of the block before
  private final double[] prefix;
  private int place; // of the next row in its block

  WindowSums(int width, Window window) {
    this.width = width;
    this.window = window.rows();
    this.suffix = window.isExpanding() ? null : new double[window.rows()][width];
    this.prefix = new double[width];
  }

  /** Adds the next row and writes the sum of the window that ends with it. */
  void add(double[] row, double[] sum) {
    for (int i = 0; i < width; i++) {
      prefix[i] += row[i];
    }
    if (suffix == null) {
      System.arraycopy(prefix, 0, sum, 0, width);
      return;
    }
    System.arraycopy(row, 0, suffix[place], 0, width); // the slot's suffix sum has left the window
    if (++place == window) {
      System.arraycopy(prefix, 0, sum, 0, width);
      closeBlock();
      return;
    }
    double[] tail = suffix[place];
    for (int i = 0; i < width; i++) {
      sum[i] = tail[i] + prefix[i];
    }
  }

  private void closeBlock() {
    for (int slot = window - 2; slot >= 0; slot--) {
      for (int i = 0; i < width; i++) {
        suffix[slot][i] += suffix[slot + 1][i];
      }
    }
    Arrays.fill(prefix, 0);
    place = 0;
  }
}
