package alphadistill.cli.teacher;

import alphadistill.teacher.covariance.ReturnSample;
import alphadistill.teacher.pricing.PricingSample;
import alphadistill.teacher.pricing.ReturnTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Returns on complete periods, ready for an estimator.
 *
 * @param files where they come from
 * @param periods last day of each
 * @param assets names
 * @param values returns of the assets as written, {@code [period][asset]}
 * @param factors names; empty without
 * @param factorValues {@code [period][factor]}
 * @param cash return of cash; null when the returns are in excess of it already
 * @param incomplete periods left out because a number is missing
 * @param alone periods left out because the factors have no such period
 */
public record Returns(
    ReturnFiles files,
    List<LocalDate> periods,
    List<String> assets,
    double[][] values,
    List<String> factors,
    double[][] factorValues,
    double[] cash,
    int incomplete,
    int alone) {

  /** For asset-pricing tests: cash is subtracted from the assets, never from factors, and both are checked for it. */
  public PricingSample pricing() {
    return estimate(() -> {
      ReturnTable own = new ReturnTable(periods, assets, values);
      ReturnTable right = new ReturnTable(periods, factors, factorValues);
      return cash == null
          ? new PricingSample(own, right)
          : PricingSample.of(own.minusCash(cash), right, cash);
    });
  }

  /** For covariances and components, cash subtracted where there is any. */
  public ReturnSample sample() {
    return estimate(() -> {
      double[][] columns = new double[assets.size()][periods.size()];
      for (int t = 0; t < periods.size(); t++) {
        for (int i = 0; i < columns.length; i++) {
          columns[i][t] = values[t][i] - (cash == null ? 0 : cash[t]);
        }
      }
      return ReturnSample.of(assets, columns);
    });
  }

  /** As {@link Estimate#of}, of the file of returns. */
  <T> T estimate(Supplier<T> estimator) {
    return Estimate.of(files.returns(), estimator);
  }

  /** What was read and left out, in a line. */
  public String inWords() {
    return "%d assets%s on %,d periods, %s to %s%s; returns %s"
        .formatted(
            assets.size(),
            factors.isEmpty() ? "" : ", %d factors".formatted(factors.size()),
            periods.size(),
            periods.get(0),
            periods.get(periods.size() - 1),
            incomplete + alone == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    " (left out: %d with a missing number, %d that the factors lack)",
                    incomplete,
                    alone),
            cash == null ? "as they are" : "minus " + files.riskFree());
  }
}
