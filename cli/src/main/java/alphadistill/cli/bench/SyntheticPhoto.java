package alphadistill.cli.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files like photos of 500 x 375 in what costs a decoder time: about 45 KB, smooth areas, edges and grain. */
final class SyntheticPhoto {
  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final int SHAPES = 40;
  private static final float QUALITY = 0.85f;

  private SyntheticPhoto() {}

  static byte[] jpeg(long seed) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture(new Random(seed)), null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage picture(Random random) {
    double[][] shapes = new double[SHAPES][];
    for (int i = 0; i < SHAPES; i++) {
      double radius = 10 + 90 * random.nextDouble();
      shapes[i] = new double[] {
        WIDTH * random.nextDouble(),
        HEIGHT * random.nextDouble(),
        radius * radius,
        255 * random.nextDouble(),
        255 * random.nextDouble(),
        255 * random.nextDouble()
      };
    }
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double[] top = {0, 0, 1, 120 + 0.2 * x, 140 - 0.1 * y, 100};
        for (double[] shape : shapes) {
          double dx = x - shape[0];
          double dy = y - shape[1];
          top = dx * dx + dy * dy < shape[2] ? shape : top;
        }
        double shade = 0.7 + 0.3 * Math.sin(x * 0.05 + y * 0.03);
        double grain = 7 * random.nextGaussian();
        picture.setRGB(
            x,
            y,
            colour(top[3] * shade + grain) << 16
                | colour(top[4] * shade + grain) << 8
                | colour(top[5] * shade + grain));
      }
    }
    return picture;
  }

  private static int colour(double value) {
    return (int) Math.max(0, Math.min(255, value));
  }
}
