package alphadistill.augment.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NormalisationTest {

  @Test
  void channelsAreSplitAndScaled() {
    Image image = new Image(2, 1, new byte[] {0, 51, (byte) 255, 102, 0, 0});
    float[] pixels = new float[7];

    new Normalisation(new double[] {0.5, 0, 0.25}, new double[] {0.5, 0.1, 1})
        .write(image, pixels, 1);

    assertThat(pixels).containsExactly(0f, -1f, -0.2f, 2f, 0f, 0.75f, -0.25f);
  }

  @Test
  void refusesADeviationOfZero() {
    assertThatThrownBy(() -> new Normalisation(new double[3], new double[] {1, 0, 1}))
        .hasMessage("a deviation must be positive, was 0.0");
  }

  @Test
  void refusesAnImageWithTooFewBytes() {
    assertThatThrownBy(() -> new Image(2, 2, new byte[11]))
        .hasMessage("an image of 2 x 2 needs 12 bytes, had 11");
  }
}
