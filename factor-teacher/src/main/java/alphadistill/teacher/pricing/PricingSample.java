package alphadistill.teacher.pricing;

import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.NeweyWest;
import alphadistill.teacher.regression.Regression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Excess returns of N test assets beside K factors on the same T dates. Immutable; refuses what cannot be tested.
 *
 * <pre>{@code
 * PricingSample sample = PricingSample.of(portfolios.minusCash(riskFree), factors, riskFree);
 * JointTest grs = TradedFactorModel.standard().fit(sample).grs();
 * }</pre>
 *
 * @param assets returns of the test assets minus cash
 * @param factors returns of the factors: excess (a market minus cash) or long-short, from which no cash is subtracted
 */
public record PricingSample(ReturnTable assets, ReturnTable factors) {
  /** A factor that deviates this many times as much as the wildest asset is in another unit. */
  private static final double OTHER_UNIT = 10;

  /** R2 from which a residual is rounding. */
  private static final double PERFECT = 1 - 1e-12;

  /**
   * Checks that the two tables belong together.
   *
   * @throws alphadistill.teacher.regression.CollinearRegressorsException if a factor is a combination of others and a
   *     constant; the message names them
   * @throws IllegalArgumentException if dates differ, a factor looks like per cent, or N &gt;= T - K
   */
  public PricingSample {
    if (!assets.dates().equals(factors.dates())) {
      throw new IllegalArgumentException(differentDates(assets, factors));
    }
    int periods = assets.periods();
    if (assets.width() >= periods - factors.width()) {
      throw new IllegalArgumentException(
          "%d test assets, %d factors and %d dates: the residual covariance is singular unless N < T - K; use at most %d assets or longer data"
              .formatted(
                  assets.width(),
                  factors.width(),
                  periods,
                  Math.max(0, periods - factors.width() - 1)));
    }
    double widest = 0;
    for (int i = 0; i < assets.width(); i++) {
      widest = Math.max(widest, ReturnTable.deviation(assets.series(i)));
    }
    for (int f = 0; f < factors.width(); f++) {
      double deviation = ReturnTable.deviation(factors.series(f));
      if (deviation > OTHER_UNIT * widest) {
        throw new IllegalArgumentException(
            "factor '%s' deviates by %.3g a period and the widest test asset by %.3g: are the factors in per cent and the assets decimal?"
                .formatted(factors.names().get(f), deviation, widest));
      }
    }
    LeastSquares.fit(Design.withConstant(factors.names(), factors.columns()), new double[periods]);
  }

  /**
   * The same with a check that neither table holds cash once too often; the rule is that of {@link CashCheck}.
   *
   * @param riskFree return of cash over the same periods, decimal
   * @throws IllegalArgumentException if a factor moves with cash as it would if cash had been added or subtracted
   */
  public static PricingSample of(ReturnTable assets, ReturnTable factors, double[] riskFree) {
    PricingSample sample = new PricingSample(assets, factors);
    assets.requireCash(riskFree);
    CashCheck.require(sample, riskFree);
    return sample;
  }

  /** Number of dates T. */
  public int periods() {
    return assets.periods();
  }

  /**
   * The regression of each asset on a constant and the factors, over all dates.
   *
   * @throws IllegalArgumentException if an asset is a combination of the factors, so that it has no residual
   */
  List<Regression> firstPass() {
    Design design = Design.withConstant(factors.names(), factors.columns());
    List<Regression> regressions = new ArrayList<>();
    for (int i = 0; i < assets.width(); i++) {
      Regression fit = LeastSquares.fit(design, assets.series(i));
      if (!(fit.rSquared() < PERFECT)) { // negated, so that an asset that never moves fails too
        throw new IllegalArgumentException(
            "test asset '%s' is constant or a combination of the factors %s: it has no residual; leave it out"
                .formatted(assets.names().get(i), factors.names()));
      }
      regressions.add(fit);
    }
    return List.copyOf(regressions);
  }

  /** Covariance of the residuals (N, N), divided by T. */
  double[][] residualCovariance(List<Regression> firstPass) {
    double[][] residuals = new double[periods()][firstPass.size()];
    for (int i = 0; i < firstPass.size(); i++) {
      double[] series = firstPass.get(i).residuals();
      for (int t = 0; t < series.length; t++) {
        residuals[t][i] = series[t];
      }
    }
    return NeweyWest.longRunCovariance(residuals, 0);
  }

  /** Covariance of the factors (K, K), divided by T. */
  double[][] factorCovariance() {
    return NeweyWest.longRunCovariance(factors.values(), 0);
  }

  private static String differentDates(ReturnTable assets, ReturnTable factors) {
    Set<Object> shared = new HashSet<>(assets.dates());
    shared.retainAll(new HashSet<>(factors.dates()));
    return "assets have %d dates (%s to %s), factors %d (%s to %s), %d are shared; cut both to the shared dates"
        .formatted(
            assets.periods(),
            first(assets.dates()),
            last(assets.dates()),
            factors.periods(),
            first(factors.dates()),
            last(factors.dates()),
            shared.size());
  }

  private static Object first(List<?> list) {
    return list.get(0);
  }

  private static Object last(List<?> list) {
    return list.get(list.size() - 1);
  }
}
