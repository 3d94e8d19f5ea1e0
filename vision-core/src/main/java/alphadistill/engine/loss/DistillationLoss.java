package alphadistill.engine.loss;

import alphadistill.engine.Heads;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Losses.Gradient;
import alphadistill.engine.layer.Scratch;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * The whole loss of a step: {@code (1 - teacherShare) * class part + teacherShare * teacher part} (DeiT, equations 2
 * and 3; vision.md section 3). It owns the arrays of both gradients and uses them again in the next step, so that
 * nothing is allocated; one training, or one validation, has one.
 *
 * <pre>{@code
 * DistillationLoss objective =
 *     new DistillationLoss(kernels, new Distance.CrossEntropy(), new Distillation.Hard(0.5));
 * Loss loss = objective.of(heads, targets, teacher.answer(batch));
 * network.backward(heads, loss.classGradient(), loss.distGradient());
 * }</pre>
 */
public final class DistillationLoss {
  private final Kernels kernels;
  private final Distance classPart;
  private final Distillation distillation;
  private final Scratch gradients;

  /**
   * @param kernels those of the network
   * @param classPart distance of the class output from the label
   * @param distillation how the teacher's answer is learned
   */
  public DistillationLoss(Kernels kernels, Distance classPart, Distillation distillation) {
    this.kernels = kernels;
    this.classPart = classPart;
    this.distillation = distillation;
    this.gradients = new Scratch(kernels);
  }

  /**
   * The loss of a batch. Without a distillation head the class head learns from both: distillation as it was before
   * DeiT's token (DeiT, table 3, "usual distillation").
   *
   * <p>Arrays of another type or order than the kernels' are copied first.
   *
   * @param target what the class head is to say (N, C)
   * @param teacherAnswer the teacher's answer for the same batch (N, C); null for a student without a teacher
   * @return with gradients that are valid until the next loss is asked for
   * @throws IllegalArgumentException if target or answer have another shape than the heads
   */
  public Loss of(Heads heads, INDArray target, INDArray teacherAnswer) {
    gradients.release(0);
    INDArray output = plain(heads.classOutput());
    INDArray wanted = like(output, target, "target of the class head");
    INDArray classGradient = gradients.take(output.shape());
    if (!heads.distilled() && teacherAnswer == null) {
      double value = classPart.of(kernels, output, wanted, Gradient.into(classGradient, 1));
      return new Loss(value, classGradient, null);
    }
    double share = distillation.teacherShare();
    double own = classPart.of(kernels, output, wanted, Gradient.into(classGradient, 1 - share));
    INDArray taughtOutput = heads.distilled() ? plain(heads.distOutput()) : output;
    INDArray answer =
        teacherAnswer == null ? null : like(taughtOutput, teacherAnswer, "answer of the teacher");
    INDArray distGradient = heads.distilled() ? gradients.take(taughtOutput.shape()) : null;
    Gradient gradient = heads.distilled()
        ? Gradient.into(distGradient, share)
        : Gradient.addedTo(classGradient, share);
    double taught = distillation.teacherPart(kernels, taughtOutput, answer, gradient);
    return new Loss((1 - share) * own + share * taught, classGradient, distGradient);
  }

  private INDArray like(INDArray output, INDArray x, String what) {
    if (!Arrays.equals(x.shape(), output.shape())) {
      throw new IllegalArgumentException("%s has shape %s, the head said %s"
          .formatted(what, Arrays.toString(x.shape()), Arrays.toString(output.shape())));
    }
    return plain(x);
  }

  /** As kernels want it: of their type, C-ordered, contiguous, from its buffer's start. */
  private INDArray plain(INDArray x) {
    boolean fits = x.dataType() == kernels.type()
        && x.ordering() == 'c'
        && x.offset() == 0
        && Shape.hasDefaultStridesForShape(x);
    return fits ? x : x.castTo(kernels.type()).dup('c');
  }
}
