package alphadistill.vision.teacher;

import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import alphadistill.engine.Teacher;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.kernels.Kernels;
import alphadistill.vision.cnn.LayerListFile;
import alphadistill.vision.cnn.LayerListNetwork;
import alphadistill.vision.cnn.PixelConvention;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A small convolutional network trained here, for sets of pictures without a teacher. Deeplearning4j trains it; what
 * comes out is a layer list with weights, answered by the same arithmetic as every other teacher.
 *
 * <pre>{@code
 * TrainedCnn teacher = TrainedCnn.train(SmallCnnSpec.usual(1), set.classes(), loader::epoch, kernels, (e, s, loss) -> {});
 * teacher.save(Path.of("teacher.json")); // and teacher.safetensors; CnnTeacher.listed reads them
 * }</pre>
 *
 * <p>The same specification and batches give the same weights to the bit. An instance serves one thread at a time.
 */
public final class TrainedCnn implements Teacher<ImageBatch> {

  /** Is told after every step, on the training thread. */
  @FunctionalInterface
  public interface Progress {
    /** @param step of its epoch, from 0 */
    void stepDone(int epoch, int step, double loss);
  }

  private final LayerListFile description;
  private final Map<String, INDArray> tensors;
  private final CnnTeacher teacher;

  private TrainedCnn(LayerListFile description, Map<String, INDArray> tensors, Kernels kernels) {
    this.description = description;
    this.tensors = tensors;
    LayerListNetwork network =
        LayerListNetwork.load(description.layers(), new SmallCnnGraph.Tensors(tensors), kernels);
    this.teacher = new CnnTeacher(network, description.pixels(), kernels);
  }

  /**
   * @param classes names of the classes, in the order of labels
   * @param epochs the batches of each epoch, all of one size of pictures and one normalisation
   * @param kernels that it answers with
   * @throws IllegalStateException if the loss is not a number; the message names the epoch and step
   */
  public static TrainedCnn train(
      SmallCnnSpec spec,
      List<String> classes,
      IntFunction<? extends Iterable<ImageBatch>> epochs,
      Kernels kernels,
      Progress progress) {
    ComputationGraph graph = null;
    Normalisation normalisation = null;
    for (int epoch = 0; epoch < spec.epochs(); epoch++) {
      int step = 0;
      for (ImageBatch batch : epochs.apply(epoch)) {
        if (graph == null) {
          graph = SmallCnnGraph.initial(spec, batch.height(), batch.width(), classes.size());
          normalisation = batch.normalisation();
        }
        if (step == 0) {
          graph.setLearningRate(spec.rateAt(epoch));
        }
        double loss = step(graph, batch, classes.size());
        if (!Double.isFinite(loss)) {
          throw new IllegalStateException(
              "loss of the teacher is %s at epoch %d, step %d, rate %.3g: lower the rate, or look at the pictures of that batch"
                  .formatted(loss, epoch, step, spec.rateAt(epoch)));
        }
        progress.stepDone(epoch, step++, loss);
      }
    }
    if (graph == null) {
      throw new IllegalArgumentException("there is no picture to train a teacher on");
    }
    PixelConvention pixels =
        new PixelConvention(1, normalisation.mean(), normalisation.deviation());
    return new TrainedCnn(
        new LayerListFile(SmallCnnGraph.layers(spec, classes.size()), pixels, classes),
        SmallCnnGraph.tensors(graph, spec),
        kernels);
  }

  private static double step(ComputationGraph graph, ImageBatch batch, int classes) {
    INDArray pixels = Nd4j.createFromArray(batch.pixels())
        .reshape('c', batch.samples(), 3, batch.height(), batch.width());
    graph.fit(new INDArray[] {pixels}, new INDArray[] {targets(batch, classes)});
    return graph.score();
  }

  /** Shares of the classes (N, C), as the batch was mixed. */
  static INDArray targets(ImageBatch batch, int classes) {
    float[][] targets = new float[batch.samples()][classes];
    for (int n = 0; n < batch.samples(); n++) {
      float share = (float) batch.shares()[n];
      targets[n][batch.labels()[n]] += share;
      targets[n][batch.partners()[n]] += 1 - share;
    }
    return Nd4j.createFromArray(targets);
  }

  @Override
  public INDArray answer(ImageBatch batch) {
    return teacher.answer(batch);
  }

  /**
   * Writes the description and, beside it, the weights in a file of the same name that ends in {@code .safetensors}:
   * what {@link CnnTeacher#listed} reads.
   *
   * @param json ends in {@code .json}
   */
  public void save(Path json) {
    SafeTensors.write(CnnTeacher.weightsOf(json), tensors, Map.of());
    description.write(json);
  }
}
