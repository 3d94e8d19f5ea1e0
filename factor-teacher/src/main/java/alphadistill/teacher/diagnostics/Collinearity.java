package alphadistill.teacher.diagnostics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * How far regressors can be told apart. Where a fit only refuses combinations that are exact, this says how near they
 * come.
 *
 * <pre>{@code
 * Collinearity factors = Collinearity.of(List.of("MktRF", "SMB"), new double[][] {market, size});
 * double worst = Collections.max(factors.varianceInflation());   // above 10 is the usual alarm
 * }</pre>
 *
 * @param names of the regressors, without the constant
 * @param varianceInflation one a regressor: 1 / (1 - R2) of it on a constant and the others, the factor by which they
 *     raise the variance of its slope; infinite for an exact combination, NaN for a constant regressor
 * @param conditionNumber largest over smallest singular value of the constant and the regressors, each column scaled to
 *     length one and not centred (Belsley, Kuh and Welsch 1980; above 30 is their alarm); infinite below full rank
 * @param rank of the constant and the regressors: singular values above max(n, k) roundings of the largest
 */
public record Collinearity(
    List<String> names, List<Double> varianceInflation, double conditionNumber, int rank) {
  private static final double ROUNDING = Math.ulp(1.0);

  public Collinearity {
    names = List.copyOf(names);
    varianceInflation = List.copyOf(varianceInflation);
  }

  /**
   * Of regressors beside a constant.
   *
   * @param columns {@code [regressor][row]}, finite, at least two rows
   */
  public static Collinearity of(List<String> names, double[][] columns) {
    if (names.isEmpty() || names.size() != columns.length) {
      throw new IllegalArgumentException(
          "%d names %s for %d regressors".formatted(names.size(), names, columns.length));
    }
    int rows = columns[0].length;
    if (rows < 2) {
      throw new IllegalArgumentException("collinearity needs at least 2 rows, there are " + rows);
    }
    for (int c = 0; c < columns.length; c++) {
      requireComplete(names.get(c), columns[c], rows);
    }
    double[][] withConstant = new double[rows][columns.length + 1];
    double[][] centred = new double[rows][columns.length];
    boolean[] constant = new boolean[columns.length];
    for (int row = 0; row < rows; row++) {
      withConstant[row][0] = 1 / Math.sqrt(rows);
    }
    for (int c = 0; c < columns.length; c++) {
      double mean = 0;
      double length = 0;
      for (double value : columns[c]) {
        mean += value / rows;
        length += value * value;
      }
      double variation = 0;
      for (double value : columns[c]) {
        variation += (value - mean) * (value - mean);
      }
      constant[c] = !(variation > ROUNDING * ROUNDING * rows * length);
      for (int row = 0; row < rows; row++) {
        double value = columns[c][row];
        withConstant[row][c + 1] = length == 0 ? 0 : value / Math.sqrt(length);
        centred[row][c] = constant[c] ? 0 : (value - mean) / Math.sqrt(variation);
      }
    }
    double[] singular = new SingularValueDecomposition(
            new Array2DRowRealMatrix(withConstant, false))
        .getSingularValues();
    double negligible = Math.max(rows, singular.length) * ROUNDING * singular[0];
    int rank = 0;
    for (double value : singular) {
      rank += value > negligible ? 1 : 0;
    }
    double condition = rank <= columns.length
        ? Double.POSITIVE_INFINITY
        : singular[0] / singular[singular.length - 1];
    return new Collinearity(names, inflation(centred, constant), condition, rank);
  }

  /**
   * Diagonal of the inverse of the correlation matrix: {@code sum_k v_jk^2 / s_k^2} over the singular values s of the
   * standardised columns. A regressor with a part in a direction of length zero is an exact combination.
   */
  private static List<Double> inflation(double[][] centred, boolean[] constant) {
    SingularValueDecomposition parts =
        new SingularValueDecomposition(new Array2DRowRealMatrix(centred, false));
    double[] singular = parts.getSingularValues();
    double negligible = Math.max(centred.length, constant.length) * ROUNDING * singular[0];
    List<Double> inflation = new ArrayList<>();
    for (int j = 0; j < constant.length; j++) {
      double sum = singular.length < constant.length ? Double.POSITIVE_INFINITY : 0;
      for (int k = 0; k < singular.length; k++) {
        double share = parts.getV().getEntry(j, k);
        if (singular[k] > negligible) {
          sum += share * share / (singular[k] * singular[k]);
        } else if (Math.abs(share) > 1e-8) {
          sum = Double.POSITIVE_INFINITY;
        }
      }
      inflation.add(constant[j] ? Double.NaN : sum);
    }
    return inflation;
  }

  private static void requireComplete(String name, double[] column, int rows) {
    if (column.length != rows) {
      throw new IllegalArgumentException(
          "regressor '%s' has %d rows, the first one %d".formatted(name, column.length, rows));
    }
    for (int row = 0; row < rows; row++) {
      if (!Double.isFinite(column[row])) {
        throw new IllegalArgumentException(
            "regressor '%s' is %s in row %d; drop missing rows before"
                .formatted(name, column[row], row));
      }
    }
  }
}
