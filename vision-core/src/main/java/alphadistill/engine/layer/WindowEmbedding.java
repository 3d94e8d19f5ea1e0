package alphadistill.engine.layer;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tokens of a window: every patch of F numbers becomes a token by one linear map, as an image patch does. Input (N, P,
 * F); named {@code patch_embed.proj} as in the reference.
 */
public final class WindowEmbedding implements Embedding {
  private final Scratch scratch;
  private final Linear projection;
  private final int patches;
  private final int features;

  private WindowEmbedding(
      Kernels kernels, Scratch scratch, Weights weights, int width, int patches, int features) {
    double bound = 1 / Math.sqrt(features);
    Parameter weight = weights.uniform("patch_embed.proj.weight", bound, true, width, features);
    Parameter bias = weights.uniform("patch_embed.proj.bias", bound, false, width);
    this.scratch = scratch;
    this.projection = new Linear(kernels, weight, bias);
    this.patches = patches;
    this.features = features;
  }

  /** @param features numbers in a patch, F */
  public static Factory of(int patches, int features) {
    return (kernels, scratch, weights, width) ->
        new WindowEmbedding(kernels, scratch, weights, width, patches, features);
  }

  @Override
  public int patches() {
    return patches;
  }

  @Override
  public int samples(INDArray input) {
    if (input.rank() != 3 || input.size(1) != patches || input.size(2) != features) {
      throw new IllegalArgumentException("windows must have the shape (N, %d, %d), had %s"
          .formatted(patches, features, java.util.Arrays.toString(input.shape())));
    }
    return (int) input.size(0);
  }

  @Override
  public INDArray forward(INDArray input) {
    INDArray tokens = scratch.take(input.size(0) * patches, projection.outputs());
    projection.forward(rows(input), tokens);
    return tokens;
  }

  @Override
  public void backward(INDArray dpatches, INDArray input) {
    projection.backward(dpatches, rows(input), null);
  }

  private INDArray rows(INDArray input) {
    return input.reshape('c', input.size(0) * patches, features);
  }
}
