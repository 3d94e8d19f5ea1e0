package alphadistill.augment.image.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.Pictures;
import alphadistill.augment.image.pillow.AffineMap;
import alphadistill.augment.image.pillow.Colour;
import alphadistill.augment.image.pillow.Enhance;
import alphadistill.augment.image.pillow.Resample;
import alphadistill.augment.image.pillow.Tones;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandAugmentTest {
  private final Image picture = Pictures.noise(20, 16, 7);

  @Test
  void readsTheStringsOfTimm() {
    assertThat(RandAugment.parse("rand-m9-mstd0.5-inc1")).isEqualTo(RandAugment.DEIT);
    assertThat(RandAugment.parse("rand"))
        .isEqualTo(new RandAugment(10, 2, 0, 10, 0.5, false, OperationSet.ALL));
    assertThat(RandAugment.parse("rand-n3-m15-mmax30-p0.25-mstd101"))
        .isEqualTo(
            new RandAugment(15, 3, Double.POSITIVE_INFINITY, 30, 0.25, false, OperationSet.ALL));
    assertThat(RandAugment.parse("rand-mstd1-w0").set()).isEqualTo(OperationSet.W0);
    assertThat(RandAugment.parse("rand-mstd1-w0").increasing()).isFalse();
    assertThat(RandAugment.parse("rand-tweights"))
        .isEqualTo(new RandAugment(10, 2, 0, 10, 0.5, true, OperationSet.WEIGHTS));
    assertThat(RandAugment.parse("rand-t3aw").set()).isEqualTo(OperationSet.THREE_WEIGHTED);
  }

  @Test
  void anyNumberAfterIncSwitchesItOnAsInTimm() {
    assertThat(RandAugment.parse("rand-m9-inc0").increasing()).isTrue();
    assertThat(RandAugment.parse("rand-m9").increasing()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      augmix-m5      | it has to begin with 'rand', not 'augmix'
      rand-m9-inc    | part 'inc' is not letters and a number
      rand-m9.5      | part 'm9.5' needs a whole number, not '9.5'
      rand-p0.5.1    | part 'p0.5.1' needs a number, not '0.5.1'
      rand-q9        | part 'q9' is unknown; known are m, n, p, mstd, mmax, inc, w and t
      rand-m9-m8     | 'm' is given twice
      rand-tbest     | set 'tbest' is unknown; known are tweights, t3a and t3aw
      rand-w1        | there is one set of weights, 'w0', not 'w1'
      rand-p1.5      | the probability of an operation is in [0, 1], was 1.5
      rand-n0        | draws at least 1 operation, was to draw 0
      rand-n14-w0    | draws at least 1 operation and at most the 13 that its weighted set has, was to draw 14
      rand--m9       | part '' is not letters and a number
      """)
  void refusesWhatItCannotReadAndSaysWhich(String policy, String why) {
    assertThatThrownBy(() -> RandAugment.parse(policy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("RandAugment '" + policy + "': ")
        .hasMessageContaining(why);
  }

  @Test
  void magnitudeNineMeansWhatTheTableSays() {
    assertResult(Operation.POSTERIZE, true, List.of(Tones.posterize(picture, 1)));
    assertResult(Operation.POSTERIZE, false, List.of(Tones.posterize(picture, 3)));
    assertResult(Operation.SOLARIZE, true, List.of(Tones.solarize(picture, 26)));
    assertResult(Operation.SOLARIZE, false, List.of(Tones.solarize(picture, 230)));
    assertResult(Operation.SOLARIZE_ADD, true, List.of(Tones.solarizeAdd(picture, 99, 128)));
    assertResult(
        Operation.COLOUR,
        true,
        List.of(Enhance.colour(picture, 0.19), Enhance.colour(picture, 1.81)));
    assertResult(
        Operation.CONTRAST,
        true,
        List.of(Enhance.contrast(picture, 0.19), Enhance.contrast(picture, 1.81)));
    assertResult(Operation.BRIGHTNESS, false, List.of(Enhance.brightness(picture, 1.72)));
    assertResult(Operation.SHARPNESS, false, List.of(Enhance.sharpness(picture, 1.72)));
    assertResult(
        Operation.ROTATE,
        true,
        List.of(moved(AffineMap.rotation(27, 20, 16)), moved(AffineMap.rotation(-27, 20, 16))));
    assertResult(
        Operation.SHEAR_X,
        true,
        List.of(moved(AffineMap.shearX(0.27)), moved(AffineMap.shearX(-0.27))));
    assertResult(
        Operation.SHEAR_Y,
        true,
        List.of(moved(AffineMap.shearY(0.27)), moved(AffineMap.shearY(-0.27))));
    assertResult(
        Operation.TRANSLATE_X,
        true,
        List.of(
            moved(AffineMap.translation(0.405 * 20, 0)),
            moved(AffineMap.translation(-0.405 * 20, 0))));
    assertResult(
        Operation.TRANSLATE_Y,
        true,
        List.of(
            moved(AffineMap.translation(0, 0.405 * 16)),
            moved(AffineMap.translation(0, -0.405 * 16))));
    assertResult(Operation.AUTO_CONTRAST, true, List.of(Tones.autoContrast(picture)));
    assertResult(Operation.EQUALIZE, true, List.of(Tones.equalize(picture)));
    assertResult(Operation.INVERT, true, List.of(Tones.invert(picture)));
  }

  private Image moved(AffineMap map) {
    return map.apply(picture, Resample.BICUBIC, Colour.IMAGENET_MEAN);
  }

  /** Every draw gives one of the expected pictures, and each of them comes. */
  private void assertResult(Operation operation, boolean increasing, List<Image> expected) {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      byte[] rgb = operation.apply(picture, 9, increasing, Draws.of(i, "sign")).rgb();
      for (int e = 0; e < expected.size(); e++) {
        if (java.util.Arrays.equals(rgb, expected.get(e).rgb())) {
          seen.add(e);
        }
      }
    }
    assertThat(seen).as("%s, increasing %s", operation, increasing).hasSize(expected.size());
  }

  @Test
  void fifteenOperationsComeEquallyOftenAndAgain() {
    Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
    int again = 0;
    for (int i = 0; i < 15_000; i++) {
      Operation[] two = OperationSet.ALL.choose(2, Draws.of(3, "operations", i));
      again += two[0] == two[1] ? 1 : 0;
      for (Operation one : two) {
        counts.merge(one, 1, Integer::sum);
      }
    }
    assertThat(counts).hasSize(15);
    assertThat(counts.values()).allSatisfy(n -> assertThat(n).isBetween(1800, 2200));
    assertThat(again).isBetween(850, 1150);
  }

  @Test
  void weightedOperationsComeByTheirWeightAndOnlyOnce() {
    Map<Operation, Integer> first = new EnumMap<>(Operation.class);
    for (int i = 0; i < 10_000; i++) {
      Operation[] all = OperationSet.W0.choose(13, Draws.of(3, "operations", i));
      assertThat(Set.of(all)).hasSize(13).doesNotContain(Operation.POSTERIZE, Operation.INVERT);
      first.merge(all[0], 1, Integer::sum);
    }
    assertThat(first.get(Operation.ROTATE) / 10_000.0).isCloseTo(0.3, within(0.02));
    assertThat(first.get(Operation.SHEAR_Y) / 10_000.0).isCloseTo(0.2, within(0.02));
    assertThat(first.get(Operation.COLOUR) / 10_000.0).isCloseTo(0.025, within(0.01));
  }

  @Test
  void operationsAreAppliedWithTheirProbability() {
    RandAugment never = new RandAugment(9, 2, 0.5, 10, 0, true, OperationSet.ALL);
    assertThat(never.apply(picture, Draws.of(1, "augment"))).isSameAs(picture);

    int untouched = 0;
    for (int i = 0; i < 2000; i++) {
      untouched += RandAugment.DEIT.apply(picture, Draws.of(i, "augment")) == picture ? 1 : 0;
    }
    assertThat(untouched / 2000.0).isCloseTo(0.25, within(0.03));
  }

  @Test
  void threeAugmentAlwaysDoesOneOfThree() {
    byte[] grey = Enhance.grey(picture).rgb();
    byte[] solarized = Tones.solarize(picture, 128).rgb();
    int[] counts = new int[3];
    for (int i = 0; i < 3000; i++) {
      byte[] rgb = new ThreeAugment().apply(picture, Draws.of(i, "augment")).rgb();
      boolean isGrey = java.util.Arrays.equals(rgb, grey);
      boolean isSolarized = java.util.Arrays.equals(rgb, solarized);
      counts[isGrey ? 0 : isSolarized ? 1 : 2]++;
    }
    assertThat(counts[0]).isBetween(900, 1100);
    assertThat(counts[1]).isBetween(900, 1100);
  }
}
