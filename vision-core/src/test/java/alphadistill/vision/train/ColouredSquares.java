package alphadistill.vision.train;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageBatch;
import alphadistill.engine.Teacher;
import alphadistill.vision.images.ImageSet;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Square pictures of noisy pixels whose class is their strongest colour: easy, and a teacher that reads the colour is
 * never wrong.
 */
record ColouredSquares(int size, long seed, int side) implements ImageSet {

  /** Of 8 x 8 pixels. */
  ColouredSquares(int size, long seed) {
    this(size, seed, 8);
  }

  @Override
  public List<String> classes() {
    return List.of("red", "green", "blue");
  }

  @Override
  public int label(int index) {
    return index % 3;
  }

  @Override
  public String origin(int index) {
    return "square " + index;
  }

  @Override
  public Image image(int index) {
    Draws draws = Draws.of(seed, "square", index);
    byte[] rgb = new byte[side * side * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (draws.below(200) + (i % 3 == label(index) ? 50 : 0));
    }
    return new Image(side, side, rgb);
  }

  /** Ten times the mean of each channel as logit: sure of itself. */
  static Teacher<ImageBatch> teacher() {
    return batch -> {
      float[][] logits = new float[batch.samples()][3];
      int plane = batch.height() * batch.width();
      for (int n = 0; n < logits.length; n++) {
        for (int i = 0; i < 3 * plane; i++) {
          logits[n][i / plane] += 10 * batch.pixels()[n * 3 * plane + i] / plane;
        }
      }
      return Nd4j.createFromArray(logits);
    };
  }
}
