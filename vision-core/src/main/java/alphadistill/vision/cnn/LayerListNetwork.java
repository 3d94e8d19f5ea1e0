package alphadistill.vision.cnn;

import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.kernels.Convolutions;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.layer.Scratch;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolutional network with its weights, for answers only: dropped units are off and norms use their running
 * statistics. Norms are folded into the convolutions in double precision.
 *
 * <pre>{@code
 * LayerList list = Architecture.named("resnet50").layers(1000);
 * LayerListNetwork teacher = LayerListNetwork.load(list, weights, new CpuKernels(2));
 * INDArray logits = teacher.logits(pictures); // (N, 224, 224, 3) to (N, 1000)
 * }</pre>
 *
 * <p>Memory between layers is kept from call to call, so an instance serves one thread at a time.
 */
public final class LayerListNetwork {
  private final LayerList layers;
  private final LoadReport report;
  private final List<Step> steps;
  private final int[] memory;
  private final Scratch[] arrays;
  private final Convolutions convolutions;

  private LayerListNetwork(LayerList layers, NamedWeights weights, Kernels kernels) {
    StepPlan plan = new StepPlan(layers, weights, kernels);
    this.layers = layers;
    this.report = weights.report();
    this.steps = plan.steps();
    this.memory = plan.memory();
    this.arrays = new Scratch[Arrays.stream(memory).max().orElse(0) + 1];
    Arrays.setAll(arrays, i -> new Scratch(kernels));
    this.convolutions = kernels.convolutions();
  }

  /**
   * @param source tensors in timm's or torchvision's names
   * @throws alphadistill.engine.checkpoint.CheckpointException if tensors are missing or have other shapes; the message
   *     lists them beside those that the network has no place for
   */
  public static LayerListNetwork load(LayerList layers, TensorSource source, Kernels kernels) {
    return new LayerListNetwork(layers, new NamedWeights(layers, source), kernels);
  }

  /**
   * @param pictures channel-last (N, H, W, C), in the range the network was trained with; left unchanged
   * @return a new array (N, classes)
   */
  public INDArray logits(INDArray pictures) {
    INDArray answer = output(pictures);
    return answer.reshape('c', answer.size(0), answer.length() / answer.size(0)).dup('c');
  }

  /** The last layer's output (N, H, W, C); overwritten by the next call. */
  INDArray output(INDArray pictures) {
    if (pictures.rank() != 4 || pictures.size(3) != layers.channels()) {
      throw new IllegalArgumentException("network '%s' reads pictures (N, H, W, %d), was given %s"
          .formatted(layers.model(), layers.channels(), Arrays.toString(pictures.shape())));
    }
    INDArray[] values = new INDArray[steps.size() + 1];
    values[0] = pictures;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      INDArray[] inputs =
          Arrays.stream(step.inputs).mapToObj(v -> values[v]).toArray(INDArray[]::new);
      Scratch own = arrays[memory[i]];
      own.release(0);
      values[i + 1] = own.take(step.shape(inputs[0].shape()));
      step.run(convolutions, inputs, values[i + 1]);
    }
    return values[steps.size()];
  }

  public LayerList layers() {
    return layers;
  }

  /** How the file's tensors met the network's. */
  public LoadReport report() {
    return report;
  }
}
