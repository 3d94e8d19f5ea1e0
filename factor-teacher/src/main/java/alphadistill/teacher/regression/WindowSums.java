package alphadistill.teacher.regression;

/**
 * Sums over a moving window, by additions only. Rows are cut into blocks as long as the window; a window is the tail of
 * the block before and the head of the current one, so its sum is one suffix sum plus one prefix sum. Nothing is ever
 * subtracted: no cancellation, no drift, no refactorisation, and a large value leaves no trace once it has left the
 * window. The bits of a sum depend only on the rows inside the window and on the row's place in its block.
 *
 * <p>Rows may lose weight with age: suffix sums are kept as of the end of their block and multiplied by what they have
 * lost since. A decay of 1 changes no bit of a plain sum.
 */
final class WindowSums {
  /** Series summed side by side: one alone would wait for each addition to end. */
  private static final int TOGETHER = 4;

  private final int window;
  private final double decay;
  private final double[] powers; // of the decay

  /**
   * @param rows how many there will be; an expanding window is as long
   * @param decay weight of a row over that of the row after it
   */
  WindowSums(Window window, int rows, double decay) {
    this.window = Math.min(window.rows(), Math.max(1, rows));
    this.decay = decay;
    powers = new double[this.window];
    for (int age = 0; age < powers.length; age++) {
      powers[age] = Math.pow(decay, age);
    }
  }

  /** Arrays for a number of series, some more than asked for: {@link #write} takes them by fours. */
  static double[][] series(int count, int rows) {
    return new double[(count + TOGETHER - 1) / TOGETHER * TOGETHER][rows];
  }

  /**
   * Writes for every row the sum of the window that ends with it.
   *
   * @param terms {@code [series][row]}, made by {@link #series}
   * @param sums the same shape; overwritten
   */
  void write(double[][] terms, double[][] sums) {
    for (int s = 0; s < terms.length; s += TOGETHER) {
      Four from = new Four(terms[s], terms[s + 1], terms[s + 2], terms[s + 3]);
      Four into = new Four(sums[s], sums[s + 1], sums[s + 2], sums[s + 3]);
      for (int start = 0; start < from.a.length; start += window) {
        int end = Math.min(start + window, from.a.length);
        writeHeads(from, into, start, end);
        if (start > 0) {
          addTails(from, into, start, end);
        }
      }
    }
  }

  private record Four(double[] a, double[] b, double[] c, double[] d) {}

  /** Prefix sums of the block that starts at a row. */
  private void writeHeads(Four terms, Four sums, int start, int end) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int row = start; row < end; row++) {
      a = decay * a + terms.a[row];
      b = decay * b + terms.b[row];
      c = decay * c + terms.c[row];
      d = decay * d + terms.d[row];
      sums.a[row] = a;
      sums.b[row] = b;
      sums.c[row] = c;
      sums.d[row] = d;
    }
  }

  /** Suffix sums of the block before, without its first row: it left the window with this block's first row. */
  private void addTails(Four terms, Four sums, int start, int end) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int place = window - 1; place > 0; place--) {
      int from = start - window + place;
      double age = powers[window - 1 - place];
      a = age * terms.a[from] + a;
      b = age * terms.b[from] + b;
      c = age * terms.c[from] + c;
      d = age * terms.d[from] + d;
      int to = start + place - 1;
      if (to < end) {
        double since = powers[place];
        sums.a[to] = since * a + sums.a[to];
        sums.b[to] = since * b + sums.b[to];
        sums.c[to] = since * c + sums.c[to];
        sums.d[to] = since * d + sums.d[to];
      }
    }
  }
}
