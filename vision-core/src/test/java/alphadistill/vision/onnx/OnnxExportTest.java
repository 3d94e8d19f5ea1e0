package alphadistill.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import alphadistill.augment.Draws;
import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import alphadistill.engine.Heads;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.layer.BodySpec;
import alphadistill.engine.layer.DistilledTransformer;
import alphadistill.engine.layer.WindowEmbedding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Exported models as ONNX Runtime sees them. */
class OnnxExportTest {
  private static final double TOLERANCE = 1e-4;
  private static final int HEIGHT = 8;
  private static final int WIDTH = 12;
  private static final int PATCH = 4;

  private static final Map<String, BodySpec> KINDS = Map.of(
      "distilled", BodySpec.deit(24, 2, 3, 7, true, 0.1),
      "plain", BodySpec.deit(24, 2, 3, 7, false, 0.1),
      "deit3", new BodySpec(24, 2, 3, 4, 7, false, 0.1, true, 1e-4, false, 1e-6));

  @TempDir
  Path folder;

  @TestFactory
  Stream<DynamicTest> agreesWithTheReferencesAnswers() {
    return SharedFolder.files("reference/golden", "deit-micro-*.safetensors").stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
          GoldenTensors golden = GoldenTensors.of(file.getFileName().toString(), DataType.FLOAT);
          JsonNode config =
              new ObjectMapper().readTree(golden.tensors().metadata().get("config"));
          boolean deit3 = config.get("kind").asText().equals("deit3");
          BodySpec spec = new BodySpec(
              config.get("dim").asInt(),
              config.get("depth").asInt(),
              config.get("heads").asInt(),
              4,
              config.get("classes").asInt(),
              config.get("distilled").asBoolean(),
              0,
              deit3,
              deit3 ? 1e-4 : 0,
              !deit3,
              1e-6);
          Map<String, INDArray> weights = new LinkedHashMap<>();
          for (String name : golden.tensors().names()) {
            if (name.startsWith("in/weights/")) {
              weights.put(name.substring("in/weights/".length()), golden.array(name));
            }
          }
          Path model = folder.resolve("model.onnx");
          int side = config.get("image").asInt();
          OnnxExport.write(model, spec, side, side, config.get("patch").asInt(), weights, Map.of());

          Map<String, INDArray> logits = run(model, golden.array("in/image"));
          golden.check("forward/class_logits", logits.get("logits_cls"), TOLERANCE);
          if (spec.distilled()) {
            golden.check("forward/dist_logits", logits.get("logits_dist"), TOLERANCE);
            golden.check("forward/eval_logits", logits.get("logits_eval"), TOLERANCE);
          } else {
            golden.check("forward/class_logits", logits.get("logits_eval"), TOLERANCE);
            assertThat(logits).doesNotContainKey("logits_dist");
          }
        }));
  }

  @TestFactory
  Stream<DynamicTest> agreesWithTheEngineForAnyNumberOfPictures() {
    return KINDS.entrySet().stream()
        .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> {
          DistilledTransformer network = network(kind.getValue());
          Path model = folder.resolve("model.onnx");
          export(model, network, OnnxFile.MOST_DATA_INSIDE);

          for (int samples : new int[] {1, 2, 5}) {
            INDArray pictures = pictures(samples);
            Heads heads = network.forward(patches(pictures), Pass.EVALUATION);
            Map<String, INDArray> logits = run(model, pictures);
            assertThat(gap(logits.get("logits_cls"), heads.classOutput())).isLessThan(TOLERANCE);
            if (heads.distilled()) {
              assertThat(gap(logits.get("logits_dist"), heads.distOutput())).isLessThan(TOLERANCE);
            }
          }
        }));
  }

  @Test
  void aModelTooLargeForOneFileKeepsItsTensorsBesideIt() throws Exception {
    DistilledTransformer network = network(KINDS.get("distilled"));
    Path whole = folder.resolve("whole.onnx");
    Path split = folder.resolve("split.onnx");
    export(whole, network, OnnxFile.MOST_DATA_INSIDE);
    export(split, network, 1000);

    assertThat(folder.resolve("whole.onnx.data")).doesNotExist();
    assertThat(Files.size(split)).isLessThan(Files.size(whole) / 2);
    INDArray pictures = pictures(2);
    assertThat(run(split, pictures)).isEqualTo(run(whole, pictures));
  }

  @Test
  void theSameWeightsGiveTheSameBytes() throws Exception {
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    export(first, network(KINDS.get("deit3")), OnnxFile.MOST_DATA_INSIDE);
    export(second, network(KINDS.get("deit3")), OnnxFile.MOST_DATA_INSIDE);

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void keepsTheWordsItIsGiven() throws Exception {
    Path model = folder.resolve("model.onnx");
    export(model, network(KINDS.get("plain")), OnnxFile.MOST_DATA_INSIDE);

    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model.toString())) {
      assertThat(session.getMetadata().getProducerName()).isEqualTo("alphadistill");
      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("classes", "cat, dög");
    }
  }

  @Test
  void refusesWeightsOfAnotherNetworkAndNamesEveryDifference() {
    Map<String, INDArray> weights = weights(network(KINDS.get("distilled")));
    weights.remove("blocks.1.mlp.fc2.bias");
    weights.put("norm.bias", Nd4j.zeros(DataType.FLOAT, 25));
    weights.put("blocks.2.norm1.bias", Nd4j.zeros(DataType.FLOAT, 24));
    Path model = folder.resolve("model.onnx");

    assertThatThrownBy(() -> OnnxExport.write(
            model, KINDS.get("distilled"), HEIGHT, WIDTH, PATCH, weights, Map.of()))
        .hasMessage("these weights are not those of the network to export: "
            + "there is no 'blocks.1.mlp.fc2.bias' [24]; "
            + "'norm.bias' has the shape [25], expected [24]; nothing reads [blocks.2.norm1.bias]");
    assertThat(model).doesNotExist();
  }

  @Test
  void refusesPicturesThatPatchesDoNotFill() {
    assertThatThrownBy(() -> OnnxExport.write(
            folder.resolve("model.onnx"), KINDS.get("plain"), 8, 10, 4, Map.of(), Map.of()))
        .hasMessage("patch size 4 does not divide pictures of 8 x 10");
  }

  private static DistilledTransformer network(BodySpec spec) {
    DistilledTransformer network = new DistilledTransformer(
        new CpuKernels(1),
        spec,
        WindowEmbedding.of((HEIGHT / PATCH) * (WIDTH / PATCH), 3 * PATCH * PATCH),
        11);
    // Larger than initial weights, so that every part of the network can be seen in its answer.
    network.parameters().forEach(p -> {
      Draws draws = Draws.of(5, p.name());
      float[] values = new float[(int) p.value().length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.25 * draws.normal());
      }
      p.value().addi(Nd4j.createFromArray(values).reshape(p.value().shape()));
    });
    return network;
  }

  private static void export(Path file, DistilledTransformer network, long mostInside) {
    OnnxExport.write(
        file,
        network.spec(),
        HEIGHT,
        WIDTH,
        PATCH,
        weights(network),
        Map.of("classes", "cat, dög"),
        mostInside);
  }

  private static Map<String, INDArray> weights(DistilledTransformer network) {
    Map<String, INDArray> weights = new LinkedHashMap<>();
    network.parameters().forEach(p -> weights.put(p.name(), p.value()));
    weights.compute(
        "patch_embed.proj.weight", (name, w) -> w.reshape('c', w.size(0), 3, PATCH, PATCH));
    return weights;
  }

  private static INDArray pictures(int samples) {
    Draws draws = Draws.of(7, "pictures");
    float[] pixels = new float[samples * 3 * HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) draws.normal();
    }
    return Nd4j.createFromArray(pixels).reshape(samples, 3, HEIGHT, WIDTH);
  }

  /** Patches row by row, each as channel, row, column: (N, 3, H, W) to (N, P, 3 * patch * patch). */
  private static INDArray patches(INDArray pictures) {
    long samples = pictures.size(0);
    return pictures
        .reshape('c', samples, 3, HEIGHT / PATCH, PATCH, WIDTH / PATCH, PATCH)
        .permute(0, 2, 4, 1, 3, 5)
        .dup('c')
        .reshape('c', samples, -1, 3 * PATCH * PATCH);
  }

  private static Map<String, INDArray> run(Path model, INDArray pictures) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    float[] pixels = pictures.dup('c').reshape(pictures.length()).toFloatVector();
    try (OrtSession session = environment.createSession(model.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), pictures.shape());
        OrtSession.Result result = session.run(Map.of("input", input))) {
      Map<String, INDArray> logits = new LinkedHashMap<>();
      for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
        logits.put(
            output.getKey(), Nd4j.createFromArray((float[][]) output.getValue().getValue()));
      }
      return logits;
    }
  }

  private static double gap(INDArray a, INDArray b) {
    return a.sub(b).amaxNumber().doubleValue();
  }
}
