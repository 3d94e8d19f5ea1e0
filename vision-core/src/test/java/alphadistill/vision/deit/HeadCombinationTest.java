package alphadistill.vision.deit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.engine.Heads;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HeadCombinationTest {
  /** Each head rules a class out that the other does not. */
  private final INDArray classLogits = Nd4j.createFromArray(new double[][] {{2, 0, -900}});

  private final INDArray distLogits = Nd4j.createFromArray(new double[][] {{-900, 1, 1}});
  private final Heads both = new Heads(classLogits, distLogits, null);
  private final Heads one = new Heads(classLogits, null, null);

  @Test
  void logitsAreAveragedOrProbabilitiesAre() {
    INDArray mean = HeadCombination.MEAN_OF_LOGITS.of(both);
    assertThat(mean.toDoubleVector()).containsExactly(-449, 0.5, -449.5);

    double first = Math.exp(2) / (Math.exp(2) + 1);
    INDArray sum = HeadCombination.SUM_OF_SOFTMAX.of(both);
    assertThat(Math.exp(sum.getDouble(0, 0))).isCloseTo(first / 2, within(1e-12));
    assertThat(Math.exp(sum.getDouble(0, 1))).isCloseTo((1 - first + 0.5) / 2, within(1e-12));
    assertThat(Math.exp(sum.getDouble(0, 2))).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void eachHeadMayAnswerAlone() {
    assertThat(HeadCombination.CLASS_HEAD.of(both)).isEqualTo(classLogits);
    assertThat(HeadCombination.DISTILLATION_HEAD.of(both)).isEqualTo(distLogits);
  }

  @Test
  void aNetworkWithOneHeadAnswersWithIt() {
    for (HeadCombination combination : HeadCombination.values()) {
      INDArray answer = combination.of(one);
      double shift = combination == HeadCombination.SUM_OF_SOFTMAX
          ? Math.log(Math.exp(2) + 1) // as log probabilities
          : 0;
      assertThat(answer.getDouble(0, 0)).isCloseTo(2 - shift, within(1e-12));
      assertThat(answer.getDouble(0, 1)).isCloseTo(-shift, within(1e-12));
    }
  }

  @Test
  void inputsAreLeftAsTheyWere() {
    for (HeadCombination combination : HeadCombination.values()) {
      combination.of(both);
    }
    assertThat(classLogits.toDoubleVector()).containsExactly(2, 0, -900);
    assertThat(distLogits.toDoubleVector()).containsExactly(-900, 1, 1);
  }
}
