package alphadistill.cli.teacher;

import alphadistill.backtest.signal.IcSummary;
import alphadistill.cli.config.UsageException;
import java.util.Locale;

/**
 * How sure a teacher must be of its forecasts before it may teach.
 *
 * @param least HAC t of its mean rank IC out of sample, finite
 */
public record ForecastGate(double least) {

  public ForecastGate {
    if (!Double.isFinite(least)) {
      throw new UsageException(
          "--gate is the least HAC t of the mean rank IC, such as 2; was " + least);
    }
  }

  /** What it says of forecasts; those without a t, because they say nothing, are refused. */
  GateVerdict verdict(String teacher, IcSummary rankIc) {
    boolean passed = rankIc.hac().t() >= least;
    return new GateVerdict(
        "--gate",
        least,
        passed,
        String.format(
            Locale.ROOT,
            "the %s teacher %s: HAC t of its mean rank IC out of sample is %.2f (IC %.4f on %,d dates), --gate asks for %s",
            teacher,
            passed ? "passes" : "is refused",
            rankIc.hac().t(),
            rankIc.mean(),
            rankIc.days(),
            least));
  }
}
