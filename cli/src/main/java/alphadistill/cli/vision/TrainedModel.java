package alphadistill.cli.vision;

import alphadistill.augment.image.recipe.EvaluationCrop;
import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.kernels.Kernels;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.onnx.OnnxExport;
import alphadistill.vision.weights.DeitWeights;
import java.nio.file.Path;

/**
 * A network from a file of weights, of ours or of another project; its architecture is read off the tensors.
 *
 * @param facts what the file says beside its tensors
 */
public record TrainedModel(Deit network, Kernels kernels, ModelFile facts) {

  /** @throws alphadistill.engine.checkpoint.CheckpointException if the file holds no whole DeiT */
  public static TrainedModel read(Path weights, ComputeDevice device) {
    TensorSource source = WeightsFile.open(weights);
    Kernels kernels = device.kernels(Runtime.getRuntime().availableProcessors());
    return new TrainedModel(
        DeitWeights.read(source, kernels), kernels, ModelFile.of(weights, source.metadata()));
  }

  /** Writes the network as ONNX with what is known of its classes and crop. */
  public void export(Path file) {
    OnnxExport.write(file, network, facts.metadata());
  }

  /** What a picture is evaluated on. */
  EvaluationCrop crop() {
    return new EvaluationCrop(network.spec().imageSize(), facts.evalCrop());
  }

  /** Name of a class, or its number where names are not known. */
  String className(int index) {
    return index < facts.classes().size() ? facts.classes().get(index) : Integer.toString(index);
  }
}
