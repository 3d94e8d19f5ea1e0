package alphadistill.vision.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import alphadistill.vision.cnn.PixelConvention;
import org.junit.jupiter.api.Test;

class TeacherPixelsTest {
  /** Two pictures of 1 x 2 pixels, in planes of red, green and blue, as shares of white. */
  private static final float[] SHARES = {
    0, 1, 0.25f, 0.5f, 0.75f, 1, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f
  };

  private static ImageBatch batch(Normalisation normalisation) {
    float[] pixels = new float[SHARES.length];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / 2 % 3;
      pixels[i] = (float)
          ((SHARES[i] - normalisation.mean()[channel]) / normalisation.deviation()[channel]);
    }
    return ImageBatch.plain(1, 2, pixels, normalisation, new int[2]);
  }

  private static float[] read(
      PixelConvention convention, TeacherPixels.Layout layout, int first, int count) {
    return new TeacherPixels(convention, layout).of(batch(Normalisation.IMAGENET), first, count);
  }

  @Test
  void theStudentsNormalisationIsUndone() {
    float[] bytes = read(PixelConvention.range(255, 3), TeacherPixels.Layout.CHANNEL_FIRST, 0, 2);
    for (int i = 0; i < SHARES.length; i++) {
      assertThat(bytes[i]).isCloseTo(255 * SHARES[i], within(1e-4f));
    }
  }

  @Test
  void channelsCanBeBesideEachOther() {
    float[] shares = read(PixelConvention.range(1, 3), TeacherPixels.Layout.CHANNEL_LAST, 1, 1);
    float[] expected = {0.1f, 0.3f, 0.5f, 0.2f, 0.4f, 0.6f};
    assertThat(shares).containsExactly(expected, within(1e-6f));
  }

  @Test
  void theTeachersNormalisationIsApplied() {
    PixelConvention own =
        new PixelConvention(255, new double[] {100, 0, 50}, new double[] {2, 4, 5});
    float[] pixels = read(own, TeacherPixels.Layout.CHANNEL_LAST, 0, 1);
    float[] expected = {-50, 255 * 0.25f / 4, (255 * 0.75f - 50) / 5, 77.5f, 31.875f, 41};
    assertThat(pixels).containsExactly(expected, within(1e-4f));
  }

  @Test
  void aGreyTeacherReadsTheLuminance() {
    float[] grey = read(PixelConvention.range(1, 1), TeacherPixels.Layout.CHANNEL_FIRST, 0, 2);
    float[] expected = {
      0.587f * 0.25f + 0.114f * 0.75f,
      0.299f + 0.587f * 0.5f + 0.114f,
      0.299f * 0.1f + 0.587f * 0.3f + 0.114f * 0.5f,
      0.299f * 0.2f + 0.587f * 0.4f + 0.114f * 0.6f
    };
    assertThat(grey).containsExactly(expected, within(1e-6f));
  }
}
