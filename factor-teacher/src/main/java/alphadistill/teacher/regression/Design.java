package alphadistill.teacher.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The regressors of a least-squares fit: n rows, k named columns. Immutable; columns are kept as they were handed
 * over and must not be changed afterwards.
 *
 * <pre>{@code
 * Design design = Design.withConstant(List.of("MktRF", "SMB"), marketAndSize);   // columns: constant, MktRF, SMB
 * }</pre>
 */
public final class Design {
  /** Name of the column of ones that {@link #withConstant} puts first. */
  public static final String CONSTANT = "constant";

  private final List<String> names;
  private final double[][] columns; // [column][row]
  private final boolean constant;

  private Design(List<String> names, double[][] columns) {
    if (names.isEmpty() || names.size() != columns.length) {
      throw new IllegalArgumentException(
          "%d names %s for %d regressors".formatted(names.size(), names, columns.length));
    }
    for (double[] column : columns) {
      if (column.length != columns[0].length) {
        throw new IllegalArgumentException("regressors have different lengths: %s"
            .formatted(Arrays.stream(columns).map(c -> c.length).toList()));
      }
    }
    this.names = List.copyOf(names);
    this.columns = columns;
    this.constant = Arrays.stream(columns).anyMatch(Design::isConstant);
  }

  /** Regressors as they are; a constant, if wanted, is one of the columns. {@code columns[column][row]}. */
  public static Design ofColumns(List<String> names, double[][] columns) {
    return new Design(names, columns.clone());
  }

  /** A column of ones first, then the regressors. {@code columns[column][row]}. */
  public static Design withConstant(List<String> names, double[][] columns) {
    int rows = columns.length == 0 ? 0 : columns[0].length;
    double[][] all = new double[columns.length + 1][];
    all[0] = new double[rows];
    Arrays.fill(all[0], 1);
    System.arraycopy(columns, 0, all, 1, columns.length);
    List<String> allNames = new ArrayList<>(List.of(CONSTANT));
    allNames.addAll(names);
    return new Design(allNames, all);
  }

  /** As {@link #withConstant}, from rows such as daily factor returns. {@code rows[row][column]}. */
  public static Design rowsWithConstant(List<String> names, double[][] rows) {
    double[][] columns = new double[names.size()][rows.length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        columns[column][row] = rows[row][column];
      }
    }
    return withConstant(names, columns);
  }

  public List<String> names() {
    return names;
  }

  public int rows() {
    return columns[0].length;
  }

  /** Number of regressors k, the constant included. */
  public int width() {
    return columns.length;
  }

  public double value(int row, int column) {
    return columns[column][row];
  }

  /** Whether a column is constant and not zero; then R2 is centred. */
  public boolean hasConstant() {
    return constant;
  }

  boolean isConstant(int column) {
    return isConstant(columns[column]);
  }

  /** Each row times a factor, as weighted least squares needs it. */
  Design scaledBy(double[] factors) {
    double[][] scaled = new double[columns.length][rows()];
    for (int column = 0; column < scaled.length; column++) {
      for (int row = 0; row < factors.length; row++) {
        scaled[column][row] = columns[column][row] * factors[row];
      }
    }
    return new Design(names, scaled);
  }

  /** This design with a row {@code sqrt(d_c) e_c} below it for each column. */
  Design withDiagonal(double[] diagonal) {
    double[][] longer = new double[columns.length][];
    for (int column = 0; column < longer.length; column++) {
      longer[column] = Arrays.copyOf(columns[column], rows() + columns.length);
      longer[column][rows() + column] = Math.sqrt(diagonal[column]);
    }
    return new Design(names, longer);
  }

  /** Columns one behind the other, a fresh copy: {@code [column][row]}. */
  double[][] copyColumns() {
    double[][] copy = new double[columns.length][];
    for (int column = 0; column < copy.length; column++) {
      copy[column] = columns[column].clone();
    }
    return copy;
  }

  /** Column times coefficient, summed: the fitted value of one row. */
  double fitted(int row, double[] coefficients) {
    double sum = 0;
    for (int column = 0; column < columns.length; column++) {
      sum += columns[column][row] * coefficients[column];
    }
    return sum;
  }

  private static boolean isConstant(double[] column) {
    if (column.length == 0 || column[0] == 0) {
      return false;
    }
    for (double value : column) {
      if (value != column[0]) {
        return false;
      }
    }
    return true;
  }
}
