package alphadistill.teacher.ipca;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The 16 dot products of four columns with four others by the JDK's vectors, which the compiler does not find itself. */
final class VectorTile {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  private VectorTile() {}

  static void write(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] e,
      double[] f,
      double[] g,
      double[] h,
      double[] products) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector ae = zero, af = zero, ag = zero, ah = zero;
    DoubleVector be = zero, bf = zero, bg = zero, bh = zero;
    DoubleVector ce = zero, cf = zero, cg = zero, ch = zero;
    DoubleVector de = zero, df = zero, dg = zero, dh = zero;
    int whole = SPECIES.loopBound(a.length);
    for (int row = 0; row < whole; row += SPECIES.length()) {
      DoubleVector ev = DoubleVector.fromArray(SPECIES, e, row);
      DoubleVector fv = DoubleVector.fromArray(SPECIES, f, row);
      DoubleVector gv = DoubleVector.fromArray(SPECIES, g, row);
      DoubleVector hv = DoubleVector.fromArray(SPECIES, h, row);
      DoubleVector av = DoubleVector.fromArray(SPECIES, a, row);
      ae = av.fma(ev, ae);
      af = av.fma(fv, af);
      ag = av.fma(gv, ag);
      ah = av.fma(hv, ah);
      DoubleVector bv = DoubleVector.fromArray(SPECIES, b, row);
      be = bv.fma(ev, be);
      bf = bv.fma(fv, bf);
      bg = bv.fma(gv, bg);
      bh = bv.fma(hv, bh);
      DoubleVector cv = DoubleVector.fromArray(SPECIES, c, row);
      ce = cv.fma(ev, ce);
      cf = cv.fma(fv, cf);
      cg = cv.fma(gv, cg);
      ch = cv.fma(hv, ch);
      DoubleVector dv = DoubleVector.fromArray(SPECIES, d, row);
      de = dv.fma(ev, de);
      df = dv.fma(fv, df);
      dg = dv.fma(gv, dg);
      dh = dv.fma(hv, dh);
    }
    double[] lanes = new double[products.length * SPECIES.length()];
    ae.intoArray(lanes, 0);
    af.intoArray(lanes, 1 * SPECIES.length());
    ag.intoArray(lanes, 2 * SPECIES.length());
    ah.intoArray(lanes, 3 * SPECIES.length());
    be.intoArray(lanes, 4 * SPECIES.length());
    bf.intoArray(lanes, 5 * SPECIES.length());
    bg.intoArray(lanes, 6 * SPECIES.length());
    bh.intoArray(lanes, 7 * SPECIES.length());
    ce.intoArray(lanes, 8 * SPECIES.length());
    cf.intoArray(lanes, 9 * SPECIES.length());
    cg.intoArray(lanes, 10 * SPECIES.length());
    ch.intoArray(lanes, 11 * SPECIES.length());
    de.intoArray(lanes, 12 * SPECIES.length());
    df.intoArray(lanes, 13 * SPECIES.length());
    dg.intoArray(lanes, 14 * SPECIES.length());
    dh.intoArray(lanes, 15 * SPECIES.length());
    products[0] = sum(lanes, 0) + rest(a, e, whole);
    products[1] = sum(lanes, 1) + rest(a, f, whole);
    products[2] = sum(lanes, 2) + rest(a, g, whole);
    products[3] = sum(lanes, 3) + rest(a, h, whole);
    products[4] = sum(lanes, 4) + rest(b, e, whole);
    products[5] = sum(lanes, 5) + rest(b, f, whole);
    products[6] = sum(lanes, 6) + rest(b, g, whole);
    products[7] = sum(lanes, 7) + rest(b, h, whole);
    products[8] = sum(lanes, 8) + rest(c, e, whole);
    products[9] = sum(lanes, 9) + rest(c, f, whole);
    products[10] = sum(lanes, 10) + rest(c, g, whole);
    products[11] = sum(lanes, 11) + rest(c, h, whole);
    products[12] = sum(lanes, 12) + rest(d, e, whole);
    products[13] = sum(lanes, 13) + rest(d, f, whole);
    products[14] = sum(lanes, 14) + rest(d, g, whole);
    products[15] = sum(lanes, 15) + rest(d, h, whole);
  }

  /** In a fixed order, which the library's own reduction does not promise. */
  private static double sum(double[] lanes, int vector) {
    int length = SPECIES.length();
    int from = vector * length;
    double even = 0;
    double odd = 0;
    for (int lane = from; lane < from + length; lane += 2) {
      even += lanes[lane];
      odd += lanes[lane + 1];
    }
    return even + odd;
  }

  private static double rest(double[] x, double[] y, int from) {
    double sum = 0;
    for (int row = from; row < x.length; row++) {
      sum += x[row] * y[row];
    }
    return sum;
  }
}
