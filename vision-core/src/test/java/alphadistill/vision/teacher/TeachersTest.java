package alphadistill.vision.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.Teacher;
import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.vision.cnn.PixelConvention;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Teachers answer on the student's normalised pixels as on their own, whatever runs them. */
class TeachersTest {
  private static final String FOLDER = "data/vision/teachers";

  /** Of the largest logit: undoing a normalisation in float32 moves a byte by about 1e-5. */
  private static final double TOLERANCE = 2e-5;

  @TestFactory
  Stream<DynamicTest> listedNetworksAnswerTheirReferenceLogits() {
    return SharedFolder.files(FOLDER, "*.json").stream()
        .map(json -> DynamicTest.dynamicTest(json.getFileName().toString(), () -> {
          SafeTensors reference = reference(json);
          ImageBatch batch = Batches.ofReference(reference, Normalisation.IMAGENET);
          check(reference, json, CnnTeacher.listed(json, new CpuKernels(2)).answer(batch));
        }));
  }

  @TestFactory
  Stream<DynamicTest> onnxModelsAnswerTheirReferenceLogits() {
    return SharedFolder.files(FOLDER, "*.onnx").stream()
        .map(onnx -> DynamicTest.dynamicTest(onnx.getFileName().toString(), () -> {
          SafeTensors reference = reference(onnx);
          ImageBatch batch = Batches.ofReference(reference, Normalisation.IMAGENET);
          try (OnnxTeacher teacher = OnnxTeacher.open(onnx, PixelConvention.range(255, 3), 2)) {
            INDArray answer = teacher.answer(batch);
            check(reference, onnx, answer);
            assertThat(teacher.answer(batch)).as("the same again").isEqualTo(answer);
          }
        }));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
  }

  private static SafeTensors reference(Path file) {
    return SharedFolder.files(FOLDER, "reference_logits*.safetensors").stream()
        .map(SafeTensors::read)
        .filter(tensors -> tensors.has(name(file) + ".logits"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no reference logits for " + file));
  }

  private static void check(SafeTensors reference, Path file, INDArray answer) {
    double[] expected = reference.doubles(name(file) + ".logits");
    double[] actual = answer.castTo(DataType.DOUBLE).reshape(answer.length()).toDoubleVector();
    double largest = 0;
    double gap = 0;
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      gap = Math.max(gap, Math.abs(expected[i] - actual[i]));
    }
    assertThat(gap / largest).as("largest gap of %s", name(file)).isLessThan(TOLERANCE);
  }

  // ---- small models made by make_models.py: the answer is the mean of each channel ----

  private static Path model(String name) {
    try {
      return Path.of(TeachersTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static OnnxTeacher open(String model, int channels) {
    return OnnxTeacher.open(model(model), PixelConvention.range(255, channels), 1);
  }

  @Test
  void aFixedNumberOfPicturesIsFilledUp() {
    try (OnnxTeacher teacher = open("fixed-batch.onnx", 3)) {
      assertMeans(teacher, 5);
    }
  }

  @Test
  void aChannelLastModelIsRecognised() {
    try (OnnxTeacher teacher = open("channel-last.onnx", 3)) {
      assertMeans(teacher, 3);
    }
  }

  private static void assertMeans(Teacher<ImageBatch> teacher, int samples) {
    INDArray answer = teacher.answer(Batches.plainColours(samples, 4, 6, Normalisation.IMAGENET));
    assertThat(answer.shape()).containsExactly(samples, 3);
    for (int n = 0; n < samples; n++) {
      for (int c = 0; c < 3; c++) {
        assertThat(answer.getDouble(n, c))
            .isCloseTo(10 * n * (c + 1), org.assertj.core.api.Assertions.within(1e-3));
      }
    }
  }

  @Test
  void picturesOfAnotherSizeAreRefusedInOneLine() {
    try (OnnxTeacher teacher = open("fixed-size.onnx", 1)) {
      assertThat(
              teacher.answer(Batches.plainColours(2, 4, 5, Normalisation.NONE)).shape())
          .containsExactly(2, 1);
      assertThatThrownBy(() -> teacher.answer(Batches.plainColours(2, 8, 5, Normalisation.NONE)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("fixed-size.onnx cannot be a teacher")
          .hasMessageContaining("reads pictures of 4 x 5, and the student's are 8 x 5")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void modelsThatReadNoPicturesAreRefused() {
    assertThatThrownBy(() -> open("two-inputs.onnx", 3))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it has the inputs [images, more]");
    assertThatThrownBy(() -> open("rows.onnx", 3))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("reads float pictures (N, C, H, W) or (N, H, W, C)");
    assertThatThrownBy(() -> open("fixed-size.onnx", 3))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("has the shape [any, 1, 4, 5]")
        .hasMessageContaining("pictures of 3 channels were to be read");
  }

  @Test
  void aFileThatIsNoModelIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.onnx");
    Files.writeString(file, "not a model");
    assertThatThrownBy(() -> OnnxTeacher.open(file, PixelConvention.IMAGENET, 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("model.onnx is not a usable ONNX model")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(
            () -> OnnxTeacher.open(folder.resolve("absent"), PixelConvention.IMAGENET, 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("there is no ONNX model");
  }
}
