package alphadistill.vision.teacher;

import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import alphadistill.engine.checkpoint.SafeTensors;

/** Batches of pictures for the tests of teachers. */
final class Batches {
  private Batches() {}

  /** The bytes beside reference logits, grey or colour, as a student's batch. */
  static ImageBatch ofReference(SafeTensors reference, Normalisation normalisation) {
    String name = reference.names().stream()
        .filter(n -> n.startsWith("images_u8"))
        .findFirst()
        .orElseThrow();
    long[] shape = reference.shape(name);
    int samples = (int) shape[0];
    int height = (int) shape[1];
    int width = (int) shape[2];
    int channels = shape.length == 4 ? (int) shape[3] : 1;
    double[] bytes = reference.doubles(name);
    int plane = height * width;
    float[] pixels = new float[samples * 3 * plane];
    for (int n = 0; n < samples; n++) {
      byte[] rgb = new byte[3 * plane];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) bytes[(n * plane + i / 3) * channels + i % 3 % channels];
      }
      normalisation.write(new Image(width, height, rgb), pixels, n * 3 * plane);
    }
    long[] given = reference.longs("labels");
    int[] labels = new int[samples];
    for (int n = 0; n < samples; n++) {
      labels[n] = (int) given[n];
    }
    return ImageBatch.plain(height, width, pixels, normalisation, labels);
  }

  /** Pictures of one colour each: sample n is (10 n, 20 n, 30 n). */
  static ImageBatch plainColours(int samples, int height, int width, Normalisation normalisation) {
    float[] pixels = new float[samples * 3 * height * width];
    for (int n = 0; n < samples; n++) {
      byte[] rgb = new byte[3 * height * width];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) (10 * n * (i % 3 + 1));
      }
      normalisation.write(new Image(width, height, rgb), pixels, n * rgb.length);
    }
    return ImageBatch.plain(height, width, pixels, normalisation, new int[samples]);
  }
}
