package alphadistill.vision.deit;

import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.layer.DistilledTransformer;
import alphadistill.engine.layer.LayerTokens;
import alphadistill.engine.layer.PatchEmbedding;
import alphadistill.engine.layer.Weights;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An image transformer: the engine's distilled transformer on patches. Pictures are normalised pixels (N, 3, H, W) of
 * the kernels' type, C order.
 *
 * <pre>{@code
 * Deit deit = Deit.create(new CpuKernels(2), DeitPreset.TINY.spec().distilled(), 1);
 * INDArray logits = deit.logits(images, HeadCombination.MEAN_OF_LOGITS);   // (N, 1000)
 * }</pre>
 *
 * <p>Pictures of another shape are refused. Serves one calling thread at a time.
 */
public final class Deit implements Network {
  private final DeitSpec spec;
  private final DistilledTransformer body;

  private Deit(Kernels kernels, DeitSpec spec, Weights weights) {
    this.spec = spec;
    this.body = new DistilledTransformer(
        kernels,
        spec.body(),
        PatchEmbedding.of(spec.imageSize(), spec.imageSize(), spec.patch()),
        weights);
  }

  /** A network with the reference's initial values. */
  public static Deit create(Kernels kernels, DeitSpec spec, long seed) {
    return new Deit(kernels, spec, new Weights(kernels, seed));
  }

  /** A network of zeros, whose values are loaded. */
  public static Deit empty(Kernels kernels, DeitSpec spec) {
    return new Deit(kernels, spec, Weights.zeros(kernels));
  }

  public DeitSpec spec() {
    return spec;
  }

  /** The network behind the front door. */
  public DistilledTransformer body() {
    return body;
  }

  @Override
  public Heads forward(INDArray images, Pass pass) {
    return body.forward(images, pass);
  }

  @Override
  public void backward(Heads heads, INDArray classGradient, INDArray distGradient) {
    body.backward(heads, classGradient, distGradient);
  }

  @Override
  public List<Parameter> parameters() {
    return body.parameters();
  }

  /** One answer for each picture (N, C), in evaluation. */
  public INDArray logits(INDArray images, HeadCombination combination) {
    return combination.of(body.forward(images, Pass.EVALUATION));
  }

  /** What every layer says of the pictures, in evaluation. */
  public LayerTokens layers(INDArray images) {
    return body.layers(images);
  }
}
