package alphadistill.augment.image.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.Pictures;
import alphadistill.augment.image.pillow.Box;
import alphadistill.augment.image.pillow.Colour;
import alphadistill.augment.image.pillow.Cuts;
import alphadistill.augment.image.pillow.Resample;
import alphadistill.augment.image.pillow.Resize;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CropsPropertyTest {

  @Property(tries = 300)
  void aResizedCropLiesInsideAndHasItsAreaAndShape(
      @ForAll @IntRange(min = 60, max = 400) int width,
      @ForAll @IntRange(min = 60, max = 400) int height,
      @ForAll long seed) {
    Box box = RandomResizedCrop.deit(224).box(width, height, Draws.of(seed, "crop"));

    assertThat(box.left() + box.width()).isLessThanOrEqualTo(width);
    assertThat(box.top() + box.height()).isLessThanOrEqualTo(height);
    double rounding = 0.5 * (box.width() + box.height()) + 0.25;
    double area = (double) box.width() * box.height();
    assertThat(area + rounding).isGreaterThan(0.08 * width * height);
    double halves = 0.5 / box.width() + 0.5 / box.height();
    assertThat(Math.log((double) box.width() / box.height()))
        .isBetween(Math.log(0.75) - 1.2 * halves, Math.log(4 / 3.0) + 1.2 * halves);
  }

  @Property(tries = 100)
  void everyCropGivesASquareOfItsSizeFromAnyPicture(
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 48) int size,
      @ForAll long seed) {
    Image picture = Pictures.noise(width, height, seed);
    Draws draws = Draws.of(seed, "crop");

    assertThat(side(RandomResizedCrop.deit(size).apply(picture, draws))).isEqualTo(size);
    assertThat(side(new SimpleRandomCrop(size).apply(picture, draws))).isEqualTo(size);
    assertThat(side(new EvaluationCrop(size, 0.875).apply(picture, draws))).isEqualTo(size);
  }

  private static int side(Image square) {
    assertThat(square.width()).isEqualTo(square.height());
    return square.width();
  }

  @Example
  void areasOfResizedCropsAreUniform() {
    double mean = IntStream.range(0, 4000)
        .mapToObj(i -> RandomResizedCrop.deit(224).box(400, 400, Draws.of(5, "crop", i)))
        .mapToDouble(box -> box.width() * box.height() / 160_000.0)
        .average()
        .orElseThrow();

    // U(0.08, 1) has mean 0.54; large and long boxes are drawn again, which takes a little from the
    // upper end
    assertThat(mean).isCloseTo(0.51, within(0.03));
  }

  @Example
  void aPictureInWhichNoBoxFitsShowsItsMiddle() {
    RandomResizedCrop whole = new RandomResizedCrop(8, 1, 1, 3 / 4.0, 4 / 3.0, Resample.BICUBIC);

    assertThat(whole.box(100, 30, Draws.of(1, "crop"))).isEqualTo(new Box(30, 0, 40, 30));
    assertThat(whole.box(30, 100, Draws.of(1, "crop"))).isEqualTo(new Box(0, 30, 30, 40));
    assertThat(whole.box(1, 1, Draws.of(1, "crop"))).isEqualTo(new Box(0, 0, 1, 1));
  }

  @Example
  void aSmallCropReachesEveryPlaceOfTheBorderedPicture() {
    Image picture = Pictures.noise(6, 6, 3);
    Image padded = Cuts.pad(picture, 4, Colour.BLACK);
    boolean[][] seen = new boolean[9][9];
    for (int i = 0; i < 2000; i++) {
      Image crop = RandomCrop.small(6).apply(picture, Draws.of(i, "crop"));
      for (int top = 0; top < 9; top++) {
        for (int left = 0; left < 9; left++) {
          Image place = Cuts.crop(padded, new Box(left, top, 6, 6));
          seen[top][left] |= java.util.Arrays.equals(crop.rgb(), place.rgb());
        }
      }
    }
    assertThat(seen).isDeepEqualTo(allTrue());
  }

  private static boolean[][] allTrue() {
    boolean[][] all = new boolean[9][9];
    for (boolean[] row : all) {
      java.util.Arrays.fill(row, true);
    }
    return all;
  }

  @Example
  void anEvaluatedPictureIsTheMiddleOfItsShorterSide() {
    Image wide = Pictures.noise(100, 60, 1);
    Image resized = Resize.whole(wide, 121, 73, Resample.BICUBIC); // int(64 / 0.875) = 73

    assertThat(new EvaluationCrop(64, 0.875).apply(wide).rgb())
        .isEqualTo(Cuts.crop(resized, new Box(28, 4, 64, 64)).rgb());
  }

  @Example
  void aSmallPictureIsEvaluatedAsItIs() {
    Image small = Pictures.noise(32, 32, 1);

    assertThat(new EvaluationCrop(32, 0.875).apply(small)).isSameAs(small);
  }

  @Example
  void refusesACropThatDoesNotFit() {
    assertThatThrownBy(
            () -> RandomCrop.small(32).apply(Pictures.noise(40, 20, 1), Draws.of(1, "crop")))
        .hasMessage(
            "a crop of 32 x 32 does not fit into a picture of 40 x 20 with a border of 4; use a resized crop");
    assertThatThrownBy(() -> new RandomResizedCrop(8, 0, 1, 1, 1, Resample.BICUBIC))
        .hasMessageContaining("0 < least <= largest <= 1, were 0.0 and 1.0");
    assertThatThrownBy(() -> new EvaluationCrop(8, 1.5))
        .hasMessage("the ratio of a crop is in (0, 1], was 1.5");
  }
}
