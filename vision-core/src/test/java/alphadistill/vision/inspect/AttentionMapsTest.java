package alphadistill.vision.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AttentionMapsTest {
  private static final int HEADS = 3;
  private static final int TOKENS = 8; // two special ones and 2 x 3 patches

  @Test
  void aBlocksMapIsTheTokensRowMeanOverHeads() {
    INDArray attention = attention(2, "a");
    PatchMap map = new AttentionMaps(List.of(attention), 2, 2, 3).block(0, 1, 1);

    assertThat(map.rows()).isEqualTo(2);
    for (int patch = 0; patch < 6; patch++) {
      double mean = 0;
      for (int head = 0; head < HEADS; head++) {
        mean += attention.getDouble(1, head, 1, 2 + patch) / HEADS;
      }
      assertThat(map.values()[patch]).isCloseTo(mean, within(1e-12));
    }
  }

  @Test
  void rolloutIsTheProductOfAllBlocksWithTheirShortcuts() {
    List<INDArray> blocks = List.of(attention(2, "a"), attention(2, "b"), attention(2, "c"));
    INDArray product = Nd4j.eye(TOKENS).castTo(blocks.get(0).dataType());
    for (INDArray block : blocks) {
      INDArray mean = block.slice(1).mean(0);
      product = mean.add(Nd4j.eye(TOKENS).castTo(mean.dataType())).div(2).mmul(product);
    }

    PatchMap map = new AttentionMaps(blocks, 2, 2, 3).rollout(1, 0);

    for (int patch = 0; patch < 6; patch++) {
      assertThat(map.values()[patch]).isCloseTo(product.getDouble(0, 2 + patch), within(1e-12));
    }
  }

  @Test
  void rolloutOfTokensThatLookOnlyAtThemselvesSeesNoPatch() {
    INDArray itself = Nd4j.eye(TOKENS).reshape(1, 1, TOKENS, TOKENS);

    assertThat(new AttentionMaps(List.of(itself, itself), 2, 2, 3).rollout(0, 0).values())
        .containsOnly(0);
  }

  @Test
  void refusesAttentionOverAnotherNumberOfPatches() {
    assertThatThrownBy(() -> new AttentionMaps(List.of(attention(1, "a")), 1, 2, 3))
        .hasMessage(
            "attention over 1 special tokens and 2 x 3 patches has the shape (N, heads, 7, 7), was [1, 3, 8, 8]");
  }

  private static INDArray attention(int samples, String name) {
    Draws draws = Draws.of(3, name);
    List<Double> values = new ArrayList<>();
    for (int row = 0; row < samples * HEADS * TOKENS; row++) {
      double[] scores = new double[TOKENS];
      Arrays.setAll(scores, i -> Math.exp(draws.normal()));
      double sum = Arrays.stream(scores).sum();
      Arrays.stream(scores).forEach(s -> values.add(s / sum));
    }
    return Nd4j.createFromArray(values.stream().mapToDouble(v -> v).toArray())
        .reshape(samples, HEADS, TOKENS, TOKENS);
  }
}
