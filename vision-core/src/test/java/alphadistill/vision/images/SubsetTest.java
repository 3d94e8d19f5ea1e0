package alphadistill.vision.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubsetTest {
  private final ImageSet dots = new Dots(30, 1, List.of("a", "b", "c"));

  @Test
  void theFirstFew() {
    assertThat(reds(Subset.first(dots, 4))).containsExactly(0, 1, 2, 3);
    assertThatThrownBy(() -> Subset.first(dots, 31))
        .isInstanceOf(ImageException.class)
        .hasMessage("the first 31 pictures were asked for of a set of 30");
  }

  @Test
  void theFirstOfEachClassKeepClassesAndOrigins() {
    ImageSet few = Subset.firstOfEachClass(Subset.first(dots, 29), 2);

    assertThat(reds(few)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(few.label(5)).isEqualTo(2);
    assertThat(few.origin(5)).isEqualTo("dot 5");
    assertThat(few.classes()).isEqualTo(dots.classes());
    assertThatThrownBy(() -> Subset.firstOfEachClass(Subset.first(dots, 29), 10))
        .hasMessage("class 'c' has 9 pictures, 10 of each class were asked for");
  }

  @Test
  void holdingOutSplitsEveryClassBySeed() {
    Subset.Split split = Subset.holdOut(dots, 0.2, 7);

    assertThat(split.heldOut().size()).isEqualTo(6);
    assertThat(IntStream.range(0, 6).map(split.heldOut()::label))
        .containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2);
    assertThat(
            IntStream.concat(IntStream.of(reds(split.kept())), IntStream.of(reds(split.heldOut()))))
        .containsExactlyInAnyOrder(IntStream.range(0, 30).boxed().toArray(Integer[]::new));
    assertThat(reds(Subset.holdOut(dots, 0.2, 7).heldOut()))
        .isEqualTo(reds(split.heldOut()))
        .isSorted();
    assertThat(reds(Subset.holdOut(dots, 0.2, 8).heldOut())).isNotEqualTo(reds(split.heldOut()));
    assertThatThrownBy(() -> Subset.holdOut(dots, Double.NaN, 7))
        .hasMessage("the share held out must be in (0, 1), was NaN");
  }

  @Test
  void indicesOutsideTheSetAreRefused() {
    assertThatThrownBy(() -> new Subset(dots, new int[] {0, 30}))
        .isInstanceOf(ImageException.class)
        .hasMessage("there is no picture 30 in a set of 30");
  }

  private static int[] reds(ImageSet set) {
    return IntStream.range(0, set.size()).map(i -> set.image(i).at(0, 0, 0)).toArray();
  }
}
