package alphadistill.vision.teacher;

import alphadistill.augment.image.ImageBatch;
import alphadistill.engine.Teacher;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.kernels.Kernels;
import alphadistill.vision.cnn.Architecture;
import alphadistill.vision.cnn.LayerListFile;
import alphadistill.vision.cnn.LayerListNetwork;
import alphadistill.vision.cnn.PixelConvention;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A convolutional network of {@code vision.cnn} as a teacher. It sees exactly the student's pixels, whatever was mixed,
 * erased or cropped; only their normalisation is its own.
 *
 * <pre>{@code
 * Teacher<ImageBatch> teacher = CnnTeacher.listed(Path.of("resnet8-cifar10.json"), new CpuKernels(2));
 * INDArray logits = teacher.answer(batch); // (N, 10)
 * }</pre>
 *
 * <p>A batch is answered in chunks of pictures whose maps stay near the cache; answers are the same for any chunk up to
 * rounding. An instance serves one thread at a time.
 */
public final class CnnTeacher implements Teacher<ImageBatch> {
  /** Pixels in a chunk. Measured on 32 x 32 pictures: larger chunks leave the cache, smaller ones cost calls. */
  private static final int CHUNK = 1 << 15;

  private final LayerListNetwork network;
  private final TeacherPixels pixels;
  private final Kernels kernels;

  /**
   * @param pixels what the network was trained to read
   * @param kernels those of the network
   */
  public CnnTeacher(LayerListNetwork network, PixelConvention pixels, Kernels kernels) {
    if (pixels.channels() != network.layers().channels()) {
      throw new IllegalArgumentException("network '%s' reads %d channels, not %d"
          .formatted(network.layers().model(), network.layers().channels(), pixels.channels()));
    }
    this.network = network;
    this.pixels = new TeacherPixels(pixels, TeacherPixels.Layout.CHANNEL_LAST);
    this.kernels = kernels;
  }

  /**
   * A network that a JSON file describes, with weights in the file of the same name that ends in {@code .safetensors}.
   *
   * @throws alphadistill.engine.checkpoint.CheckpointException if one of the files cannot be used
   */
  public static CnnTeacher listed(Path json, Kernels kernels) {
    TensorSource weights = SafeTensors.read(weightsOf(json));
    LayerListFile file = LayerListFile.read(json, weights);
    return new CnnTeacher(
        LayerListNetwork.load(file.layers(), weights, kernels), file.pixels(), kernels);
  }

  /** The file of weights beside a description. */
  static Path weightsOf(Path json) {
    String name = json.getFileName().toString();
    if (!name.endsWith(".json")) {
      throw new IllegalArgumentException(
          "the description of a network ends in .json, not as '%s'".formatted(name));
    }
    return json.resolveSibling(name.replaceFirst("\\.json$", ".safetensors"));
  }

  /**
   * A published network with ImageNet's normalisation.
   *
   * @param weights in timm's or torchvision's names; the number of classes is read off them
   * @throws alphadistill.engine.checkpoint.CheckpointException if they are another network's
   */
  public static CnnTeacher published(
      Architecture architecture, TensorSource weights, Kernels kernels) {
    LayerListNetwork network =
        LayerListNetwork.load(architecture.layersOf(weights), weights, kernels);
    return new CnnTeacher(network, PixelConvention.IMAGENET, kernels);
  }

  @Override
  public INDArray answer(ImageBatch batch) {
    int samples = batch.samples();
    int chunk = Math.max(1, CHUNK / (batch.height() * batch.width()));
    INDArray answer = kernels.allocate(samples, network.layers().classes());
    for (int first = 0; first < samples; first += chunk) {
      int count = Math.min(chunk, samples - first);
      INDArray logits = network.logits(pictures(batch, first, count));
      answer
          .get(NDArrayIndex.interval(first, first + count), NDArrayIndex.all())
          .assign(logits);
    }
    return answer;
  }

  private INDArray pictures(ImageBatch batch, int first, int count) {
    INDArray pictures = Nd4j.createFromArray(pixels.of(batch, first, count))
        .reshape('c', count, batch.height(), batch.width(), pixels.channels());
    return kernels.type() == DataType.FLOAT ? pictures : pictures.castTo(kernels.type());
  }

  public LayerListNetwork network() {
    return network;
  }
}
