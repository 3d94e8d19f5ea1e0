package alphadistill.backtest;

import alphadistill.backtest.attribution.FactorRegression;
import alphadistill.backtest.attribution.RollingExposures;
import java.time.LocalDate;
import java.util.List;

/**
 * How much of the net return is the factors'.
 *
 * @param regression over all days, of net returns in excess of cash
 * @param rolling the same through time
 * @param rollingDates day each rolling window ends on
 */
public record Attribution(
    FactorRegression regression, RollingExposures rolling, List<LocalDate> rollingDates) {

  public Attribution {
    rollingDates = List.copyOf(rollingDates);
  }

  /** Share of the mean return that the factors explain; can lie outside [0, 1] when alpha and factors disagree. */
  public double explainedShare() {
    return regression.explainedAnnual() / regression.meanAnnual();
  }
}
