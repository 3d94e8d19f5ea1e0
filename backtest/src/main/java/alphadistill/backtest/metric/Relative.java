package alphadistill.backtest.metric;

import java.util.function.DoublePredicate;

/**
 * Returns against a benchmark over the periods where both are present.
 *
 * @param beta slope of excess returns on the benchmark's excess returns
 * @param alphaPerPeriod mean of what the benchmark does not explain
 * @param alphaCompounded {@code (1 + alpha)^A - 1} (empyrical)
 * @param alphaAnnual alpha times A (quantstats)
 * @param correlation of returns, not in excess of cash
 * @param informationRatio annual: mean active return over its deviation, times sqrt(A)
 * @param informationRatioPerPeriod the same, not annualised (empyrical's {@code excess_sharpe})
 * @param trackingError annual deviation of active returns
 * @param treynor annual mean excess return over the slope of returns on benchmark returns, both not in excess of cash
 * @param upCapture annual return over the benchmark's in periods where the benchmark did not fall
 * @param downCapture the same in periods where it fell
 */
public record Relative(
    double beta,
    double alphaPerPeriod,
    double alphaCompounded,
    double alphaAnnual,
    double correlation,
    double informationRatio,
    double informationRatioPerPeriod,
    double trackingError,
    double treynor,
    double upCapture,
    double downCapture) {

  /**
   * @param returns per period, the same periods as the others
   * @param benchmark simple returns of the benchmark
   * @param riskFree return of cash per period
   */
  public static Relative of(
      double[] returns, double[] benchmark, double[] riskFree, Annualisation annualisation) {
    double[] excess = Ratios.less(returns, riskFree);
    double[] benchmarkExcess = Ratios.less(benchmark, riskFree);
    double beta = slope(benchmarkExcess, excess);
    double alpha =
        meanOfPairs(excess, benchmarkExcess) - beta * meanOfPairs(benchmarkExcess, excess);
    Moments active = Moments.of(Ratios.less(returns, benchmark));
    double perYear = annualisation.periodsPerYear();
    return new Relative(
        beta,
        alpha,
        Math.pow(1 + alpha, perYear) - 1,
        alpha * perYear,
        correlation(returns, benchmark),
        active.meanOverDeviation() * annualisation.root(),
        active.meanOverDeviation(),
        active.deviation() * annualisation.root(),
        Moments.of(excess).mean() * perYear / slope(benchmark, returns),
        capture(returns, benchmark, b -> b >= 0, annualisation),
        capture(returns, benchmark, b -> b < 0, annualisation));
  }

  /** Annual return over the benchmark's annual return, in the periods the benchmark's return is chosen by. */
  public static double capture(
      double[] returns, double[] benchmark, DoublePredicate chosen, Annualisation annualisation) {
    double[] own = new double[returns.length];
    double[] other = new double[returns.length];
    int count = 0;
    for (int i = 0; i < returns.length; i++) {
      if (chosen.test(benchmark[i])) {
        own[count] = returns[i];
        other[count++] = benchmark[i];
      }
    }
    return Wealth.annualReturn(java.util.Arrays.copyOf(own, count), annualisation)
        / Wealth.annualReturn(java.util.Arrays.copyOf(other, count), annualisation);
  }

  /** Pearson correlation of the pairs where both values are present; NaN when one side is constant. */
  public static double correlation(double[] a, double[] b) {
    Pairs pairs = Pairs.of(a, b);
    return pairs.covariance() / Math.sqrt(pairs.varianceA() * pairs.varianceB());
  }

  /** Least-squares slope of y on x (with intercept) over the pairs where both are present; NaN for constant x. */
  public static double slope(double[] x, double[] y) {
    Pairs pairs = Pairs.of(x, y);
    return pairs.covariance() / pairs.varianceA();
  }

  private static double meanOfPairs(double[] values, double[] partners) {
    return Pairs.of(values, partners).meanA();
  }

  /** Sums over complete pairs: means, and sums of squares and products around them. */
  private record Pairs(double meanA, double varianceA, double varianceB, double covariance) {
    static Pairs of(double[] a, double[] b) {
      double sumA = 0;
      double sumB = 0;
      int count = 0;
      boolean variesA = false;
      boolean variesB = false;
      int first = -1;
      for (int i = 0; i < a.length; i++) {
        if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
          first = first < 0 ? i : first;
          variesA |= a[i] != a[first];
          variesB |= b[i] != b[first];
          sumA += a[i];
          sumB += b[i];
          count++;
        }
      }
      if (!variesA
          || !variesB) { // exact zeros: rounding must not make a slope or a correlation of a
        // constant
        double nothing = 0;
        double meanA = variesA ? sumA / count : first < 0 ? Double.NaN : a[first];
        return new Pairs(meanA, variesA ? 1 : nothing, nothing, nothing);
      }
      double meanA = sumA / count;
      double meanB = sumB / count;
      double squaresA = 0;
      double squaresB = 0;
      double products = 0;
      for (int i = 0; i < a.length; i++) {
        if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
          squaresA += (a[i] - meanA) * (a[i] - meanA);
          squaresB += (b[i] - meanB) * (b[i] - meanB);
          products += (a[i] - meanA) * (b[i] - meanB);
        }
      }
      return new Pairs(meanA, squaresA, squaresB, products);
    }
  }
}
