package alphadistill.student.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.window.Channel;
import alphadistill.augment.window.Origin;
import alphadistill.augment.window.TeacherInputs;
import alphadistill.augment.window.WindowBatch;
import alphadistill.augment.window.WindowSchema;
import alphadistill.engine.Heads;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import alphadistill.engine.loss.Loss;
import alphadistill.student.study.ObjectiveSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the heads learn, read off the gradients of heads that say zero: {@code -2 / N * share * target}. */
class RealLossTest {
  private static final double SHARE = 0.3;
  private static final Scale CLASS = new Scale(0.02, 0.5);
  private static final Scale DIST = new Scale(-0.1, 0.25);
  private static final double[] LABELS = {0.7, -1.1, 0.4};
  private static final double[] ANSWERS = {0.2, 0.3, -0.6};

  private final Kernels kernels = new Nd4jKernels(DataType.DOUBLE);

  @Test
  void theClassHeadLearnsWhatTheTeacherLeavesOver() {
    RealObjective objective = new RealObjective(spec(), true, CLASS, DIST);
    Loss loss = loss(objective, true, true);
    for (int n = 0; n < LABELS.length; n++) {
      assertThat(target(loss.classGradient(), n, 1 - SHARE))
          .isCloseTo(CLASS.down(LABELS[n] - ANSWERS[n]), within(1e-12));
      assertThat(target(loss.distGradient(), n, SHARE))
          .isCloseTo(DIST.down(ANSWERS[n]), within(1e-12));
    }
  }

  @Test
  void bothHeadsLearnTheWhole() {
    RealObjective objective = new RealObjective(spec(), false, CLASS, DIST);
    Loss loss = loss(objective, true, true);
    for (int n = 0; n < LABELS.length; n++) {
      assertThat(target(loss.classGradient(), n, 1 - SHARE))
          .isCloseTo(CLASS.down(LABELS[n]), within(1e-12));
      assertThat(target(loss.distGradient(), n, SHARE))
          .isCloseTo(DIST.down(ANSWERS[n]), within(1e-12));
    }
  }

  @Test
  void oneHeadLearnsLabelAndAnswerOnTheScaleOfLabels() {
    RealObjective objective = new RealObjective(spec(), false, CLASS, null);
    Loss loss = loss(objective, true, false);
    for (int n = 0; n < LABELS.length; n++) {
      double both = (1 - SHARE) * CLASS.down(LABELS[n]) + SHARE * CLASS.down(ANSWERS[n]);
      assertThat(target(loss.classGradient(), n, 1)).isCloseTo(both, within(1e-12));
    }
    assertThat(loss.distGradient()).isNull();
  }

  @Test
  void withoutATeacherTheLabelAloneIsLearned() {
    RealObjective objective = new RealObjective(spec(), false, CLASS, null);
    Loss loss = loss(objective, false, false);
    for (int n = 0; n < LABELS.length; n++) {
      assertThat(target(loss.classGradient(), n, 1))
          .isCloseTo(CLASS.down(LABELS[n]), within(1e-12));
    }
  }

  private static ObjectiveSpec spec() {
    return new ObjectiveSpec(ObjectiveSpec.Kind.TOTAL, SHARE, 0, 0, 0);
  }

  /** Asked twice, because arrays are used again. */
  private Loss loss(RealObjective objective, boolean taught, boolean token) {
    BatchLoss loss = objective.loss(kernels, taught);
    INDArray zero = kernels.allocate(LABELS.length, 1);
    Heads heads = new Heads(zero, token ? zero : null, null);
    INDArray answers = taught ? Nd4j.createFromArray(ANSWERS).reshape('c', LABELS.length, 1) : null;
    loss.of(heads, batch(), answers);
    return loss.of(heads, batch(), answers);
  }

  private static double target(INDArray gradient, int n, double share) {
    return gradient.getDouble(n, 0) * LABELS.length / (-2 * share);
  }

  private static WindowBatch batch() {
    int samples = LABELS.length;
    WindowSchema schema =
        new WindowSchema(2, List.of(new Channel("return", Channel.Kind.RETURN, 1)));
    return new WindowBatch(
        schema,
        new float[samples * schema.size()],
        LABELS,
        new int[samples * 2],
        new TeacherInputs.ReturnHistory(2, 1, new double[samples * 2], new double[samples * 2]),
        List.of(Origin.observed(0, 9, 2), Origin.observed(1, 9, 2), Origin.observed(2, 9, 2)));
  }
}
