package alphadistill.teacher.ipca;

import alphadistill.teacher.regression.Cholesky;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All that IPCA needs of a panel: for each period the cross products {@code W = Z'Z} (L, L) and {@code Q = Z'y} (L) of
 * the characteristics Z (n, L) known before the returns y (n). Row l of Q is the return of a portfolio that holds each
 * asset in proportion to its characteristic l. Immutable; its size does not depend on the number of assets.
 *
 * <pre>{@code
 * ManagedPortfolios.Builder builder = ManagedPortfolios.builder(List.of("constant", "value"), periods);
 * builder.set(period, characteristics, returns);     // for each period, from any thread
 * IpcaFit fit = Ipca.factors(1).fit(builder.build());
 * }</pre>
 */
public final class ManagedPortfolios {
  private final List<String> characteristics;
  private final double[][] gram; // [period][pair]: lower triangle of W, packed as Cholesky does
  private final double[][] cross; // [period][characteristic]
  private final Returns[] returns;

  /** Moments of the returns of a period: how many, their sum and the sum of their squares. */
  record Returns(int count, double sum, double squares) {}

  private ManagedPortfolios(
      List<String> characteristics, double[][] gram, double[][] cross, Returns[] returns) {
    this.characteristics = characteristics;
    this.gram = gram;
    this.cross = cross;
    this.returns = returns;
  }

  /** Starts a sample of a number of periods. */
  public static Builder builder(List<String> characteristics, int periods) {
    return new Builder(characteristics, periods);
  }

  /** Names of the L characteristics, a constant included if there is one. */
  public List<String> characteristics() {
    return characteristics;
  }

  /** Number of periods T. */
  public int periods() {
    return returns.length;
  }

  /** Assets of a period. */
  public int rows(int period) {
    return returns[period].count();
  }

  /** The periods {@code [from, to)}; numbers are shared, not copied. */
  public ManagedPortfolios between(int from, int to) {
    return new ManagedPortfolios(
        characteristics,
        Arrays.copyOfRange(gram, from, to),
        Arrays.copyOfRange(cross, from, to),
        Arrays.copyOfRange(returns, from, to));
  }

  /** The first characteristic that is a combination of those before it in all periods together; -1 when none is. */
  int collinear() {
    double[] sum = new double[Cholesky.size(characteristics.size())];
    for (double[] period : gram) {
      for (int pair = 0; pair < sum.length; pair++) {
        sum[pair] += period[pair];
      }
    }
    return firstCollinear(sum, characteristics.size());
  }

  private static int firstCollinear(double[] packed, int all) {
    for (int width = 1; width <= all; width++) {
      double[] leading = Arrays.copyOf(packed, Cholesky.size(width));
      if (!(Cholesky.factor(leading, width) > SMALLEST_PIVOT)) {
        return width - 1;
      }
    }
    return -1;
  }

  /** The square of 1e-7, the share of a column's length below which least squares refuses it too. */
  static final double SMALLEST_PIVOT = 1e-14;

  double[][] gram() {
    return gram;
  }

  double[][] cross() {
    return cross;
  }

  Returns[] returns() {
    return returns;
  }

  /** Collects the periods; each is set once, by any thread. */
  public static final class Builder {
    private final List<String> characteristics;
    private final double[][] gram;
    private final double[][] cross;
    private final Returns[] returns;

    private Builder(List<String> characteristics, int periods) {
      this.characteristics = List.copyOf(characteristics);
      if (characteristics.isEmpty()) {
        throw new IllegalArgumentException("IPCA needs at least one characteristic");
      }
      gram = new double[periods][];
      cross = new double[periods][];
      returns = new Returns[periods];
    }

    /**
     * Sets one period.
     *
     * @param columns {@code [characteristic][row]}, known before the returns; left unchanged
     * @param y returns, one a row
     * @throws IllegalArgumentException if lengths differ or a number is missing
     */
    public Builder set(int period, double[][] columns, double[] y) {
      if (columns.length != characteristics.size()) {
        throw new IllegalArgumentException("%d columns in period %d for the %d characteristics %s"
            .formatted(columns.length, period, characteristics.size(), characteristics));
      }
      for (int l = 0; l < columns.length; l++) {
        requireRows(characteristics.get(l), columns[l], period, y.length);
      }
      int width = columns.length;
      double[][] withReturns = Arrays.copyOf(columns, width + 1);
      withReturns[width] = y;
      double[] packed = new double[Cholesky.size(width + 1)];
      ColumnProducts.write(withReturns, packed);
      for (int l = 0; l <= width; l++) {
        // one bad number spoils the sum of squares
        if (!Double.isFinite(packed[Cholesky.row(l) + l])) {
          requireFinite(l < width ? characteristics.get(l) : "return", withReturns[l], period);
        }
      }
      gram[period] = Arrays.copyOf(packed, Cholesky.size(width));
      cross[period] = Arrays.copyOfRange(packed, Cholesky.row(width), Cholesky.row(width) + width);
      double sum = 0;
      for (double value : y) {
        sum += value;
      }
      returns[period] = new Returns(y.length, sum, packed[Cholesky.row(width) + width]);
      return this;
    }

    /** The first characteristic that is a combination of those before it in one period; -1 when none is. */
    int collinear(int period) {
      return firstCollinear(gram[period], characteristics.size());
    }

    /** @throws IllegalArgumentException if a period has not been set */
    public ManagedPortfolios build() {
      return build(IntStream.range(0, returns.length).toArray());
    }

    /** The sample of some periods only, in the order given; the others need not be set. */
    ManagedPortfolios build(int[] periods) {
      for (int period : periods) {
        if (returns[period] == null) {
          throw new IllegalArgumentException(
              "period %d of %d has not been set".formatted(period, returns.length));
        }
      }
      return new ManagedPortfolios(
          characteristics,
          Arrays.stream(periods).mapToObj(t -> gram[t]).toArray(double[][]::new),
          Arrays.stream(periods).mapToObj(t -> cross[t]).toArray(double[][]::new),
          Arrays.stream(periods).mapToObj(t -> returns[t]).toArray(Returns[]::new));
    }

    private static void requireRows(String name, double[] column, int period, int rows) {
      if (column.length != rows) {
        throw new IllegalArgumentException("%d values of '%s' for %d returns in period %d"
            .formatted(column.length, name, rows, period));
      }
    }

    private static void requireFinite(String name, double[] column, int period) {
      for (int row = 0; row < column.length; row++) {
        if (!Double.isFinite(column[row])) {
          throw new IllegalArgumentException(
              "'%s' is %s in row %d of period %d; drop missing rows before"
                  .formatted(name, column[row], row, period));
        }
      }
    }
  }
}
