package alphadistill.teacher.pricing;

import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.NeweyWest;
import alphadistill.teacher.regression.Regression;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds cash that was added to a factor or subtracted from it by mistake.
 *
 * <p>The rule: each factor is regressed on a constant, the risk-free return and the test assets' excess returns. The
 * assets take up the factor's own movement, so what is left shows whether cash is inside: excess and long-short returns
 * have a slope of 0 on cash, a market to which cash was added one of 1, a long-short factor from which cash was
 * subtracted one of -1. If instead the <em>assets</em> still contain cash, a market factor shows -1; if cash was
 * subtracted from them twice, 1. A factor is refused when its slope lies nearer to 1 or -1 than to 0, its Newey-West
 * error is at most 0.2 and the slope more than four errors. A plain correlation with cash would not do: cash moves so
 * little that the factor's own noise hides it.
 *
 * <p>Where cash hardly moves, as in a few years of daily data, the error is larger than 0.2 and nothing is refused.
 */
final class CashCheck {
  private static final double NEARER_TO_ONE = 0.5;
  private static final double SHARP_ENOUGH = 0.2;
  private static final double ERRORS_AWAY = 4;
  private static final double CONSTANT = 1e-6; // a rate that does not move looks like an alpha
  private static final String CASH = "risk-free return";

  private CashCheck() {}

  static void require(PricingSample sample, double[] riskFree) {
    int periods = sample.periods();
    int width = sample.assets().width() + 2;
    if (periods <= width || ReturnTable.deviation(riskFree) < CONSTANT) {
      return;
    }
    List<String> names = new ArrayList<>(List.of(CASH));
    names.addAll(sample.assets().names());
    double[][] columns = new double[names.size()][];
    columns[0] = riskFree;
    System.arraycopy(sample.assets().columns(), 0, columns, 1, sample.assets().width());
    Design design = Design.withConstant(names, columns);
    ErrorRule rule = ErrorRule.hacSmallSample(NeweyWest.ruleLag(periods));
    for (int f = 0; f < sample.factors().width(); f++) {
      Regression fit = LeastSquares.fit(design, sample.factors().series(f));
      double slope = fit.coefficient(CASH);
      double error = fit.standardErrors(rule)[1];
      if (Math.abs(slope) > NEARER_TO_ONE
          && error <= SHARP_ENOUGH
          && Math.abs(slope) > ERRORS_AWAY * error) {
        throw new IllegalArgumentException(message(sample.factors().names().get(f), slope, error));
      }
    }
  }

  private static String message(String factor, double slope, double error) {
    String reading = slope > 0
        ? "'%s' seems to contain cash (a total market return?), or cash was subtracted twice from the test assets; factors must be excess or long-short returns"
        : "cash seems to have been subtracted from '%s', which a long-short factor does not need, or the test assets still contain cash";
    return "factor '%s' moves with the risk-free return by %.2f (error %.2f) when the test assets are held fixed, where an excess or long-short return moves by 0: %s"
        .formatted(factor, slope, error, reading.formatted(factor));
  }
}
