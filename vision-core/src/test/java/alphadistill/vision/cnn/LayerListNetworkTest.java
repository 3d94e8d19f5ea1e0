package alphadistill.vision.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks described layer by layer: the published teachers' logits, and what is refused. */
class LayerListNetworkTest {
  private static final String TEACHERS = "data/vision/teachers";

  /** Of the largest logit. References are float32 and inputs reach 255, so eight layers leave a few 1e-6. */
  private static final double TOLERANCE = 2e-5;

  @TestFactory
  Stream<DynamicTest> everyTeacherAnswersItsReferenceLogits() {
    List<SafeTensors> references =
        SharedFolder.files(TEACHERS, "reference_logits*.safetensors").stream()
            .map(SafeTensors::read)
            .toList();
    return SharedFolder.files(TEACHERS, "*.json").stream().flatMap(json -> {
      String name = json.getFileName().toString().replace(".json", "");
      SafeTensors reference = references.stream()
          .filter(tensors -> tensors.has(name + ".logits"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no reference logits for " + name));
      return Stream.of(new CpuKernels(2), new Nd4jKernels(DataType.DOUBLE))
          .map(kernels -> DynamicTest.dynamicTest(
              name + " " + kernels.type(),
              () -> check(json, reference, name + ".logits", kernels)));
    });
  }

  private static void check(Path json, SafeTensors reference, String logits, Kernels kernels) {
    Path weights =
        json.resolveSibling(json.getFileName().toString().replace(".json", ".safetensors"));
    TensorSource source = SafeTensors.read(weights);
    LayerListFile file = LayerListFile.read(json, source);
    LayerListNetwork network = LayerListNetwork.load(file.layers(), source, kernels);

    INDArray answer = network.logits(pictures(reference, file.pixels(), kernels));

    double[] expected = reference.doubles(logits);
    double[] actual = answer.castTo(DataType.DOUBLE).reshape(answer.length()).toDoubleVector();
    double largest = 0;
    double gap = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      gap = Math.max(gap, Math.abs(expected[i] - actual[i]));
    }
    assertThat(actual).hasSize(expected.length);
    assertThat(gap / largest).as("largest gap of %s", logits).isLessThan(TOLERANCE);
    assertThat(network.report().unexpected()).isEmpty();
  }

  /** Bytes of any of the reference's layouts, as the network wants them. */
  private static INDArray pictures(SafeTensors reference, PixelConvention pixels, Kernels kernels) {
    String name = reference.names().stream()
        .filter(n -> n.startsWith("images_u8"))
        .findFirst()
        .orElseThrow();
    long[] shape = reference.shape(name);
    INDArray bytes = reference
        .array(name, kernels.type())
        .reshape('c', shape[0], shape[1], shape[2], pixels.channels());
    INDArray scaled = bytes.mul(pixels.white() / 255);
    INDArray mean = Nd4j.createFromArray(pixels.mean()).castTo(kernels.type());
    INDArray deviation = Nd4j.createFromArray(pixels.deviation()).castTo(kernels.type());
    INDArray rows = scaled.reshape('c', scaled.length() / mean.length(), mean.length());
    return rows.subRowVector(mean).divRowVector(deviation).dup('c').reshape('c', bytes.shape());
  }

  private static final LayerList SMALL = small();

  private static LayerList small() {
    LayerListBuilder list = new LayerListBuilder();
    String x = ResNet.basic(list, "layer1.0.", LayerList.INPUT, 3, 4, 2);
    list.head("fc", x, 4, 2);
    return list.build("small", 3, name -> name.replace("layer1.", "stage."));
  }

  /** Every tensor of a network, filled with a constant. */
  private static Map<String, INDArray> constant(LayerList list, boolean otherNames) {
    Map<String, INDArray> tensors = new HashMap<>();
    list.tensors().forEach((name, tensor) -> {
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      tensors.put(
          otherNames ? list.otherNames().get(name) : name,
          Nd4j.valueArrayOf(shape.length == 0 ? new long[] {} : shape, 0.5, DataType.FLOAT));
    });
    return tensors;
  }

  private static TensorSource source(Map<String, INDArray> tensors) {
    return new TensorSource() {
      @Override
      public String origin() {
        return "small.pth";
      }

      @Override
      public Set<String> names() {
        return tensors.keySet();
      }

      @Override
      public long[] shape(String name) {
        return tensors.get(name).shape();
      }

      @Override
      public float[] floats(String name) {
        return tensors.get(name).dup('c').data().asFloat();
      }
    };
  }

  @Test
  void bothSpellingsGiveTheSameAnswer() {
    Kernels kernels = new CpuKernels(1);
    INDArray x = Nd4j.rand(DataType.FLOAT, 2, 9, 9, 3);
    INDArray timm =
        LayerListNetwork.load(SMALL, source(constant(SMALL, false)), kernels).logits(x);
    INDArray other =
        LayerListNetwork.load(SMALL, source(constant(SMALL, true)), kernels).logits(x);

    assertThat(timm.shape()).containsExactly(2, 2);
    assertThat(other).isEqualTo(timm);
  }

  @Test
  void anAnswerIsNotOverwrittenByTheNext() {
    LayerListNetwork network =
        LayerListNetwork.load(SMALL, source(constant(SMALL, false)), new CpuKernels(1));
    INDArray first = network.logits(Nd4j.ones(DataType.FLOAT, 2, 9, 9, 3));
    INDArray kept = first.dup();
    network.logits(Nd4j.zeros(DataType.FLOAT, 2, 9, 9, 3));
    assertThat(first).isEqualTo(kept);
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedWithWhatIsMissingAndUnexpected() {
    Map<String, INDArray> tensors = constant(SMALL, false);
    tensors.remove("layer1.0.bn2.bias");
    tensors.put("fc.weight", Nd4j.zeros(1000, 4));
    tensors.put("head_dist.weight", Nd4j.zeros(2, 2));

    assertThatThrownBy(() -> LayerListNetwork.load(SMALL, source(tensors), new CpuKernels(1)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("small.pth does not fit network 'small' with 2 classes")
        .hasMessageContaining("layer1.0.bn2.bias")
        .hasMessageContaining("fc.weight ([1000, 4] in the file, [2, 4] in the network)")
        .hasMessageContaining("1 unexpected: head_dist.weight");
  }

  @Test
  void missingCountersAndUnexpectedTensorsAreReported() {
    Map<String, INDArray> tensors = constant(SMALL, false);
    tensors.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    tensors.put("ema.decay", Nd4j.zeros(1));

    LoadReport report =
        LayerListNetwork.load(SMALL, source(tensors), new CpuKernels(1)).report();

    assertThat(report.missing()).isEmpty();
    assertThat(report.unexpected()).containsExactly("ema.decay");
  }

  @Test
  void picturesOfOtherChannelsAreRefused() {
    LayerListNetwork network =
        LayerListNetwork.load(SMALL, source(constant(SMALL, false)), new CpuKernels(1));
    assertThatThrownBy(() -> network.logits(Nd4j.zeros(2, 9, 9, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reads pictures (N, H, W, 3), was given [2, 9, 9, 1]");
  }

  @Test
  void anUnknownOperationIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.json");
    Files.writeString(file, """
        {"model": "net", "input": "grey, byte / 255", "layers": [
          {"name": "c", "op": "conv2d", "input": "input", "in_channels": 1, "out_channels": 2,
           "kernel": [3, 3], "stride": [1, 1], "pad_top_left_bottom_right": [1, 1, 1, 1], "weight": "w"},
          {"name": "d", "op": "dropout", "input": "c"}]}
        """);
    assertThatThrownBy(() -> LayerListFile.read(file, source(Map.of())))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("layer 'd' has the unknown operation 'dropout'");
  }
}
