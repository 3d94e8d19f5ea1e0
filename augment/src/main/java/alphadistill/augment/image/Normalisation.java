package alphadistill.augment.image;

/**
 * How bytes become what a network reads: {@code (byte / 255 - mean) / deviation} of each channel.
 *
 * @param mean of red, green and blue, in [0, 1]
 * @param deviation of red, green and blue, positive
 */
public record Normalisation(double[] mean, double[] deviation) {
  /** The values of ImageNet, which DeiT uses (vision.md section 3). */
  public static final Normalisation IMAGENET =
      new Normalisation(new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225});

  /** Bytes over 255 and nothing else. */
  public static final Normalisation NONE =
      new Normalisation(new double[] {0, 0, 0}, new double[] {1, 1, 1});

  public Normalisation {
    if (mean.length != 3 || deviation.length != 3) {
      throw new IllegalArgumentException("mean and deviation need three channels, had %d and %d"
          .formatted(mean.length, deviation.length));
    }
    for (double d : deviation) {
      if (!(d > 0)) {
        throw new IllegalArgumentException("a deviation must be positive, was " + d);
      }
    }
    mean = mean.clone();
    deviation = deviation.clone();
  }

  /** Writes an image as channels, rows, columns (3, H, W) from {@code offset} on. */
  public void write(Image image, float[] pixels, int offset) {
    int plane = image.width() * image.height();
    byte[] rgb = image.rgb();
    for (int channel = 0; channel < 3; channel++) {
      float[] value = new float[256];
      for (int b = 0; b < 256; b++) {
        value[b] = (float) ((b / 255.0 - mean[channel]) / deviation[channel]);
      }
      int at = offset + channel * plane;
      for (int i = 0, from = channel; i < plane; i++, from += 3) {
        pixels[at + i] = value[rgb[from] & 0xFF];
      }
    }
  }
}
