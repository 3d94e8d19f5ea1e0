package alphadistill.teacher.regression;

import alphadistill.data.panel.FactorReturns;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Least squares of many assets on a constant and the same factors, once a day, over the last rows or all rows so far.
 * A window ends at and includes its day: it may serve a forecast of the day after, not of the day itself.
 *
 * <p>A row counts when the asset's and all factors' returns are there; with fewer than the minimum there is no fit.
 * {@link #fit} solves normal equations from sums over moving windows ({@link WindowSums}): one factorisation a day for
 * all assets without gaps, one a day and asset for the others, and QR for a window too close to collinear for that.
 * {@link #fitPlainly} does QR on every window and is the truth that the fast way is tested against (1e-9 relative).
 * Both give the same bits for any number of threads; a day's numbers depend on rows of its window alone.
 *
 * <pre>{@code
 * RollingCoefficients betas = new RollingRegression(Window.last(252), 126).fit(factors, excessReturns);
 * double marketBeta = betas.coefficient(asset, day, 1);
 * }</pre>
 *
 * @param window rows of a fit
 * @param minimumObservations complete rows a fit needs, whatever their weight; more than coefficients, so that there is
 *     an error
 * @param estimator weights by age, penalty and errors
 */
public record RollingRegression(Window window, int minimumObservations, WindowEstimator estimator) {
  /** Smallest 1 - R2 among factors for which normal equations keep 1e-9: rounding grows with its inverse. */
  private static final double WELL_CONDITIONED = 1e-4;

  /** Residual squares below this share of the total are summed from residuals: the difference would cancel. */
  private static final double CANCELLING = 1e-5;

  public RollingRegression {
    if (minimumObservations < 2) {
      throw new IllegalArgumentException(
          "minimumObservations must be at least 2, was " + minimumObservations);
    }
    if (minimumObservations > window.rows()) {
      throw new IllegalArgumentException(
          "minimumObservations of %d never fit into the %s".formatted(minimumObservations, window));
    }
  }

  /** Plain least squares with classical errors. */
  public RollingRegression(Window window, int minimumObservations) {
    this(window, minimumObservations, WindowEstimator.leastSquares());
  }

  /**
   * All fits, the fast way; with other than classical errors {@link #fitPlainly}, as these need every residual.
   *
   * @param factors regressors, NaN = missing
   * @param returns {@code [asset][day]}, NaN = missing
   * @throws CollinearRegressorsException if the factors of a window are collinear; the message names them and the dates
   */
  public RollingCoefficients fit(FactorReturns factors, double[][] returns) {
    if (!estimator.errors().equals(ErrorRule.classical())) {
      return fitPlainly(factors, returns);
    }
    RollingCoefficients result = prepare(factors, returns);
    boolean[] factorsComplete = completeDays(factors);
    SharedFit[] shared = sharedFits(factors, factorsComplete);
    IntStream.range(0, returns.length)
        .parallel() // each asset stands alone, so the number of threads changes nothing
        .forEach(asset -> fitAsset(factors, factorsComplete, shared, returns, asset, result));
    return result;
  }

  /** All fits by QR of every window: the plain truth, some hundred times slower. Refuses what {@link #fit} refuses. */
  public RollingCoefficients fitPlainly(FactorReturns factors, double[][] returns) {
    RollingCoefficients result = prepare(factors, returns);
    boolean[] complete = completeDays(factors);
    if (estimator.ridge() == 0) {
      for (int day = 0; day < result.days(); day++) {
        requireIndependent(factors, complete, day);
      }
    }
    IntStream.range(0, returns.length).parallel().forEach(asset -> {
      for (int day = 0; day < result.days(); day++) {
        fitByQr(factors, returns[asset], asset, day, result);
      }
    });
    return result;
  }

  private RollingCoefficients prepare(FactorReturns factors, double[][] returns) {
    int width = factors.names().size() + 1;
    if (minimumObservations <= width) {
      throw new IllegalArgumentException(
          "minimumObservations of %d leave no degree of freedom for a constant and %d factors %s; use at least %d"
              .formatted(minimumObservations, width - 1, factors.names(), width + 1));
    }
    for (int asset = 0; asset < returns.length; asset++) {
      if (returns[asset].length != factors.dates().size()) {
        throw new IllegalArgumentException("asset %d has %d returns for %d days of factors"
            .formatted(asset, returns[asset].length, factors.dates().size()));
      }
    }
    return new RollingCoefficients(factors, returns.length);
  }

  /**
   * The fit of a window for assets without gaps.
   *
   * @param rows complete rows
   * @param factor Cholesky factor of {@code X'X}, penalties added; null when there are too few rows or QR is needed
   * @param penalties one a coefficient, as they were added
   */
  private record SharedFit(
      int rows, double[] factor, double[] inverseDiagonal, double[] penalties) {}

  private SharedFit[] sharedFits(FactorReturns factors, boolean[] complete) {
    int width = factors.names().size() + 1;
    SharedFit[] fits = new SharedFit[complete.length];
    WindowSums sums = new WindowSums(Cholesky.size(width), window, estimator.decay());
    int[] completeBefore = countsBefore(complete);
    double[] row = new double[Cholesky.size(width)];
    double[] gram = new double[row.length];
    for (int day = 0; day < fits.length; day++) {
      writeGram(row, factors.returns()[day], complete[day]);
      sums.add(row, gram);
      int rows = completeBefore[day + 1] - completeBefore[window.firstRow(day)];
      fits[day] = rows < minimumObservations
          ? new SharedFit(rows, null, null, null)
          : fitOf(gram, rows, width);
      if (rows >= minimumObservations && fits[day].factor() == null && estimator.ridge() == 0) {
        requireIndependent(factors, complete, day);
      }
    }
    return fits;
  }

  /** Lets QR decide whether a badly conditioned window is collinear, and say so with its dates. */
  private void requireIndependent(FactorReturns factors, boolean[] complete, int day) {
    int first = window.firstRow(day);
    double[][] rows = IntStream.rangeClosed(first, day)
        .filter(d -> complete[d])
        .mapToObj(d -> factors.returns()[d])
        .toArray(double[][]::new);
    if (rows.length < minimumObservations) {
      return;
    }
    try {
      LeastSquares.fit(Design.rowsWithConstant(factors.names(), rows), new double[rows.length]);
    } catch (CollinearRegressorsException e) {
      throw new CollinearRegressorsException("%s to %s: %s"
          .formatted(factors.dates().get(first), factors.dates().get(day), e.getMessage()));
    }
  }

  private void fitAsset(
      FactorReturns factors,
      boolean[] factorsComplete,
      SharedFit[] shared,
      double[][] returns,
      int asset,
      RollingCoefficients result) {
    double[] y = returns[asset];
    int width = result.width();
    boolean gaps =
        IntStream.range(0, y.length).anyMatch(day -> factorsComplete[day] && Double.isNaN(y[day]));
    int own = gaps ? Cholesky.size(width) : 0; // assets with gaps carry their own X'X in front
    WindowSums sums = new WindowSums(own + width + 1, window, estimator.decay());
    boolean[] completeDays = new boolean[y.length];
    for (int day = 0; day < y.length; day++) {
      completeDays[day] = factorsComplete[day] && !Double.isNaN(y[day]);
    }
    int[] completeBefore = countsBefore(completeDays);
    double[] row = new double[own + width + 1]; // X'X, X'y, y'y
    double[] sum = new double[row.length];
    double[] b = new double[width];
    for (int day = 0; day < y.length; day++) {
      boolean complete = completeDays[day];
      if (gaps) {
        writeGram(row, factors.returns()[day], complete);
      }
      writeProducts(row, own, factors.returns()[day], y[day], complete);
      sums.add(row, sum);
      int rows = completeBefore[day + 1] - completeBefore[window.firstRow(day)];
      if (rows < minimumObservations) {
        result.setMissing(asset, day, rows);
        continue;
      }
      // the same rows give the same sums, so a window without a gap has the same bits either way
      SharedFit fit = rows == shared[day].rows() ? shared[day] : fitOf(sum, rows, width);
      if (fit.factor() == null) {
        fitByQr(factors, y, asset, day, result);
        continue;
      }
      System.arraycopy(sum, own, b, 0, width);
      Cholesky.solveLower(fit.factor(), b, width);
      double yy = sum[own + width];
      double explained = 0;
      for (int i = 1; i < width; i++) {
        explained += b[i] * b[i];
      }
      double total = yy - b[0] * b[0]; // b[0] is sum(w y) / sqrt(sum(w)) here
      double residual = total - explained;
      Cholesky.solveUpper(fit.factor(), b, width);
      for (int i = 1; i < width; i++) {
        residual -=
            fit.penalties()[i] * b[i] * b[i]; // y'y - b'(X'X + 2 P) b with (X'X + P) b = X'y
      }
      if (!(residual > CANCELLING * yy)) {
        fitByQr(factors, y, asset, day, result);
        continue;
      }
      result.set(asset, day, rows, b, fit.inverseDiagonal(), residual, total);
    }
  }

  /** The factor of a window's {@code X'X}, which is at the start of {@code sums}; without one if QR is needed. */
  private SharedFit fitOf(double[] sums, int rows, int width) {
    double[] factor = Arrays.copyOf(sums, Cholesky.size(width));
    double[] penalties = new double[width];
    for (int i = 1; i < width && estimator.ridge() > 0; i++) {
      int at = Cholesky.row(i);
      penalties[i] = estimator.ridge() * (sums[at + i] - sums[at] * sums[at] / sums[0]);
      factor[at + i] += penalties[i];
    }
    return Cholesky.factor(factor, width) < WELL_CONDITIONED
        ? new SharedFit(rows, null, null, null)
        : new SharedFit(rows, factor, Cholesky.inverseDiagonal(factor, width), penalties);
  }

  private static int[] countsBefore(boolean[] complete) {
    int[] counts = new int[complete.length + 1];
    for (int day = 0; day < complete.length; day++) {
      counts[day + 1] = counts[day] + (complete[day] ? 1 : 0);
    }
    return counts;
  }

  /** One window by QR. An asset whose own few rows cannot tell the factors apart has no fit there. */
  private void fitByQr(
      FactorReturns factors, double[] y, int asset, int day, RollingCoefficients result) {
    int[] rows = IntStream.rangeClosed(window.firstRow(day), day)
        .filter(d -> !Double.isNaN(y[d]) && isComplete(factors.returns()[d]))
        .toArray();
    if (rows.length < minimumObservations) {
      result.setMissing(asset, day, rows.length);
      return;
    }
    try {
      Regression fit = estimator.fit(
          factors.names(),
          Arrays.stream(rows).mapToObj(d -> factors.returns()[d]).toArray(double[][]::new),
          Arrays.stream(rows).mapToDouble(d -> y[d]).toArray(),
          Arrays.stream(rows).map(d -> day - d).toArray());
      result.set(asset, day, fit, estimator.errors());
    } catch (CollinearRegressorsException e) {
      result.setMissing(asset, day, rows.length);
    }
  }

  /** Products of a row {@code [1, factors]} with itself, packed as {@link Cholesky} wants them; zeros if incomplete. */
  private static void writeGram(double[] target, double[] factors, boolean complete) {
    int width = factors.length + 1;
    if (!complete) {
      Arrays.fill(target, 0, Cholesky.size(width), 0);
      return;
    }
    target[0] = 1;
    for (int i = 1; i < width; i++) {
      int at = Cholesky.row(i);
      target[at] = factors[i - 1];
      for (int j = 1; j <= i; j++) {
        target[at + j] = factors[i - 1] * factors[j - 1];
      }
    }
  }

  private static void writeProducts(
      double[] target, int from, double[] factors, double y, boolean complete) {
    if (!complete) {
      Arrays.fill(target, from, target.length, 0);
      return;
    }
    target[from] = y;
    for (int i = 0; i < factors.length; i++) {
      target[from + 1 + i] = factors[i] * y;
    }
    target[from + 1 + factors.length] = y * y;
  }

  private static boolean[] completeDays(FactorReturns factors) {
    boolean[] complete = new boolean[factors.dates().size()];
    for (int day = 0; day < complete.length; day++) {
      complete[day] = isComplete(factors.returns()[day]);
    }
    return complete;
  }

  private static boolean isComplete(double[] factorReturns) {
    return Arrays.stream(factorReturns).noneMatch(Double::isNaN);
  }
}
