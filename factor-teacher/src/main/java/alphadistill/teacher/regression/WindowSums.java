package alphadistill.teacher.regression;

import java.util.Arrays;

/**
 * Sums of vectors over a moving window, by additions only. Rows are cut into blocks as long as the window; a window is
 * the tail of the block before and the head of the current one, so its sum is one suffix sum plus one prefix sum.
 * Nothing is ever subtracted: no cancellation, no drift, no refactorisation, and a large value leaves no trace once it
 * has left the window. The bits of a sum depend only on the rows inside the window and on the row's place in its block.
 *
 * <p>Rows may lose weight with age: suffix sums are kept as of the end of their block and multiplied by what they have
 * lost since. A decay of 1 changes no bit of a plain sum.
 */
final class WindowSums {
  private final int width;
  private final int window;
  private final double[][] suffix; // slots behind the current one: suffix sums of the block before
  private final double[] prefix;
  private final double decay;
  private final double[] powers; // of the decay
  private int place; // of the next row in its block

  /** @param decay weight of a row over that of the row after it */
  WindowSums(int width, Window window, double decay) {
    this.width = width;
    this.window = window.rows();
    this.suffix = window.isExpanding() ? null : new double[window.rows()][width];
    this.prefix = new double[width];
    this.decay = decay;
    this.powers = new double[window.isExpanding() ? 0 : window.rows()];
    for (int age = 0; age < powers.length; age++) {
      powers[age] = Math.pow(decay, age);
    }
  }

  /** Adds the next row and writes the sum of the window that ends with it. */
  void add(double[] row, double[] sum) {
    for (int i = 0; i < width; i++) {
      prefix[i] = decay * prefix[i] + row[i];
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
      sum[i] = powers[place] * tail[i] + prefix[i];
    }
  }

  private void closeBlock() {
    for (int slot = window - 2; slot >= 0; slot--) {
      for (int i = 0; i < width; i++) {
        suffix[slot][i] = powers[window - 1 - slot] * suffix[slot][i] + suffix[slot + 1][i];
      }
    }
    Arrays.fill(prefix, 0);
    place = 0;
  }
}
