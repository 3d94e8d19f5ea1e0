package alphadistill.teacher.statistical;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Turns the factors of one window so that they are, as nearly as possible, those of the window before. Factors are known
 * up to a rotation only; signs flip and neighbours swap from window to window although the space they span hardly moves.
 *
 * <p>The orthogonal Procrustes problem (Schönemann 1966): Q minimises the sum of squares of {@code A Q - B} among all
 * rotations and reflections; {@code Q = U V'} with {@code A'B = U S V'}. Loadings times Q and scores times Q describe the
 * same returns as before.
 */
public final class Procrustes {
  private Procrustes() {}

  /**
   * @param loadings {@code [asset][factor]}, A
   * @param previous {@code [asset][factor]}, B, of the same assets in the same order
   * @return Q (factor, factor)
   */
  public static double[][] rotation(double[][] loadings, double[][] previous) {
    if (loadings.length != previous.length || loadings[0].length != previous[0].length) {
      throw new IllegalArgumentException(
          "loadings of %d assets on %d factors cannot be turned towards those of %d assets on %d"
              .formatted(loadings.length, loadings[0].length, previous.length, previous[0].length));
    }
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(loadings, false)
            .transpose()
            .multiply(new Array2DRowRealMatrix(previous, false)));
    return svd.getU().multiply(svd.getVT()).getData();
  }

  /** A table of loadings {@code [asset][factor]} or scores {@code [row][factor]}, times Q. */
  public static double[][] turned(double[][] table, double[][] rotation) {
    return new Array2DRowRealMatrix(table, false)
        .multiply(new Array2DRowRealMatrix(rotation, false))
        .getData();
  }
}
