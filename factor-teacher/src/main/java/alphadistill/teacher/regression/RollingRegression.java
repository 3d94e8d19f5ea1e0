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
  /** Assets that one thread takes at a time. */
  private static final int PIECE = 16;

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
    requireShapes(factors, returns);
    int days = factors.dates().size();
    boolean[] complete = completeDays(factors);
    RollingDesign shared = RollingDesign.of(this, byFactor(factors, complete), complete);
    for (int day = 0; day < days && estimator.ridge() == 0; day++) {
      if (shared.needsQr(day)) {
        requireIndependent(factors, complete, day);
      }
    }
    AssetCoefficients[] fits = new AssetCoefficients[returns.length];
    IntStream.range(0, (returns.length + PIECE - 1) / PIECE)
        .parallel() // each asset stands alone, so the number of threads changes nothing
        .forEach(piece -> {
          RollingSolver solver = new RollingSolver(this, shared.width(), days);
          int end = Math.min((piece + 1) * PIECE, returns.length);
          for (int asset = piece * PIECE; asset < end; asset++) {
            fits[asset] = fit(factors, complete, shared, returns[asset], solver);
          }
        });
    return new RollingCoefficients(factors, fits);
  }

  /** All fits by QR of every window: the plain truth, some hundred times slower. Refuses what {@link #fit} refuses. */
  public RollingCoefficients fitPlainly(FactorReturns factors, double[][] returns) {
    requireShapes(factors, returns);
    int days = factors.dates().size();
    boolean[] complete = completeDays(factors);
    for (int day = 0; day < days && estimator.ridge() == 0; day++) {
      requireIndependent(factors, complete, day);
    }
    double[][] none = new double[factors.names().size() + 1][days];
    AssetCoefficients[] all = Arrays.stream(returns)
        .parallel()
        .map(y -> {
          AssetCoefficients fits = new AssetCoefficients(none, days);
          for (int day = 0; day < days; day++) {
            fitByQr(factors, y, day, fits);
          }
          return fits;
        })
        .toArray(AssetCoefficients[]::new);
    return new RollingCoefficients(factors, all);
  }

  private void requireShapes(FactorReturns factors, double[][] returns) {
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

  private AssetCoefficients fit(
      FactorReturns factors,
      boolean[] factorsComplete,
      RollingDesign shared,
      double[] y,
      RollingSolver solver) {
    boolean[] complete = factorsComplete.clone();
    for (int day = 0; day < y.length; day++) {
      complete[day] &= !Double.isNaN(y[day]);
    }
    RollingDesign design =
        Arrays.equals(complete, factorsComplete) ? shared : shared.with(complete);
    AssetCoefficients fits = solver.solve(design, y, complete);
    for (int day = 0; day < y.length; day++) {
      if (design.rows(day) < minimumObservations) {
        fits.setMissing(day, design.rows(day));
      } else if (solver.needsQr(day)) {
        fitByQr(factors, y, day, fits);
      }
    }
    return fits;
  }

  /** Sums over the windows of a number of days. */
  WindowSums sums(int days) {
    return new WindowSums(window, days, estimator.decay());
  }

  /** One window by QR. An asset whose own few rows cannot tell the factors apart has no fit there. */
  private void fitByQr(FactorReturns factors, double[] y, int day, AssetCoefficients fits) {
    int[] rows = IntStream.rangeClosed(window.firstRow(day), day)
        .filter(d -> !Double.isNaN(y[d]) && isComplete(factors.returns()[d]))
        .toArray();
    if (rows.length < minimumObservations) {
      fits.setMissing(day, rows.length);
      return;
    }
    try {
      Regression fit = estimator.fit(
          factors.names(),
          Arrays.stream(rows).mapToObj(d -> factors.returns()[d]).toArray(double[][]::new),
          Arrays.stream(rows).mapToDouble(d -> y[d]).toArray(),
          Arrays.stream(rows).map(d -> day - d).toArray());
      fits.set(day, fit, estimator.errors());
    } catch (CollinearRegressorsException e) {
      fits.setMissing(day, rows.length);
    }
  }

  /** Zero on incomplete days. */
  private static double[][] byFactor(FactorReturns factors, boolean[] complete) {
    double[][] byFactor = new double[factors.names().size()][factors.dates().size()];
    for (int f = 0; f < byFactor.length; f++) {
      for (int day = 0; day < byFactor[f].length; day++) {
        byFactor[f][day] = complete[day] ? factors.returns()[day][f] : 0;
      }
    }
    return byFactor;
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
