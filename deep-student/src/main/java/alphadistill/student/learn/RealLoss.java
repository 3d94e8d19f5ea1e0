package alphadistill.student.learn;

import alphadistill.augment.window.WindowBatch;
import alphadistill.engine.Heads;
import alphadistill.engine.kernels.BatchInput;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The loss of a {@link RealObjective}. The teacher's answers stay on the device; labels are brought there. */
final class RealLoss implements BatchLoss {
  private final Kernels kernels;
  private final RealObjective objective;
  private final DistillationLoss loss;
  private final BatchInput targets;
  private final BatchInput answersDown;

  RealLoss(Kernels kernels, RealObjective objective, boolean taught) {
    this.kernels = kernels;
    this.objective = objective;
    this.loss = new DistillationLoss(
        kernels, Objective.distance(objective.spec()), Objective.scores(objective.spec(), taught));
    this.targets = new BatchInput(kernels, 1);
    this.answersDown = new BatchInput(kernels, 1);
  }

  @Override
  public Loss of(Heads heads, WindowBatch batch, INDArray answers) {
    Scale scale = objective.classScale();
    double[] labels = new double[batch.samples()];
    Arrays.setAll(labels, n -> scale.down(batch.labels()[n]));
    INDArray target = targets.of(labels);
    if (objective.subtract()) {
      kernels.addScaled(answers, -1 / scale.deviation(), target);
    }
    return loss.of(heads, target, answers == null ? null : down(answers));
  }

  /** Answers on the scale of the head that learns them. */
  private INDArray down(INDArray answers) {
    Scale scale = objective.distScale() == null ? objective.classScale() : objective.distScale();
    double[] shifts = new double[Math.toIntExact(answers.length())];
    Arrays.fill(shifts, scale.down(0));
    INDArray down = answersDown.of(shifts);
    kernels.addScaled(answers, 1 / scale.deviation(), down);
    return down;
  }
}
