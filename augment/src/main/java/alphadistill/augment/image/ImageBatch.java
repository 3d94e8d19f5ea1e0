package alphadistill.augment.image;

/**
 * N pictures of one size as student and teacher see them. A transform returns a changed batch and leaves its input as it
 * was; arrays that it did not change may be shared.
 *
 * <p>Labels are kept as (label, partner, share), so that targets with smoothing are made in one place only.
 *
 * @param height H
 * @param width W
 * @param pixels normalised, row-major (N, 3, H, W)
 * @param normalisation how bytes became pixels; what a teacher needs to read them its own way
 * @param labels class of each sample (N)
 * @param partners class of the sample mixed in (N); the sample's own where nothing is mixed
 * @param shares share of the sample itself in its label (N), in [0, 1]: corrected for the box that was pasted
 */
public record ImageBatch(
    int height,
    int width,
    float[] pixels,
    Normalisation normalisation,
    int[] labels,
    int[] partners,
    double[] shares) {

  public ImageBatch {
    if (pixels.length != 3L * height * width * labels.length
        || partners.length != labels.length
        || shares.length != labels.length) {
      throw new IllegalArgumentException(
          "%d labels, %d partners, %d shares and %d values of %d x %d pixels do not belong together"
              .formatted(
                  labels.length, partners.length, shares.length, pixels.length, height, width));
    }
  }

  /** A batch in which nothing is mixed. */
  public static ImageBatch plain(
      int height, int width, float[] pixels, Normalisation normalisation, int[] labels) {
    double[] whole = new double[labels.length];
    java.util.Arrays.fill(whole, 1);
    return new ImageBatch(height, width, pixels, normalisation, labels, labels, whole);
  }

  /** N. */
  public int samples() {
    return labels.length;
  }
}
