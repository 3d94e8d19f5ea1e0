package alphadistill.vision.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.image.Image;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PositionSimilarityTest {
  /** A class token, then 1 x 3 patches: right, up, left. */
  private static final INDArray POSITIONS =
      Nd4j.createFromArray(new double[][][] {{{7, 7}, {2, 0}, {0, 3}, {-1, 0}}});

  @Test
  void comparesEachPositionWithAllOthers() {
    PositionSimilarity similarity = new PositionSimilarity(POSITIONS, 1, 1, 3);

    assertThat(similarity.of(0).values()).containsExactly(new double[] {1, 0, -1}, within(1e-12));
    assertThat(similarity.of(1).values()).containsExactly(new double[] {0, 1, 0}, within(1e-12));
  }

  @Test
  void itsPictureHasAMapForEachPatchAtThePatchsPlace() {
    Image picture = new PositionSimilarity(POSITIONS, 1, 1, 3).picture(2);

    assertThat(picture.width()).isEqualTo(3 * 6 + 2 * 2);
    assertThat(picture.height()).isEqualTo(2);
    int brightest = brightness(picture, 0, 0);
    int darkest = brightness(picture, 5, 1);
    assertThat(brightness(picture, 2 + 6 + 2, 0)).isEqualTo(brightest); // the second with itself
    assertThat(brightness(picture, 3, 0)).isBetween(darkest + 1, brightest - 1);
    assertThat(brightness(picture, 6, 0)).isEqualTo(3 * 255); // between maps
  }

  @Test
  void refusesPositionsOfAnotherGrid() {
    assertThatThrownBy(() -> new PositionSimilarity(POSITIONS, 2, 1, 3))
        .hasMessage(
            "positions of 2 special tokens and 1 x 3 patches have the shape (1, 5, D), had [1, 4, 2]");
  }

  private static int brightness(Image picture, int x, int y) {
    return picture.at(x, y, 0) + picture.at(x, y, 1) + picture.at(x, y, 2);
  }
}
