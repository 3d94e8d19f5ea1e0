package alphadistill.engine.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.engine.Heads;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A student without a distillation token: one head learns from label and teacher. */
class DistillationTest {
  private static final double STEP = 1e-6;

  private final INDArray output =
      Nd4j.create(new double[][] {{0.3, -1.2, 0.5}, {1.1, 0.2, -0.4}}).castTo(DataType.DOUBLE);
  private final INDArray target = Nd4j.create(new double[][] {{1, 0, 0}, {0.1, 0.2, 0.7}});
  private final INDArray teacher = Nd4j.create(new double[][] {{2, 0.5, -1}, {-0.3, 0.8, 0.1}});

  @Test
  void theClassHeadLearnsFromBothByTheirShares() {
    for (Distillation kind : List.of(
        new Distillation.Hard(0.3),
        new Distillation.Soft(0.3, 3, Distillation.Soft.Normalisation.SAMPLES),
        new Distillation.Score(0.3, new Distance.Squared()))) {
      double own = new Distance.CrossEntropy().of(output, target).value();
      double taught = kind.teacherPart(output, teacher).value();
      Loss loss = loss(kind, output);
      assertThat(loss.value()).isCloseTo(0.7 * own + 0.3 * taught, within(1e-12));
      assertThat(loss.distGradient()).isNull();
      for (int i = 0; i < output.length(); i++) {
        INDArray moved = output.dup();
        moved.putScalar(i, output.getDouble(i) + STEP);
        double above = loss(kind, moved).value();
        moved.putScalar(i, output.getDouble(i) - STEP);
        double slope = (above - loss(kind, moved).value()) / (2 * STEP);
        assertThat(loss.classGradient().getDouble(i)).isCloseTo(slope, within(1e-7));
      }
    }
  }

  @Test
  void withoutATeacherItLearnsTheLabelAlone() {
    Distance.Term own = new Distance.CrossEntropy().of(output, target);
    Loss loss = new Distillation.Hard(0.3)
        .of(new Heads(output, null, null), new Distance.CrossEntropy(), target, null);
    assertThat(loss.value()).isEqualTo(own.value());
    assertThat(loss.classGradient()).isEqualTo(own.gradient());
  }

  private Loss loss(Distillation kind, INDArray logits) {
    return kind.of(new Heads(logits, null, null), new Distance.CrossEntropy(), target, teacher);
  }
}
