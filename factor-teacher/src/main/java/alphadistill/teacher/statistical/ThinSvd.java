package alphadistill.teacher.statistical;

import alphadistill.teacher.covariance.CrossProducts;
import alphadistill.teacher.covariance.SymmetricEigen;
import java.util.Arrays;

/**
 * The largest singular values and vectors of a table {@code [asset][row]}, from the cross products of its shorter side.
 * So memory is at most that of the table, and hundreds of days of thousands of assets cost what hundreds of assets would.
 *
 * @param squares all squared singular values, falling; as many as the shorter side is long
 * @param assets {@code [asset][component]}, each column of length one
 * @param rows {@code [row][component]}, each column of length one
 */
record ThinSvd(double[] squares, double[][] assets, double[][] rows) {
  /** Share of the largest squared singular value below which a component is rounding. */
  private static final double NOTHING = 1e-12;

  /** @throws IllegalArgumentException if the table does not vary in so many directions */
  static ThinSvd of(double[][] table, int components) {
    boolean fewAssets = table.length <= table[0].length;
    double[][] vectors = fewAssets ? table : transposed(table);
    SymmetricEigen eigen = SymmetricEigen.of(CrossProducts.of(vectors, 1));
    double[] squares = eigen.values();
    requireVarying(squares, components, table.length);
    double[][] shorter = new double[vectors.length][];
    for (int i = 0; i < shorter.length; i++) {
      shorter[i] = Arrays.copyOf(eigen.vectors()[i], components);
    }
    double[][] longer = new double[vectors[0].length][components];
    for (int i = 0; i < shorter.length; i++) {
      for (int j = 0; j < longer.length; j++) {
        for (int k = 0; k < components; k++) {
          longer[j][k] += vectors[i][j] * shorter[i][k] / Math.sqrt(squares[k]);
        }
      }
    }
    return fewAssets
        ? new ThinSvd(squares, shorter, longer)
        : new ThinSvd(squares, longer, shorter);
  }

  /** @param values eigenvalues or squared singular values, falling */
  static void requireVarying(double[] values, int components, int assets) {
    if (components < 1) {
      throw new IllegalArgumentException("at least 1 component is needed, was " + components);
    }
    long varying =
        Arrays.stream(values).filter(value -> value > NOTHING * values[0]).count();
    if (components > varying) {
      throw new IllegalArgumentException(
          "returns of %d assets vary in %d directions only, fewer than the %d components asked for: take more rows or assets, or fewer components"
              .formatted(assets, varying, components));
    }
  }

  private static double[][] transposed(double[][] table) {
    double[][] transposed = new double[table[0].length][table.length];
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < transposed.length; j++) {
        transposed[j][i] = table[i][j];
      }
    }
    return transposed;
  }
}
