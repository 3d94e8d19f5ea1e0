package alphadistill.teacher.ipca;

import alphadistill.teacher.regression.Cholesky;

/**
 * Dot products of columns, four by four at a time: each number read serves four, and 16 sums keep the processor busy. By
 * the JDK's vectors where their module is there ({@code --add-modules jdk.incubator.vector}), some times faster; sums
 * are rounded otherwise then.
 */
final class ColumnProducts {
  private static final int TILE = 4;
  private static final boolean HAS_VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private ColumnProducts() {}

  /**
   * Products of columns with themselves.
   *
   * @param columns {@code [column][row]}
   * @param packed overwritten: lower triangle as {@link Cholesky} packs it
   */
  static void write(double[][] columns, double[] packed) {
    write(columns, packed, HAS_VECTORS);
  }

  static void write(double[][] columns, double[] packed, boolean vectors) {
    double[] tile = new double[TILE * TILE];
    for (int i = 0; i < columns.length; i += TILE) {
      for (int j = 0; j <= i; j += TILE) {
        tile(columns, i, j, tile, vectors);
        for (int a = i; a < Math.min(i + TILE, columns.length); a++) {
          for (int b = j; b < Math.min(j + TILE, a + 1); b++) {
            packed[Cholesky.row(a) + b] = tile[(a - i) * TILE + b - j];
          }
        }
      }
    }
  }

  /** The last column stands in for those behind it. */
  private static double[] column(double[][] columns, int index) {
    return columns[Math.min(index, columns.length - 1)];
  }

  private static void tile(double[][] columns, int i, int j, double[] tile, boolean vectors) {
    double[] a = column(columns, i);
    double[] b = column(columns, i + 1);
    double[] c = column(columns, i + 2);
    double[] d = column(columns, i + 3);
    double[] e = column(columns, j);
    double[] f = column(columns, j + 1);
    double[] g = column(columns, j + 2);
    double[] h = column(columns, j + 3);
    if (vectors) {
      VectorTile.write(a, b, c, d, e, f, g, h, tile);
    } else {
      tile(a, b, c, d, e, f, g, h, tile);
    }
  }

  private static void tile(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] e,
      double[] f,
      double[] g,
      double[] h,
      double[] tile) {
    double ae = 0, af = 0, ag = 0, ah = 0;
    double be = 0, bf = 0, bg = 0, bh = 0;
    double ce = 0, cf = 0, cg = 0, ch = 0;
    double de = 0, df = 0, dg = 0, dh = 0;
    for (int row = 0; row < a.length; row++) {
      double ar = a[row], br = b[row], cr = c[row], dr = d[row];
      double er = e[row], fr = f[row], gr = g[row], hr = h[row];
      ae += ar * er;
      af += ar * fr;
      ag += ar * gr;
      ah += ar * hr;
      be += br * er;
      bf += br * fr;
      bg += br * gr;
      bh += br * hr;
      ce += cr * er;
      cf += cr * fr;
      cg += cr * gr;
      ch += cr * hr;
      de += dr * er;
      df += dr * fr;
      dg += dr * gr;
      dh += dr * hr;
    }
    double[] sums = {ae, af, ag, ah, be, bf, bg, bh, ce, cf, cg, ch, de, df, dg, dh};
    System.arraycopy(sums, 0, tile, 0, sums.length);
  }
}
