package alphadistill.vision.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AgreementTest {
  private static final List<String> CLASSES = List.of("cat", "dog", "owl");
  private static final Predictions TRUTH = new Predictions("truth", new int[] {0, 1, 1, 0});
  private static final INDArray CLASS_LOGITS =
      Nd4j.createFromArray(new float[][] {{2, 1, 0}, {0, 3, 1}, {5, 4, 0}, {0, 0, 4}});
  private static final INDArray DIST_LOGITS =
      Nd4j.createFromArray(new float[][] {{2, 1, 0}, {0, 3, 1}, {1, 4, 0}, {0, 1, 2}});

  @Test
  void theFirstOfTheLargestLogitsIsTheAnswer() {
    INDArray logits = Nd4j.createFromArray(new double[][] {{-1, -1, -2}, {0, 7, 7}});

    assertThat(Predictions.of("head", logits).classes()).containsExactly(0, 1);
  }

  @Test
  void refusesLogitsThatAreNoNumbersAndOtherNumbersOfPictures() {
    INDArray logits = Nd4j.createFromArray(new double[][] {{1, 2}, {0, Double.NaN}});

    assertThatThrownBy(() -> Predictions.of("class head", logits))
        .hasMessage("class head says NaN for class 1 of picture 1");
    assertThatThrownBy(() -> TRUTH.differsFrom(new Predictions("teacher", new int[] {1})))
        .hasMessage("truth has 4 pictures and teacher 1");
    assertThatThrownBy(() -> new Predictions("truth", new int[] {0, -1}))
        .hasMessage("truth gives picture 1 the class -1");
  }

  @Test
  void aTableOfHeadsHasAccuracyAndCrossEntropy() {
    Map<String, INDArray> logits = new LinkedHashMap<>();
    logits.put("class head", CLASS_LOGITS);
    logits.put("distillation head", DIST_LOGITS);

    HeadTable table = HeadTable.of(TRUTH, logits);

    assertThat(table.pictures()).isEqualTo(4);
    assertThat(table.rows())
        .extracting(HeadTable.Row::by)
        .containsExactlyElementsOf(logits.keySet());
    assertThat(table.rows().get(0).accuracy()).isEqualTo(0.5);
    assertThat(table.rows().get(1).accuracy()).isEqualTo(0.75);
    assertThat(table.rows().get(1).accuracyError(table.pictures())).isCloseTo(0.2165, within(1e-4));
    double expected = (Math.log(1 + Math.exp(-1) + Math.exp(-2))
            + Math.log(1 + Math.exp(-3) + Math.exp(-2))
            + Math.log(Math.exp(1) + 1 + Math.exp(-4))
            + Math.log(2 + Math.exp(4)))
        / 4;
    assertThat(table.rows().get(0).crossEntropy()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void largeLogitsHaveAFiniteCrossEntropy() {
    INDArray logits = Nd4j.createFromArray(new double[][] {{1000, 0}, {0, 0}});

    HeadTable table =
        HeadTable.of(new Predictions("truth", new int[] {1, 0}), Map.of("head", logits));

    assertThat(table.rows().get(0).crossEntropy())
        .isCloseTo((1000 + Math.log(2)) / 2, within(1e-9));
  }

  @Test
  void aConfusionMatrixCountsByTrueAndGivenClass() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(CLASSES, TRUTH, Predictions.of("class head", CLASS_LOGITS));

    assertThat(matrix.counts()).isDeepEqualTo(new int[][] {{1, 0, 1}, {1, 1, 0}, {0, 0, 0}});
    assertThat(matrix.recall(1)).isEqualTo(0.5);
    assertThat(matrix.precision(1)).isEqualTo(1);
    assertThat(matrix.recall(2)).isNaN();
    assertThatThrownBy(() -> ConfusionMatrix.of(
            List.of("cat", "dog"), TRUTH, Predictions.of("class head", CLASS_LOGITS)))
        .hasMessage("class head gives picture 3 the class 2, and there are 2");
  }

  @Test
  void agreementIsTheShareClassifiedDifferently() {
    Agreement agreement = Agreement.of(List.of(
        TRUTH,
        Predictions.of("class head", CLASS_LOGITS),
        Predictions.of("distillation head", DIST_LOGITS)));

    assertThat(agreement.names()).containsExactly("truth", "class head", "distillation head");
    assertThat(agreement.different())
        .isDeepEqualTo(new double[][] {{0, 0.5, 0.25}, {0.5, 0, 0.25}, {0.25, 0.25, 0}});
    assertThat(agreement.pictures()).isEqualTo(4);
  }

  @Test
  void theMeanOverSeedsIsOfTheSameNames() {
    Predictions seed1 = new Predictions("head", new int[] {0, 1, 1, 1});
    Predictions seed2 = new Predictions("head", new int[] {1, 0, 0, 0});
    Agreement one = Agreement.of(List.of(TRUTH, seed1));

    assertThat(Agreement.mean(List.of(one, Agreement.of(List.of(TRUTH, seed2)))).different())
        .isDeepEqualTo(new double[][] {{0, 0.5}, {0.5, 0}});
    assertThatThrownBy(() -> Agreement.mean(List.of(one, Agreement.of(List.of(seed1)))))
        .hasMessage("no mean of [truth, head] on 4 pictures and [head] on 4");
  }

  @Test
  void examplesAreTheFirstPicturesOrTheSurestMistakes() {
    List<Example> first = Example.first(TRUTH, CLASS_LOGITS, 2);
    assertThat(first).extracting(Example::picture).containsExactly(0, 1);
    assertThat(first.get(0).probability())
        .isCloseTo(1 / (1 + Math.exp(-1) + Math.exp(-2)), within(1e-6));

    List<Example> mistakes = Example.surestMistakes(TRUTH, CLASS_LOGITS, 9);
    assertThat(mistakes).extracting(Example::picture).containsExactly(3, 2);
    assertThat(mistakes.get(0).given()).isEqualTo(2);
    assertThat(mistakes.get(0).truth()).isZero();
  }

  @Property(tries = 100)
  void differingObeysTheTriangle(
      @ForAll @Size(5) List<@IntRange(max = 3) Integer> a,
      @ForAll @Size(5) List<@IntRange(max = 3) Integer> b,
      @ForAll @Size(5) List<@IntRange(max = 3) Integer> c) {
    double[][] different =
        Agreement.of(List.of(predictions(a), predictions(b), predictions(c))).different();

    assertThat(different[0][2]).isLessThanOrEqualTo(different[0][1] + different[1][2] + 1e-12);
    assertThat(different[2][0]).isEqualTo(different[0][2]);
  }

  private static Predictions predictions(List<Integer> classes) {
    return new Predictions("some", classes.stream().mapToInt(i -> i).toArray());
  }
}
