package alphadistill.cli.teacher;

import alphadistill.backtest.signal.IcSummary;
import alphadistill.cli.config.UsageException;
import alphadistill.engine.TeacherRefusedException;
import java.util.Locale;

/**
 * How sure a teacher must be of its forecasts before it may teach.
 *
 * @param least HAC t of its mean rank IC out of sample, finite
 */
public record TeacherGate(double least) {

  public TeacherGate {
    if (!Double.isFinite(least)) {
      throw new UsageException(
          "--gate is the least HAC t of the mean rank IC, such as 2; was " + least);
    }
  }

  /** Whether a teacher is good enough; one without a t, because it says nothing, is not. */
  public boolean passes(IcSummary rankIc) {
    return rankIc.hac().t() >= least;
  }

  /** @throws TeacherRefusedException if it is not */
  public void require(String teacher, IcSummary rankIc) {
    if (!passes(rankIc)) {
      throw new TeacherRefusedException(inWords(teacher, rankIc));
    }
  }

  /** What the gate says, either way. */
  public String inWords(String teacher, IcSummary rankIc) {
    return String.format(
        Locale.ROOT,
        "the %s teacher %s: HAC t of its mean rank IC out of sample is %.2f (IC %.4f on %,d dates), the gate asks for %s",
        teacher,
        passes(rankIc) ? "passes" : "is refused",
        rankIc.hac().t(),
        rankIc.mean(),
        rankIc.days(),
        least);
  }
}
