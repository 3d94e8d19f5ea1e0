package alphadistill.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;

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
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitSpec;
import alphadistill.vision.deit.GoldenSpec;
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
  private static final DeitSpec PLAIN =
      new DeitSpec(DeitSpec.Family.PLAIN, 12, 4, 24, 2, 3, 7, 0.1);

  private static final Map<String, DeitSpec> KINDS = Map.of(
      "distilled",
      PLAIN.distilled(),
      "plain",
      PLAIN,
      "deit3",
      new DeitSpec(DeitSpec.Family.DEIT3, 12, 4, 24, 2, 3, 7, 0.1));

  @TempDir
  Path folder;

  @TestFactory
  Stream<DynamicTest> agreesWithTheReferencesAnswers() {
    return SharedFolder.files("reference/golden", "deit-micro-*.safetensors").stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
          GoldenTensors golden = GoldenTensors.of(file.getFileName().toString(), DataType.FLOAT);
          DeitSpec spec = GoldenSpec.of(golden);
          Deit deit = Deit.empty(new CpuKernels(1), spec);
          deit.parameters().forEach(p -> p.value().assign(golden.array("in/weights/" + p.name())));
          Path model = folder.resolve("model.onnx");
          OnnxExport.write(model, deit, Map.of());

          Map<String, INDArray> logits = run(model, golden.array("in/image"));
          golden.check("forward/class_logits", logits.get("logits_cls"), TOLERANCE);
          if (spec.family() == DeitSpec.Family.DISTILLED) {
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
          Deit deit = deit(kind.getValue());
          Path model = folder.resolve("model.onnx");
          export(model, deit, OnnxFile.MOST_DATA_INSIDE);

          for (int samples : new int[] {1, 2, 5}) {
            INDArray pictures = pictures(samples);
            Heads heads = deit.forward(pictures, Pass.EVALUATION);
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
    Deit deit = deit(KINDS.get("distilled"));
    Path whole = folder.resolve("whole.onnx");
    Path split = folder.resolve("split.onnx");
    export(whole, deit, OnnxFile.MOST_DATA_INSIDE);
    export(split, deit, 1000);

    assertThat(folder.resolve("whole.onnx.data")).doesNotExist();
    assertThat(Files.size(split)).isLessThan(Files.size(whole) / 2);
    INDArray pictures = pictures(2);
    assertThat(run(split, pictures)).isEqualTo(run(whole, pictures));
  }

  @Test
  void theSameWeightsGiveTheSameBytes() throws Exception {
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    export(first, deit(KINDS.get("deit3")), OnnxFile.MOST_DATA_INSIDE);
    export(second, deit(KINDS.get("deit3")), OnnxFile.MOST_DATA_INSIDE);

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void keepsTheWordsItIsGiven() throws Exception {
    Path model = folder.resolve("model.onnx");
    export(model, deit(KINDS.get("plain")), OnnxFile.MOST_DATA_INSIDE);

    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model.toString())) {
      assertThat(session.getMetadata().getProducerName()).isEqualTo("alphadistill");
      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("classes", "cat, dög");
    }
  }

  private static Deit deit(DeitSpec spec) {
    Deit deit = Deit.create(new CpuKernels(1), spec, 11);
    // Larger than initial weights, so that every part of the network can be seen in its answer.
    deit.parameters().forEach(p -> {
      Draws draws = Draws.of(5, p.name());
      float[] values = new float[(int) p.value().length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.25 * draws.normal());
      }
      p.value().addi(Nd4j.createFromArray(values).reshape(p.value().shape()));
    });
    return deit;
  }

  private static void export(Path file, Deit deit, long mostInside) {
    OnnxExport.write(file, deit, Map.of("classes", "cat, dög"), mostInside);
  }

  private static INDArray pictures(int samples) {
    Draws draws = Draws.of(7, "pictures");
    float[] pixels = new float[samples * 3 * PLAIN.imageSize() * PLAIN.imageSize()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) draws.normal();
    }
    return Nd4j.createFromArray(pixels).reshape(samples, 3, PLAIN.imageSize(), PLAIN.imageSize());
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
