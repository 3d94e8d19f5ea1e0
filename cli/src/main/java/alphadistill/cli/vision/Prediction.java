package alphadistill.cli.vision;

import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import alphadistill.cli.config.InputPath;
import alphadistill.cli.config.UsageException;
import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.vision.evaluate.Example;
import alphadistill.vision.images.ImageException;
import alphadistill.vision.train.Answers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network says about pictures, or about pixels that are normalised already.
 *
 * @param names of the inputs, in order
 * @param answers of both heads; labels say nothing
 * @param notes what could not be read
 */
public record Prediction(
    TrainedModel model, List<String> names, Answers answers, List<String> notes) {
  private static final int BATCH = 64;
  private static final String INPUT = "input";

  /**
   * @param inputs a picture, a folder of pictures, or a {@code .safetensors} file with a tensor {@code input} (N, 3, H, W)
   * @throws ImageException if no picture can be read
   * @throws CheckpointException if the file of pixels does not fit the network
   */
  public static Prediction of(TrainedModel model, Path inputs) {
    return inputs.getFileName().toString().endsWith(".safetensors")
        ? ofPixels(model, InputPath.find(inputs))
        : ofPictures(model, PictureFiles.at(inputs));
  }

  private static Prediction ofPictures(TrainedModel model, PictureFiles files) {
    List<String> names = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<ImageBatch> batches = new ArrayList<>();
    List<Image> pictures = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      try {
        pictures.add(model.crop().apply(files.image(i)));
        names.add(files.origin(i));
      } catch (ImageException e) {
        notes.add("left out: " + e.getMessage());
      }
      if (pictures.size() == BATCH || (i == files.size() - 1 && !pictures.isEmpty())) {
        batches.add(batch(pictures));
        pictures.clear();
      }
    }
    if (batches.isEmpty()) {
      throw new ImageException("no picture could be read; " + notes.get(0));
    }
    return new Prediction(
        model, names, Answers.of(model.network(), model.kernels(), batches), notes);
  }

  /** Pictures of the network's size. */
  static ImageBatch batch(List<Image> pictures) {
    int side = pictures.get(0).width();
    int values = 3 * side * side;
    float[] pixels = new float[pictures.size() * values];
    for (int n = 0; n < pictures.size(); n++) {
      Normalisation.IMAGENET.write(pictures.get(n), pixels, n * values);
    }
    return ImageBatch.plain(side, side, pixels, Normalisation.IMAGENET, new int[pictures.size()]);
  }

  private static Prediction ofPixels(TrainedModel model, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("no file %s".formatted(file));
    }
    SafeTensors tensors = SafeTensors.read(file);
    if (!tensors.has(INPUT)) {
      throw new CheckpointException(
          "%s has no tensor '%s' (N, 3, H, W); it has %s".formatted(file, INPUT, tensors.names()));
    }
    long[] shape = tensors.shape(INPUT);
    int side = model.network().spec().imageSize();
    if (shape.length != 4 || shape[1] != 3 || shape[2] != side || shape[3] != side) {
      throw new CheckpointException("%s: '%s' has the shape %s, the network reads (N, 3, %d, %d)"
          .formatted(file, INPUT, Arrays.toString(shape), side, side));
    }
    float[] all = tensors.floats(INPUT);
    int values = 3 * side * side;
    List<String> names = new ArrayList<>();
    List<ImageBatch> batches = new ArrayList<>();
    for (int from = 0; from < shape[0]; from += BATCH) {
      int count = (int) Math.min(BATCH, shape[0] - from);
      batches.add(ImageBatch.plain(
          side,
          side,
          Arrays.copyOfRange(all, from * values, (from + count) * values),
          Normalisation.IMAGENET,
          new int[count]));
      for (int n = from; n < from + count; n++) {
        names.add(INPUT + "[" + n + "]");
      }
    }
    if (batches.isEmpty()) {
      throw new CheckpointException("%s: '%s' holds no picture".formatted(file, INPUT));
    }
    return new Prediction(
        model, names, Answers.of(model.network(), model.kernels(), batches), List.of());
  }

  /** Writes all logits, as CSV or as safetensors by the file's ending. */
  public void write(Path file) {
    if (file.getFileName().toString().endsWith(".safetensors")) {
      AnswerFile.write(file, answers);
      return;
    }
    try {
      Files.write(file, csv().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private String csv() {
    INDArray both = answers.both();
    List<Example> examples = Example.first(answers.truth(), both, names.size());
    int classes = (int) both.size(1);
    StringBuilder csv = new StringBuilder("input,class,name,probability");
    heading(csv, "logits_eval", classes);
    heading(csv, "logits_cls", classes);
    if (answers.distHead() != null) {
      heading(csv, "logits_dist", classes);
    }
    csv.append('\n');
    float[] eval = HostCopy.floats(both);
    float[] cls = HostCopy.floats(answers.classHead());
    float[] dist = answers.distHead() == null ? null : HostCopy.floats(answers.distHead());
    for (int n = 0; n < examples.size(); n++) {
      csv.append(quoted(names.get(n)))
          .append(',')
          .append(examples.get(n).given())
          .append(',')
          .append(quoted(model.className(examples.get(n).given())))
          .append(',')
          .append(String.format(Locale.ROOT, "%.6f", examples.get(n).probability()));
      row(csv, eval, n, classes);
      row(csv, cls, n, classes);
      if (dist != null) {
        row(csv, dist, n, classes);
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static void heading(StringBuilder csv, String name, int classes) {
    for (int c = 0; c < classes; c++) {
      csv.append(',').append(name).append('_').append(c);
    }
  }

  private static void row(StringBuilder csv, float[] logits, int row, int classes) {
    for (int c = 0; c < classes; c++) {
      csv.append(',').append(logits[row * classes + c]);
    }
  }

  private static String quoted(String text) {
    return text.matches("[^\",\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
