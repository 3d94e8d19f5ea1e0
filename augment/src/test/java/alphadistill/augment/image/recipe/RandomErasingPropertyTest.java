package alphadistill.augment.image.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.Draws;
import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RandomErasingPropertyTest {
  private static final float KEPT = 7;

  @Property(tries = 200)
  void exactlyOneBoxOfAnAllowedAreaIsErasedInAllChannels(
      @ForAll long seed,
      @ForAll @IntRange(min = 16, max = 40) int height,
      @ForAll @IntRange(min = 16, max = 40) int width,
      @ForAll RandomErasing.Fill fill) {
    float[] pixels = kept(height * width);
    always(fill).erase(pixels, 1, height, width, Draws.of(seed, "erasing"));

    int top = height;
    int bottom = -1;
    int left = width;
    int right = -1;
    int erased = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (pixels[1 + y * width + x] != KEPT) {
          erased++;
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
          left = Math.min(left, x);
          right = Math.max(right, x);
        }
      }
    }
    assertThat(erased).isEqualTo((bottom - top + 1) * (right - left + 1));
    double rounding = 0.5 * (bottom - top + right - left + 2) + 0.25;
    assertThat((double) erased)
        .isBetween(0.02 * height * width - rounding, height * width / 3.0 + rounding);
    for (int i = 0; i < height * width; i++) {
      boolean gone = pixels[1 + i] != KEPT;
      assertThat(pixels[1 + height * width + i] != KEPT).isEqualTo(gone);
      assertThat(pixels[1 + 2 * height * width + i] != KEPT).isEqualTo(gone);
    }
    assertThat(pixels[0]).isEqualTo(KEPT);
    assertThat(pixels[pixels.length - 1]).isEqualTo(KEPT);
  }

  @Example
  void eachFillLooksAsItsNameSays() {
    assertThat(erasedValues(RandomErasing.Fill.CONST)).containsOnly(0f);
    assertThat(distinct(erasedValues(RandomErasing.Fill.RAND))).isEqualTo(1);
    float[] noise = erasedValues(RandomErasing.Fill.PIXEL);
    assertThat(distinct(noise)).isEqualTo(noise.length);
    double square = 0;
    for (float value : noise) {
      square += value * value;
    }
    assertThat(square / noise.length).isCloseTo(1, within(0.15));
  }

  private static float[] erasedValues(RandomErasing.Fill fill) {
    float[] pixels = kept(64 * 64);
    always(fill).erase(pixels, 1, 64, 64, Draws.of(4, "erasing"));
    float[] erased = new float[64 * 64];
    int n = 0;
    for (int i = 1; i <= 64 * 64; i++) {
      if (pixels[i] != KEPT) {
        erased[n++] = pixels[i];
      }
    }
    return Arrays.copyOf(erased, n);
  }

  private static long distinct(float[] values) {
    return java.util.stream.IntStream.range(0, values.length)
        .mapToObj(i -> values[i])
        .distinct()
        .count();
  }

  @Example
  void aQuarterOfABatchIsErasedAndTheInputStays() {
    int samples = 2000;
    float[] pixels = new float[samples * 3 * 8 * 8];
    Arrays.fill(pixels, KEPT);
    ImageBatch batch = ImageBatch.plain(8, 8, pixels, Normalisation.NONE, new int[samples]);

    ImageBatch erased = RandomErasing.DEIT.apply(batch, Draws.of(1, "erasing", 0));

    int changed = 0;
    for (int n = 0; n < samples; n++) {
      for (int i = 0; i < 64; i++) {
        if (erased.pixels()[n * 192 + i] != KEPT) {
          changed++;
          break;
        }
      }
    }
    assertThat(changed / (double) samples).isCloseTo(0.25, within(0.03));
    for (float value : pixels) {
      assertThat(value).isEqualTo(KEPT);
    }
    assertThat(RandomErasing.NONE.apply(batch, Draws.of(1, "erasing"))).isSameAs(batch);
  }

  @Example
  void aPictureTooSmallForAnyBoxStays() {
    float[] pixels = kept(1);
    for (int i = 0; i < 50; i++) {
      always(RandomErasing.Fill.PIXEL).erase(pixels, 1, 1, 1, Draws.of(i, "erasing"));
    }
    assertThat(pixels).containsOnly(KEPT);
  }

  @Example
  void refusesSharesThatAreNone() {
    assertThatThrownBy(() -> new RandomErasing(0.25, RandomErasing.Fill.PIXEL, 1, 0.5, 0.3, 0.3))
        .hasMessageContaining("0 < least <= largest <= 1, were 0.5 and 0.3");
    assertThatThrownBy(
            () -> new RandomErasing(Double.NaN, RandomErasing.Fill.PIXEL, 1, 0.02, 0.3, 0.3))
        .hasMessage("the probability of erasing is in [0, 1], was NaN");
  }

  private static RandomErasing always(RandomErasing.Fill fill) {
    return new RandomErasing(1, fill, 1, 0.02, 1 / 3.0, 0.3);
  }

  /** One number before and one after the picture, to see what is written outside. */
  private static float[] kept(int plane) {
    float[] pixels = new float[3 * plane + 2];
    Arrays.fill(pixels, KEPT);
    return pixels;
  }
}
