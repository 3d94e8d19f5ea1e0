package alphadistill.engine.loss;

import alphadistill.engine.Heads;
import alphadistill.engine.kernels.Softmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.OneHot;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * How the distillation token is taught: {@code loss = (1 - teacherShare) * class part + teacherShare * teacher part}
 * (DeiT, equations 2 and 3; vision.md section 3).
 */
public sealed interface Distillation {

  /** Share of the total loss that the teacher's part gets, in [0, 1]. */
  double teacherShare();

  /** The teacher's part, before its share: of the distillation head, or of the class head where that learns both. */
  Distance.Term teacherPart(INDArray output, INDArray teacherAnswer);

  /**
   * The whole loss. Without a distillation head the class head learns from both: distillation as it was before DeiT's
   * token (DeiT, table 3, "usual distillation").
   *
   * @param classPart distance of the class output from the label
   * @param target what the class head is to say (N, C)
   * @param teacherAnswer the teacher's answer for the same batch (N, C); null for a student without a teacher
   */
  default Loss of(Heads heads, Distance classPart, INDArray target, INDArray teacherAnswer) {
    Distance.Term own = classPart.of(heads.classOutput(), target);
    double share = teacherShare();
    if (!heads.distilled() && teacherAnswer == null) {
      return new Loss(own.value(), own.gradient(), null);
    }
    if (!heads.distilled()) {
      Distance.Term both = teacherPart(heads.classOutput(), teacherAnswer);
      return new Loss(
          (1 - share) * own.value() + share * both.value(),
          own.gradient().mul(1 - share).addi(both.gradient().mul(share)),
          null);
    }
    Distance.Term taught = teacherPart(heads.distOutput(), teacherAnswer);
    return new Loss(
        (1 - share) * own.value() + share * taught.value(),
        own.gradient().mul(1 - share),
        taught.gradient().mul(share));
  }

  /** No teacher: the distillation head, if there is one, learns nothing. */
  record None() implements Distillation {
    @Override
    public double teacherShare() {
      return 0;
    }

    @Override
    public Distance.Term teacherPart(INDArray distOutput, INDArray teacherAnswer) {
      return new Distance.Term(0, distOutput.mul(0));
    }
  }

  /** Cross entropy against the class the teacher names, without smoothing. */
  record Hard(double teacherShare) implements Distillation {
    public Hard {
      requireShare(teacherShare);
    }

    @Override
    public Distance.Term teacherPart(INDArray distOutput, INDArray teacherAnswer) {
      INDArray target = Nd4j.create(teacherAnswer.dataType(), teacherAnswer.shape());
      int classes = (int) teacherAnswer.size(1);
      Nd4j.exec(new OneHot(Nd4j.argMax(teacherAnswer, 1), target, classes, 1, 1, 0));
      return new Distance.CrossEntropy().of(distOutput, target);
    }
  }

  /**
   * Kullback-Leibler divergence from the teacher's softened classes, times temperature squared.
   *
   * @param normalisation what the sum is divided by
   */
  record Soft(double teacherShare, double temperature, Normalisation normalisation)
      implements Distillation {

    /** Divisor of the sum over samples and classes. */
    public enum Normalisation {
      /** All N*C elements, as the reference code does (losses.py). */
      ELEMENTS,
      /** The N samples, as the formula is usually read. */
      SAMPLES
    }

    public Soft {
      requireShare(teacherShare);
      if (!(temperature > 0)) { // negated, so that NaN fails too
        throw new IllegalArgumentException("temperature must be positive, was " + temperature);
      }
    }

    @Override
    public Distance.Term teacherPart(INDArray distOutput, INDArray teacherAnswer) {
      INDArray student = Softmax.log(distOutput.div(temperature));
      INDArray teacher = Softmax.log(teacherAnswer.div(temperature));
      INDArray probability = Transforms.exp(teacher, true);
      double divisor =
          normalisation == Normalisation.ELEMENTS ? distOutput.length() : distOutput.size(0);
      double sum = Distance.Sums.of(probability.mul(teacher.sub(student)));
      INDArray gradient =
          Transforms.exp(student, true).sub(probability).mul(temperature / divisor); // tau^2 / tau
      return new Distance.Term(temperature * temperature * sum / divisor, gradient);
    }
  }

  /**
   * Distance to a teacher's real-valued answer: a factor model's expected return.
   *
   * @param distance squared or Huber
   */
  record Score(double teacherShare, Distance distance) implements Distillation {
    public Score {
      requireShare(teacherShare);
    }

    @Override
    public Distance.Term teacherPart(INDArray distOutput, INDArray teacherAnswer) {
      return distance.of(distOutput, teacherAnswer);
    }
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("teacherShare must be in [0, 1], was " + share);
    }
  }
}
