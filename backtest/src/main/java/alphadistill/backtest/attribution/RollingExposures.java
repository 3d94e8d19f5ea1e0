package alphadistill.backtest.attribution;

import alphadistill.backtest.metric.Annualisation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Factor exposures through time: the regression repeated on windows that end on and include each shown day.
 *
 * @param factors names, in column order
 * @param days index of the day each window ends on
 * @param betas {@code [window][factor]}
 * @param alphaAnnual of each window
 */
public record RollingExposures(
    List<String> factors, int[] days, double[][] betas, double[] alphaAnnual) {

  public RollingExposures {
    factors = List.copyOf(factors);
  }

  /**
   * @param window periods in a window
   * @param step periods from one window to the next
   * @return no windows when the series is shorter than one; windows whose regression is not defined are left out
   */
  public static RollingExposures of(
      double[] returns,
      List<String> names,
      double[][] factors,
      int window,
      int step,
      Annualisation annualisation) {
    List<FactorRegression> fits = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int end = window; end <= returns.length; end += step) {
      double[] y = Arrays.copyOfRange(returns, end - window, end);
      double[][] x = Arrays.copyOfRange(factors, end - window, end);
      if (Arrays.stream(y).allMatch(Double::isFinite)
          && Arrays.stream(x).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
        fits.add(FactorRegression.of(y, names, x, annualisation));
        ends.add(end - 1);
      }
    }
    return new RollingExposures(
        names,
        ends.stream().mapToInt(Integer::intValue).toArray(),
        fits.stream()
            .map(fit -> fit.loadings().stream()
                .mapToDouble(FactorRegression.Loading::beta)
                .toArray())
            .toArray(double[][]::new),
        fits.stream().mapToDouble(FactorRegression::alphaAnnual).toArray());
  }
}
