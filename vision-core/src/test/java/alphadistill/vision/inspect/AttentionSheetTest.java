package alphadistill.vision.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.Normalisation;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.layer.LayerTokens;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitSpec;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class AttentionSheetTest {
  private static final int SIDE = 12;

  @Test
  void hasARowForEachTokenAndAColumnForPictureBlocksAndRollout() {
    DeitSpec spec = new DeitSpec(DeitSpec.Family.DISTILLED, SIDE, 4, 24, 3, 3, 7, 0);
    Deit deit = Deit.create(new CpuKernels(1), spec, 5);
    Image picture = picture();
    float[] pixels = new float[2 * 3 * SIDE * SIDE];
    Normalisation.IMAGENET.write(picture, pixels, 3 * SIDE * SIDE); // the second of the pass
    LayerTokens layers = deit.layers(Nd4j.createFromArray(pixels).reshape(2, 3, SIDE, SIDE));

    Image sheet = AttentionSheet.of(layers, spec, 1, picture, 2);

    assertThat(sheet.width()).isEqualTo(5 * 2 * SIDE + 4 * 4);
    assertThat(sheet.height()).isEqualTo(2 * 2 * SIDE + 4);
    assertSame(sheet, 0, 0, Drawing.enlarged(picture, 2));
    AttentionMaps maps = new AttentionMaps(layers.attention(), 2, 3, 3);
    assertSame(sheet, 3, 1, Drawing.overlay(picture, maps.block(2, 1, 1), 2));
    assertSame(sheet, 4, 0, Drawing.overlay(picture, maps.rollout(1, 0), 2));
    double sum = 0;
    for (double share : maps.block(2, 1, 1).values()) {
      sum += share;
    }
    assertThat(sum).isBetween(0.0, 1.0); // the rest goes to the two special tokens
  }

  private static void assertSame(Image sheet, int column, int row, Image tile) {
    int left = column * (tile.width() + 4);
    int top = row * (tile.height() + 4);
    for (int y = 0; y < tile.height(); y++) {
      for (int x = 0; x < tile.width(); x++) {
        for (int channel = 0; channel < 3; channel++) {
          assertThat(sheet.at(left + x, top + y, channel)).isEqualTo(tile.at(x, y, channel));
        }
      }
    }
  }

  private static Image picture() {
    Draws draws = Draws.of(1, "picture");
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) draws.below(256);
    }
    return new Image(SIDE, SIDE, rgb);
  }
}
