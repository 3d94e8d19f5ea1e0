package alphadistill.student.learn;

import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.student.window.Windows;
import java.util.List;

/**
 * A trained alpha student. Not safe for use by several threads at once: arrays of a pass are reused.
 *
 * <p>Forecasts are made date by date, whole cross-sections at a time, so that a day forecast alone has the same bits as
 * in a backtest.
 */
public final class AlphaStudent {
  private final Network network;
  private final Objective objective;
  private final Tokens tokens;

  AlphaStudent(Network network, Objective objective, Tokens tokens) {
    this.network = network;
    this.objective = objective;
    this.tokens = tokens;
  }

  /**
   * What the student says about samples, in deviations of their date's cross-section.
   *
   * @param forecast the student's expected return
   * @param classPart what the class head says of it
   * @param distPart what the distillation head says; NaN for an undistilled student
   */
  public record Forecast(double[] forecast, double[] classPart, double[] distPart) {}

  /** Forecasts for samples, in order; labels are not read. */
  public Forecast forecast(Study study, Samples samples) {
    Windows windows = new Windows(study);
    int[] starts = samples.dayStarts();
    Forecast all = new Forecast(
        new double[samples.size()], new double[samples.size()], new double[samples.size()]);
    for (int d = 0; d + 1 < starts.length; d++) {
      int from = starts[d];
      int count = starts[d + 1] - from;
      Objective.Parts parts = objective.parts(network.forward(
          tokens.of(windows.windows(samples, from, from + count)), Pass.EVALUATION));
      System.arraycopy(parts.forecast(), 0, all.forecast, from, count);
      System.arraycopy(parts.classPart(), 0, all.classPart, from, count);
      System.arraycopy(parts.distPart(), 0, all.distPart, from, count);
    }
    return all;
  }

  /** Weights, in checkpoint order. */
  public List<Parameter> parameters() {
    return network.parameters();
  }
}
