package alphadistill.augment.image.pillow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.Pictures;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What must hold for pictures of every size. */
class PillowPropertyTest {

  @Property(tries = 200)
  void aPictureOfOneColourStaysOneAtEverySize(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 60) int newWidth,
      @ForAll @IntRange(min = 1, max = 60) int newHeight,
      @ForAll Resample resample,
      @ForAll @IntRange(max = 255) int colour) {
    Image plain = plain(width, height, colour);

    Image resized = Resize.whole(plain, newWidth, newHeight, resample);

    assertThat(resized.width()).isEqualTo(newWidth);
    assertThat(resized.rgb()).isEqualTo(plain(newWidth, newHeight, colour).rgb());
  }

  @Property(tries = 200)
  void aBoxIsResizedAsIfItHadBeenCutOut(
      @ForAll long seed,
      @ForAll Resample resample,
      @ForAll @IntRange(min = 1, max = 50) int newWidth,
      @ForAll @IntRange(min = 1, max = 50) int newHeight) {
    Draws draws = Draws.of(seed, "box");
    Image picture = Pictures.noise(1 + draws.below(40), 1 + draws.below(40), seed);
    int left = draws.below(picture.width());
    int top = draws.below(picture.height());
    Box box = new Box(
        left,
        top,
        1 + draws.below(picture.width() - left),
        1 + draws.below(picture.height() - top));

    Image cutOut = Cuts.crop(picture, box);
    assertThat(Resize.box(picture, box, newWidth, newHeight, resample).rgb())
        .isEqualTo(Resize.whole(cutOut, newWidth, newHeight, resample).rgb());
  }

  @Property(tries = 100)
  void flippingAndInvertingTwiceGiveThePictureBack(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height) {
    Image picture = Pictures.noise(width, height, seed);

    assertThat(Cuts.flip(Cuts.flip(picture)).rgb()).isEqualTo(picture.rgb());
    assertThat(Tones.invert(Tones.invert(picture)).rgb()).isEqualTo(picture.rgb());
  }

  @Property(tries = 100)
  void whatChangesNothingGivesThePictureBack(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height) {
    Image picture = Pictures.noise(width, height, seed);
    byte[] rgb = picture.rgb();

    assertThat(Enhance.sharpness(picture, 1).rgb()).isEqualTo(rgb);
    assertThat(Enhance.colour(picture, 1).rgb()).isEqualTo(rgb);
    assertThat(Tones.solarize(picture, 256).rgb()).isEqualTo(rgb);
    assertThat(Tones.posterize(picture, 8).rgb()).isEqualTo(rgb);
    assertThat(Blur.gaussian(picture, 0).rgb()).isEqualTo(rgb);
    for (Resample resample :
        new Resample[] {Resample.NEAREST, Resample.BILINEAR, Resample.BICUBIC}) {
      assertThat(AffineMap.rotation(360, width, height)
              .apply(picture, resample, Colour.BLACK)
              .rgb())
          .isEqualTo(rgb);
    }
  }

  @Property(tries = 100)
  void aBlurOfOneColourChangesNothing(
      @ForAll @IntRange(max = 255) int colour,
      @ForAll @DoubleRange(min = 0, max = 12) double radius) {
    Image plain = plain(7, 5, colour);

    assertThat(Blur.gaussian(plain, radius).rgb()).isEqualTo(plain.rgb());
  }

  @Example
  void refusesABoxThatReachesOut() {
    assertThatThrownBy(
            () -> Resize.box(plain(10, 8, 0), new Box(4, 0, 7, 8), 5, 5, Resample.BICUBIC))
        .hasMessage("a box of 7 x 8 at column 4, row 0 does not lie inside a picture of 10 x 8");
    assertThatThrownBy(() -> new Box(0, 0, 0, 3))
        .hasMessageContaining("holds a pixel; was 0 x 3 at column 0, row 0");
  }

  @Example
  void refusesNumbersWithoutAMeaning() {
    Image picture = plain(3, 3, 9);
    assertThatThrownBy(() -> Tones.posterize(picture, 9))
        .hasMessage("a colour has 0 to 8 bits, was to keep 9");
    assertThatThrownBy(() -> Blur.gaussian(picture, Double.NaN))
        .hasMessage("the radius of a blur cannot be negative, was NaN");
    assertThatThrownBy(() -> new Colour(0, 256, 0))
        .hasMessage("colours are in [0, 255], were 0, 256, 0");
    assertThatThrownBy(() -> Resize.whole(picture, 0, 4, Resample.BOX))
        .hasMessage("a picture has at least one pixel, was to become 0 x 4");
    assertThatThrownBy(() -> AffineMap.shearX(0.1).apply(picture, Resample.BOX, Colour.BLACK))
        .hasMessage("a point is read nearest, bilinear or bicubic, was to be BOX");
  }

  private static Image plain(int width, int height, int colour) {
    byte[] rgb = new byte[3 * width * height];
    java.util.Arrays.fill(rgb, (byte) colour);
    return new Image(width, height, rgb);
  }
}
