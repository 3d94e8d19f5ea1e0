package alphadistill.vision.teacher;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import alphadistill.augment.image.ImageBatch;
import alphadistill.engine.Teacher;
import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.vision.cnn.PixelConvention;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Any classifier in ONNX's format as a teacher, run by ONNX Runtime on the CPU with a fixed number of threads and its
 * deterministic kernels. The model has one float input, (N, C, H, W) or (N, H, W, C) with C of 1 or 3, and its first
 * output is (N, classes). Sizes that the model leaves open may be anything; a fixed N is met by chunks, the last one
 * filled up.
 *
 * <pre>{@code
 * try (OnnxTeacher teacher = OnnxTeacher.open(file, PixelConvention.IMAGENET, 2)) {
 *   INDArray logits = teacher.answer(batch); // (N, classes), float32
 * }
 * }</pre>
 *
 * <p>Errors: {@link CheckpointException} in one line for a file that is no such model, and for pictures of a size that
 * the model does not read.
 */
public final class OnnxTeacher implements Teacher<ImageBatch>, AutoCloseable {
  /** Pictures answered at once where the model leaves their number open. */
  private static final int CHUNK = 32;

  private final Path file;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;
  private final long[] shape; // of the input, with -1 for what is open
  private final boolean channelLast;
  private final TeacherPixels pixels;

  private OnnxTeacher(Path file, PixelConvention convention, int threads) throws OrtException {
    this.file = file;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      this.session = environment.createSession(file.toString(), options);
    }
    try {
      Map.Entry<String, ? extends ValueInfo> only = onlyInput();
      this.input = only.getKey();
      this.shape = floats(only.getValue());
      this.channelLast = !isChannels(shape[1]) && isChannels(shape[3]);
      long channels = shape[channelLast ? 3 : 1];
      require(
          channels < 0 || channels == convention.channels(),
          "its input '%s' has the shape %s, and pictures of %d channels were to be read"
              .formatted(input, sizes(shape), convention.channels()));
      this.pixels = new TeacherPixels(
          convention,
          channelLast ? TeacherPixels.Layout.CHANNEL_LAST : TeacherPixels.Layout.CHANNEL_FIRST);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * @param pixels what the model was trained to read
   * @param threads that one answer may use, at least 1
   * @throws CheckpointException if the file is missing, is no ONNX model, or has another input than pictures
   */
  public static OnnxTeacher open(Path file, PixelConvention pixels, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException("there is no ONNX model %s".formatted(file));
    }
    try {
      return new OnnxTeacher(file, pixels, threads);
    } catch (OrtException e) {
      throw new CheckpointException(
          "%s is not a usable ONNX model: %s".formatted(file, oneLine(e)));
    }
  }

  private Map.Entry<String, ? extends ValueInfo> onlyInput() throws OrtException {
    require(
        session.getNumInputs() == 1,
        "it has the inputs %s, and a teacher has one, the pictures"
            .formatted(session.getInputNames()));
    return Map.entry(
        session.getInputNames().iterator().next(),
        session.getInputInfo().values().iterator().next().getInfo());
  }

  private long[] floats(ValueInfo info) {
    require(
        info instanceof TensorInfo tensor
            && tensor.type == OnnxJavaType.FLOAT
            && tensor.getShape().length == 4,
        "its input '%s' is %s, and a teacher reads float pictures (N, C, H, W) or (N, H, W, C)"
            .formatted(input, info));
    return ((TensorInfo) info).getShape();
  }

  private static boolean isChannels(long size) {
    return size == 1 || size == 3;
  }

  @Override
  public INDArray answer(ImageBatch batch) {
    requireSize(batch.height(), batch.width());
    int samples = batch.samples();
    int chunk = shape[0] > 0 ? (int) shape[0] : Math.min(CHUNK, samples);
    float[] answers = {};
    int classes = 0;
    for (int first = 0; first < samples; first += chunk) {
      int count = Math.min(chunk, samples - first);
      int rows = shape[0] > 0 ? chunk : count;
      float[] chunkPixels = pixels.of(batch, first, count);
      float[] logits = run(
          Arrays.copyOf(chunkPixels, chunkPixels.length / count * rows),
          rows,
          batch.height(),
          batch.width());
      if (answers.length == 0) {
        classes = logits.length / rows;
        answers = new float[samples * classes];
      }
      System.arraycopy(logits, 0, answers, first * classes, count * classes);
    }
    return Nd4j.createFromArray(answers).reshape('c', samples, classes);
  }

  /** @throws CheckpointException if the model does not read pictures of this size */
  public void requireSize(int height, int width) {
    long rows = shape[channelLast ? 1 : 2];
    long columns = shape[channelLast ? 2 : 3];
    require(
        (rows < 0 || rows == height) && (columns < 0 || columns == width),
        "it reads pictures of %s x %s, and the student's are %d x %d: train the student at the model's size, or export the model with open sizes"
            .formatted(size(rows), size(columns), height, width));
  }

  private float[] run(float[] values, int rows, int height, int width) {
    long channels = pixels.channels();
    long[] given = channelLast
        ? new long[] {rows, height, width, channels}
        : new long[] {rows, channels, height, width};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), given);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      require(
          result.get(0) instanceof OnnxTensor first
              && first.getInfo().type == OnnxJavaType.FLOAT
              && first.getInfo().getShape()[0] == rows,
          "its first output is %s, and a teacher answers with float logits (N, classes)"
              .formatted(result.get(0).getInfo()));
      FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] copied = new float[logits.remaining()];
      logits.get(copied);
      return copied;
    } catch (OrtException e) {
      throw new CheckpointException("%s does not answer for pictures %s: %s"
          .formatted(file, Arrays.toString(given), oneLine(e)));
    }
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new CheckpointException("%s cannot be a teacher: %s".formatted(file, problem));
    }
  }

  private static String oneLine(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static String sizes(long[] shape) {
    return Arrays.toString(shape).replace("-1", "any");
  }

  private static String size(long size) {
    return size < 0 ? "any" : Long.toString(size);
  }

  /** Frees the model's native memory. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close " + file, e);
    }
  }
}
