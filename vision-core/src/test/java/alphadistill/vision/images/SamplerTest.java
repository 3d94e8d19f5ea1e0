package alphadistill.vision.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  @Test
  void inOrderShowsEveryPictureOnce() {
    assertThat(Sampler.inOrder(4).epoch(3)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void shuffledShowsEveryPictureOnceInAnOrderOfSeedAndEpoch() {
    int[] order = Sampler.shuffled(100, 1).epoch(2);

    assertThat(Arrays.stream(order).sorted())
        .containsExactly(IntStream.range(0, 100).boxed().toArray(Integer[]::new));
    assertThat(order)
        .isEqualTo(Sampler.shuffled(100, 1).epoch(2))
        .isNotEqualTo(Sampler.shuffled(100, 1).epoch(3))
        .isNotEqualTo(Sampler.shuffled(100, 2).epoch(2));
  }

  @Test
  void repeatedShowsAThirdOfThePicturesThreeTimesBesideEachOther() {
    int[] order = Sampler.repeated(1_000, 1, 0, 1).epoch(0);

    assertThat(order).hasSize(768);
    assertThat(Arrays.stream(order).distinct().count()).isEqualTo(256);
    int[] shuffled = Sampler.shuffled(1_000, 1).epoch(0);
    for (int i = 0; i < order.length; i++) {
      assertThat(order[i]).isEqualTo(shuffled[i / 3]);
    }
  }

  /** The reference written out as a list: repeat in place, pad from the front, take every R-th, keep the first. */
  @Test
  void ranksTakeTurnsAsInTheReference() {
    int size = 1_030;
    int[] shuffled = Sampler.shuffled(size, 5).epoch(4);
    for (int ranks : new int[] {1, 2, 3, 4, 7}) {
      List<Integer> all = new ArrayList<>();
      Arrays.stream(shuffled).forEach(i -> all.addAll(List.of(i, i, i)));
      int padding = (all.size() + ranks - 1) / ranks * ranks - all.size();
      all.addAll(List.copyOf(all.subList(0, padding)));
      for (int rank = 0; rank < ranks; rank++) {
        int first = rank;
        int kept = (int) Math.floor(size / 256 * 256 / (double) ranks);
        int[] expected =
            IntStream.range(0, kept).map(k -> all.get(first + k * ranks)).toArray();
        assertThat(Sampler.repeated(size, 5, rank, ranks).epoch(4)).isEqualTo(expected);
      }
    }
  }

  @Test
  void repetitionThatLeavesNothingIsRefused() {
    assertThatThrownBy(() -> Sampler.repeated(255, 1, 0, 1))
        .hasMessage(
            "repeated augmentation of 255 pictures for 1 ranks leaves an epoch without any: it keeps whole multiples of 256");
    assertThatThrownBy(() -> Sampler.repeated(1_000, 1, 2, 2))
        .hasMessage("rank must be in [0, ranks), was 2 of 2");
  }
}
