package alphadistill.engine.layer;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tokens of an image (N, 3, H, W): every square patch becomes a token by one linear map, a convolution whose kernel is
 * its stride (vision.md section 1). Patches are taken row by row; the weight has the convolution's shape (D, 3, p, p).
 */
public final class PatchEmbedding implements Embedding {
  private static final int CHANNELS = 3;

  private final Kernels kernels;
  private final Scratch scratch;
  private final Linear projection;
  private final int height;
  private final int width;
  private final int patch;

  private PatchEmbedding(
      Kernels kernels,
      Scratch scratch,
      Weights weights,
      int channels,
      int height,
      int width,
      int patch) {
    int numbers = CHANNELS * patch * patch; // in a patch
    double bound = 1 / Math.sqrt(numbers); // the convolution's default: the reference leaves it
    Parameter weight =
        weights.uniform("patch_embed.proj.weight", bound, true, channels, CHANNELS, patch, patch);
    Parameter bias = weights.uniform("patch_embed.proj.bias", bound, false, channels);
    this.kernels = kernels;
    this.scratch = scratch;
    this.projection = new Linear(kernels, asRows(weight, numbers), bias);
    this.height = height;
    this.width = width;
    this.patch = patch;
  }

  /**
   * @param height of the images in pixels, a multiple of the patch
   * @param width of the images in pixels, a multiple of the patch
   * @param patch side of a patch in pixels
   */
  public static Factory of(int height, int width, int patch) {
    if (patch < 1 || height < patch || width < patch || height % patch + width % patch > 0) {
      throw new IllegalArgumentException(
          "a patch of %d pixels does not divide images of %d x %d".formatted(patch, height, width));
    }
    return (kernels, scratch, weights, channels) ->
        new PatchEmbedding(kernels, scratch, weights, channels, height, width, patch);
  }

  /** The same memory as a matrix: one row of the weight for each output. */
  private static Parameter asRows(Parameter weight, int numbers) {
    long outputs = weight.value().size(0);
    return new Parameter(
        weight.name(),
        weight.value().reshape('c', outputs, numbers),
        weight.gradient().reshape('c', outputs, numbers),
        weight.decayed());
  }

  @Override
  public int patches() {
    return height / patch * (width / patch);
  }

  @Override
  public int samples(INDArray input) {
    long[] one = {CHANNELS, height, width};
    if (input.rank() != 4 || !Arrays.equals(Arrays.copyOfRange(input.shape(), 1, 4), one)) {
      throw new IllegalArgumentException("images must have the shape (N, %d, %d, %d), had %s"
          .formatted(CHANNELS, height, width, Arrays.toString(input.shape())));
    }
    return (int) input.size(0);
  }

  @Override
  public INDArray forward(INDArray input) {
    INDArray patches = scratch.take(input.size(0) * patches(), projection.outputs());
    projection.forward(rows(input), patches);
    return patches;
  }

  /** Cuts the images again, which costs less than keeping the patches through the pass. */
  @Override
  public void backward(INDArray dpatches, INDArray input) {
    projection.backward(dpatches, rows(input), null);
  }

  private INDArray rows(INDArray input) {
    INDArray rows = scratch.take(input.size(0) * patches(), (long) CHANNELS * patch * patch);
    kernels.cutPatches(input, patch, rows);
    return rows;
  }
}
