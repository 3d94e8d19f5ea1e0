package alphadistill.engine.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.engine.Heads;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Losses.Gradient;
import alphadistill.engine.kernels.Nd4jKernels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** How the parts of label and teacher come together, on one head and on two. */
class DistillationLossTest {
  private static final double STEP = 1e-6;

  private final Kernels kernels = new Nd4jKernels(DataType.DOUBLE);
  private final INDArray output =
      Nd4j.create(new double[][] {{0.3, -1.2, 0.5}, {1.1, 0.2, -0.4}}).castTo(DataType.DOUBLE);
  private final INDArray distOutput =
      Nd4j.create(new double[][] {{-0.6, 0.9, 1.4}, {0.7, -2.1, 0.2}}).castTo(DataType.DOUBLE);
  private final INDArray target = Nd4j.create(new double[][] {{1, 0, 0}, {0.1, 0.2, 0.7}});
  private final INDArray teacher = Nd4j.create(new double[][] {{2, 0.5, -1}, {-0.3, 0.8, 0.1}});
  private final List<Distillation> kinds = List.of(
      new Distillation.Hard(0.3),
      new Distillation.Soft(0.3, 3, Distillation.Soft.Normalisation.SAMPLES),
      new Distillation.Soft(0.3, 3, Distillation.Soft.Normalisation.ELEMENTS),
      new Distillation.Score(0.3, new Distance.Squared()));

  @Test
  void aClassHeadAloneLearnsFromBothByTheirShares() {
    for (Distillation kind : kinds) {
      Loss loss = loss(kind, new Heads(output, null, null));
      assertThat(loss.value())
          .isCloseTo(0.7 * own(output) + 0.3 * taught(kind, output), within(1e-12));
      assertThat(loss.distGradient()).isNull();
      for (int i = 0; i < output.length(); i++) {
        double above = loss(kind, new Heads(moved(output, i, STEP), null, null)).value();
        double below =
            loss(kind, new Heads(moved(output, i, -STEP), null, null)).value();
        assertThat(loss.classGradient().getDouble(i))
            .isCloseTo((above - below) / (2 * STEP), within(1e-7));
      }
    }
  }

  @Test
  void twoHeadsLearnTheirPartsByTheirShares() {
    for (Distillation kind : kinds) {
      Loss loss = loss(kind, new Heads(output, distOutput, null));
      assertThat(loss.value())
          .isCloseTo(0.7 * own(output) + 0.3 * taught(kind, distOutput), within(1e-12));
      for (int i = 0; i < output.length(); i++) {
        double ownSlope = own(moved(output, i, STEP)) - own(moved(output, i, -STEP));
        double taughtSlope =
            taught(kind, moved(distOutput, i, STEP)) - taught(kind, moved(distOutput, i, -STEP));
        assertThat(loss.classGradient().getDouble(i))
            .isCloseTo(0.7 * ownSlope / (2 * STEP), within(1e-7));
        assertThat(loss.distGradient().getDouble(i))
            .isCloseTo(0.3 * taughtSlope / (2 * STEP), within(1e-7));
      }
    }
  }

  @Test
  void withoutATeacherItLearnsTheLabelAlone() {
    Loss loss = new DistillationLoss(
            kernels, new Distance.CrossEntropy(), new Distillation.Hard(0.3))
        .of(new Heads(output, null, null), target, null);
    assertThat(loss.value()).isEqualTo(own(output));
    assertThat(loss.classGradient()).isEqualTo(gradient(output));
  }

  @Test
  void aTokenWithoutATeacherLearnsNothing() {
    DistillationLoss objective =
        new DistillationLoss(kernels, new Distance.CrossEntropy(), new Distillation.None());
    Heads heads = new Heads(output, distOutput, null);
    objective.of(heads, target, null).distGradient().assign(7); // as if left from another use
    Loss loss = objective.of(heads, target, null);
    assertThat(loss.value()).isEqualTo(own(output));
    assertThat(loss.classGradient()).isEqualTo(gradient(output));
    assertThat(HostCopy.doubles(loss.distGradient())).containsOnly(0);
  }

  /** Labels and answers come from anywhere: a view, a column, another order, another type. */
  @Test
  void anyLayoutGivesTheSameBits() {
    CpuKernels fast = new CpuKernels(1);
    Heads heads = new Heads(output.castTo(DataType.FLOAT), distOutput.castTo(DataType.FLOAT), null);
    Loss expected =
        loss(fast, heads, target.castTo(DataType.FLOAT), teacher.castTo(DataType.FLOAT));
    float[] classGradient = expected.classGradient().toFloatMatrix()[1];
    float[] distGradient = expected.distGradient().toFloatMatrix()[1];
    INDArray wide = Nd4j.concat(0, teacher, teacher.add(0)).castTo(DataType.FLOAT);
    INDArray columns = Nd4j.concat(1, target.mul(-3), target).castTo(DataType.FLOAT);
    for (INDArray[] pair : new INDArray[][] {
      {target, teacher},
      {target.castTo(DataType.FLOAT).dup('f'), teacher.castTo(DataType.FLOAT).dup('f')},
      {
        columns.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 6)),
        wide.get(NDArrayIndex.interval(2, 4), NDArrayIndex.all())
      },
      {
        target.castTo(DataType.FLOAT).transpose().dup('c').transpose(),
        teacher.castTo(DataType.FLOAT).transpose().dup('c').transpose()
      }
    }) {
      Loss loss = loss(fast, heads, pair[0], pair[1]);
      assertThat(loss.value()).isEqualTo(expected.value());
      assertThat(loss.classGradient().toFloatMatrix()[1]).isEqualTo(classGradient);
      assertThat(loss.distGradient().toFloatMatrix()[1]).isEqualTo(distGradient);
    }
  }

  @Test
  void refusesTargetsAndAnswersOfAnotherShape() {
    Heads heads = new Heads(output, distOutput, null);
    assertThatThrownBy(() -> loss(kernels, heads, target.transpose(), teacher))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("target of the class head has shape [3, 2], the head said [2, 3]");
    assertThatThrownBy(() -> loss(kernels, heads, target, Nd4j.zeros(DataType.DOUBLE, 2, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("answer of the teacher has shape [2, 4], the head said [2, 3]");
  }

  private Loss loss(Distillation kind, Heads heads) {
    return new DistillationLoss(kernels, new Distance.CrossEntropy(), kind)
        .of(heads, target, teacher);
  }

  private static Loss loss(Kernels kernels, Heads heads, INDArray target, INDArray teacher) {
    return new DistillationLoss(kernels, new Distance.CrossEntropy(), new Distillation.Hard(0.3))
        .of(heads, target, teacher);
  }

  private double own(INDArray at) {
    return new Distance.CrossEntropy()
        .of(kernels, at, target, Gradient.into(kernels.allocate(2, 3), 1));
  }

  private INDArray gradient(INDArray at) {
    INDArray gradient = kernels.allocate(2, 3);
    new Distance.CrossEntropy().of(kernels, at, target, Gradient.into(gradient, 1));
    return gradient;
  }

  private double taught(Distillation kind, INDArray at) {
    return kind.teacherPart(kernels, at, teacher, Gradient.into(kernels.allocate(2, 3), 1));
  }

  private static INDArray moved(INDArray x, int element, double by) {
    INDArray moved = x.dup();
    moved.putScalar(element, x.getDouble(element) + by);
    return moved;
  }
}
