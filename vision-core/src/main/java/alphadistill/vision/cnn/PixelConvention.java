package alphadistill.vision.cnn;

import alphadistill.augment.image.Normalisation;
import java.util.Arrays;

/**
 * What a network wants to read for a byte: {@code (byte / 255 * white - mean) / deviation} of each channel.
 *
 * @param white what the byte 255 is before mean and deviation: 255 for bytes as they are, 1 for shares
 * @param mean of each channel: three for red, green and blue, one for grey
 * @param deviation of each channel, positive
 */
public record PixelConvention(double white, double[] mean, double[] deviation) {

  /** Means and deviations of ImageNet, as timm's and torchvision's networks want. */
  public static final PixelConvention IMAGENET =
      new PixelConvention(1, Normalisation.IMAGENET.mean(), Normalisation.IMAGENET.deviation());

  public PixelConvention {
    if (!(white > 0)) {
      throw new IllegalArgumentException("white must be positive, was " + white);
    }
    if (mean.length != deviation.length || (mean.length != 1 && mean.length != 3)) {
      throw new IllegalArgumentException(
          "a network reads one grey or three colour channels, but has %d means and %d deviations"
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

  /** Numbers from 0 to {@code white} and nothing else. */
  public static PixelConvention range(double white, int channels) {
    double[] ones = new double[channels];
    Arrays.fill(ones, 1);
    return new PixelConvention(white, new double[channels], ones);
  }

  /** Channels of the pictures: 1 or 3. */
  public int channels() {
    return mean.length;
  }
}
