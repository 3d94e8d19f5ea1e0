package alphadistill.engine.loss;

import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Losses;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the distillation token is taught (DeiT, equations 2 and 3; vision.md section 3). {@link DistillationLoss} puts the
 * teacher's part beside the class part.
 */
public sealed interface Distillation {

  /** Share of the total loss that the teacher's part gets, in [0, 1]. */
  double teacherShare();

  /**
   * The teacher's part, before its share, beside the gradient by the output: of the distillation head, or of the class
   * head where that learns both.
   *
   * @param kernels that made the output
   * @param output (N, C), left unchanged
   * @param teacherAnswer (N, C), left unchanged
   * @param gradient (N, C), written or added to
   */
  double teacherPart(
      Kernels kernels, INDArray output, INDArray teacherAnswer, Losses.Gradient gradient);

  /** No teacher: the distillation head, if there is one, learns nothing. */
  record None() implements Distillation {
    @Override
    public double teacherShare() {
      return 0;
    }

    @Override
    public double teacherPart(
        Kernels kernels, INDArray output, INDArray teacherAnswer, Losses.Gradient gradient) {
      if (!gradient.added()) {
        kernels.zero(gradient.array());
      }
      return 0;
    }
  }

  /** Cross entropy against the class the teacher names, without smoothing. */
  record Hard(double teacherShare) implements Distillation {
    public Hard {
      requireShare(teacherShare);
    }

    @Override
    public double teacherPart(
        Kernels kernels, INDArray output, INDArray teacherAnswer, Losses.Gradient gradient) {
      return kernels.losses().hardCrossEntropy(output, teacherAnswer, gradient);
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
    public double teacherPart(
        Kernels kernels, INDArray output, INDArray teacherAnswer, Losses.Gradient gradient) {
      double divisor = normalisation == Normalisation.ELEMENTS ? output.length() : output.size(0);
      return kernels.losses().divergence(output, teacherAnswer, temperature, divisor, gradient);
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
    public double teacherPart(
        Kernels kernels, INDArray output, INDArray teacherAnswer, Losses.Gradient gradient) {
      return distance.of(kernels, output, teacherAnswer, gradient);
    }
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("teacherShare must be in [0, 1], was " + share);
    }
  }
}
