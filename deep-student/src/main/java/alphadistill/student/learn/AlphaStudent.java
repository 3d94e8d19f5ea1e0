package alphadistill.student.learn;

import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.kernels.Kernels;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.student.window.Windows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

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
   * @param distPart what the distillation head says; NaN for a student without that token
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

  /** Writes weights and scales; the same student gives the same bytes. */
  public void save(Path file) {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    network.parameters().forEach(parameter -> tensors.put(parameter.name(), parameter.value()));
    SafeTensors.write(file, tensors, objective.state());
  }

  /**
   * Reads a student that was saved by a study of the same specification.
   *
   * @param kernels that it forecasts with
   * @throws alphadistill.engine.checkpoint.CheckpointException if the file is damaged or of another student
   */
  public static AlphaStudent load(Path file, Study study, Variant variant, Kernels kernels) {
    SafeTensors saved = SafeTensors.read(file);
    StudentNetwork made = StudentNetwork.of(kernels, study, variant.hasToken(), 0);
    for (Parameter parameter : made.network().parameters()) {
      INDArray value = saved.array(parameter.name(), parameter.value().dataType());
      if (!Arrays.equals(value.shape(), parameter.value().shape())) {
        throw new CheckpointException("%s: tensor '%s' is %s, this study's student needs %s"
            .formatted(
                file,
                parameter.name(),
                Arrays.toString(value.shape()),
                Arrays.toString(parameter.value().shape())));
      }
      parameter.value().assign(value);
    }
    return new AlphaStudent(
        made.network(),
        Objective.read(study.spec().objective(), variant, saved.metadata()),
        made.tokens());
  }

  /** Scales of the heads, fitted on the training samples, as they stand in the checkpoint. */
  public Map<String, String> scales() {
    return objective.state();
  }

  /** Weights, in checkpoint order. */
  public List<Parameter> parameters() {
    return network.parameters();
  }
}
