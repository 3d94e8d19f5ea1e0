package alphadistill.cli.vision;

import static alphadistill.cli.compare.ComparisonTable.number;

import alphadistill.augment.image.ImageBatch;
import alphadistill.cli.config.UsageException;
import alphadistill.vision.evaluate.HeadTable;
import alphadistill.vision.images.ImageSet;
import alphadistill.vision.train.Answers;
import alphadistill.vision.train.PictureSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How good each head of a network is on labelled pictures. */
public final class HeadResults {
  private static final int BATCH = 64;

  private HeadResults() {}

  /**
   * The table in words.
   *
   * @param images a set, as {@code data.test} of a configuration names it
   * @param limit first pictures that are looked at; 0 for all
   * @param broken share of pictures that may be unreadable
   */
  public static String of(TrainedModel model, Path images, int limit, double broken) {
    ImageSet set = VisionData.open(
        images, model.facts().classes().isEmpty() ? null : model.facts().classes(), limit);
    int classes = model.network().spec().classes();
    if (set.classes().size() > classes) {
      throw new UsageException(
          "%s has %d classes, the network answers with %d: they were made for different labels"
              .formatted(images, set.classes().size(), classes));
    }
    Iterable<ImageBatch> batches = new PictureSource(model.crop(), broken).inOrder(set, BATCH);
    Answers answers = Answers.of(model.network(), model.kernels(), batches);
    HeadTable table = HeadTable.of(answers.truth(), heads(answers));
    StringBuilder text = new StringBuilder();
    text.append("%,d pictures of %s\n\n".formatted(table.pictures(), images.getFileName()));
    text.append("%-20s %9s %8s %14s\n".formatted("", "accuracy", "error", "cross entropy"));
    for (HeadTable.Row row : table.rows()) {
      text.append("%-20s %9s %8s %14s\n"
          .formatted(
              row.by(),
              number("%.2f%%", 100 * row.accuracy()),
              number("%.2f%%", 100 * row.accuracyError(table.pictures())),
              number("%.4f", row.crossEntropy())));
    }
    return text.toString();
  }

  /** Logits by the words of tables: both heads first, then each where there are two. */
  static Map<String, INDArray> heads(Answers answers) {
    Map<String, INDArray> heads = new LinkedHashMap<>();
    if (answers.distHead() != null) {
      heads.put("both heads", answers.both());
    }
    heads.put("class head", answers.classHead());
    if (answers.distHead() != null) {
      heads.put("distillation head", answers.distHead());
    }
    return heads;
  }
}
