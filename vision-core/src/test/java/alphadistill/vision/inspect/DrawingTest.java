package alphadistill.vision.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.image.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingTest {
  @TempDir
  Path folder;

  @Test
  void aMapIsLinearBetweenTheCentresOfPatches() {
    PatchMap map = new PatchMap(2, 2, new double[] {0, 4, 8, 12});

    assertThat(map.at(0.25, 0.25)).isEqualTo(0);
    assertThat(map.at(0.75, 0.25)).isEqualTo(4);
    assertThat(map.at(0.5, 0.5)).isCloseTo(6, within(1e-12));
    assertThat(map.at(1, 0.75)).isEqualTo(12); // constant beyond the outer centres
    assertThat(map.at(0, 0.5)).isCloseTo(4, within(1e-12));
  }

  @Test
  void aMapIsStretchedToItsOwnRange() {
    assertThat(new PatchMap(1, 3, new double[] {2, 6, 4}).stretched().values())
        .containsExactly(0, 1, 0.5);
    assertThat(new PatchMap(1, 2, new double[] {3, 3}).stretched().values()).containsOnly(0);
    assertThatThrownBy(() -> new PatchMap(2, 2, new double[3]))
        .hasMessage("3 values do not fill 2 x 2 patches");
  }

  @Test
  void anOverlayIsBrighterWhereAttentionIsStronger() {
    Image grey = new Image(2, 1, new byte[] {100, 100, 100, 100, 100, 100});
    Image overlay = Drawing.overlay(grey, new PatchMap(1, 2, new double[] {0.1, 0.3}), 4);

    assertThat(overlay.width()).isEqualTo(8);
    assertThat(overlay.height()).isEqualTo(4);
    assertThat(overlay.at(7, 3, 1)).isEqualTo(Math.round(0.6f * 250 + 0.4f * 100));
    for (int x = 1; x < 8; x++) {
      assertThat(overlay.at(x, 0, 1)).isGreaterThanOrEqualTo(overlay.at(x - 1, 0, 1));
    }
  }

  @Test
  void tilesStandBesideAndBelowEachOther() {
    Image one = new Image(1, 1, new byte[] {1, 2, 3});
    Image two = new Image(1, 1, new byte[] {4, 5, 6});
    Image tiled = Drawing.tiled(List.of(List.of(one, two), List.of(two)), 1);

    assertThat(tiled.width()).isEqualTo(3);
    assertThat(tiled.at(2, 0, 0)).isEqualTo(4);
    assertThat(tiled.at(0, 2, 2)).isEqualTo(6);
    assertThat(tiled.at(2, 2, 0)).isEqualTo(255);
    assertThatThrownBy(() -> Drawing.tiled(List.of(List.of(one, Drawing.enlarged(one, 2))), 0))
        .hasMessage("tiles must have one size, had 1 x 1 and 2 x 2");
  }

  @Test
  void aPngHoldsThePictureToTheLastBit() throws IOException {
    Image picture = new Image(2, 2, new byte[] {-1, 0, 0, 0, -1, 0, 0, 0, -1, 1, 2, 127});
    Path file = folder.resolve("picture.png");
    PngFile.write(file, picture);

    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).isEqualTo(PngFile.bytes(picture));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes));
    for (int i = 0; i < 4; i++) {
      int rgb = read.getRGB(i % 2, i / 2);
      for (int channel = 0; channel < 3; channel++) {
        assertThat(rgb >> (16 - 8 * channel) & 0xFF).isEqualTo(picture.at(i % 2, i / 2, channel));
      }
    }
  }
}
