package alphadistill.cli.vision;

import alphadistill.augment.image.Image;
import alphadistill.augment.image.recipe.EvaluationCrop;
import alphadistill.cli.vision.report.VisionReport;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.vision.evaluate.Agreement;
import alphadistill.vision.evaluate.ConfusionMatrix;
import alphadistill.vision.evaluate.Example;
import alphadistill.vision.evaluate.HeadTable;
import alphadistill.vision.evaluate.Predictions;
import alphadistill.vision.train.Answers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gathers what the report of a run shows. Confusion, samples and drawings are of the first seed. */
final class VisionPage {
  static final String NAME = "report.html";

  private static final int SAMPLES = 12;
  private static final int VIEWS = 2;

  private final VisionConfig config;
  private final VisionData data;
  private final ComputeDevice device;
  private final Path units;
  private final String teacherName; // or null
  private final INDArray teacher; // logits of the test pictures, or null
  private final EvaluationCrop crop;

  /**
   * @param device that looks into networks
   * @param teacherName of the teacher's file, or null without a teacher
   * @param teacher its logits of the test pictures, or null
   */
  VisionPage(
      VisionConfig config,
      VisionData data,
      ComputeDevice device,
      Path units,
      String teacherName,
      INDArray teacher) {
    this.config = config;
    this.data = data;
    this.device = device;
    this.units = units;
    this.teacherName = teacherName;
    this.teacher = teacher;
    this.crop = config.pictureSource().crop();
  }

  String html(VisionResults results, String printed, Map<String, String> provenance) {
    return new VisionReport(
            config.name(),
            notes(),
            results.variants().stream().map(this::variant).toList(),
            teacherRow(results),
            Optional.of(agreement(results)),
            printed,
            provenance)
        .html();
  }

  private List<String> notes() {
    VisionConfig.Model model = config.model();
    List<String> notes = new ArrayList<>();
    notes.add("%,d pictures to learn from, %,d held out, %,d for the test, of %d classes."
        .formatted(
            data.train().size(),
            data.heldOut().size(),
            data.test().size(),
            data.train().classes().size()));
    notes.add("%d blocks of %d channels and %d heads on patches of %d pixels, %d epochs."
        .formatted(
            model.depth(),
            model.width(),
            model.heads(),
            model.patch(),
            config.training().epochs()));
    if (teacher != null) {
      notes.add("Taught by %s.".formatted(taughtBy()));
    }
    return notes;
  }

  private String taughtBy() {
    VisionConfig.Trained trained = config.teacher().trained();
    return trained.wanted()
        ? "a small CNN of stages %s, trained here for %d epochs on the same pictures"
            .formatted(trained.widths(), trained.epochs())
        : teacherName;
  }

  private VisionReport.Variant variant(VisionResults.Variant variant) {
    List<VisionReport.Seed> seeds = config.seeds().stream()
        .map(seed -> new VisionReport.Seed(
            "seed " + seed, EpochTable.read(unit(variant, seed).resolve(VisionUnits.METRICS))))
        .toList();
    Answers first = variant.answers().get(0);
    TrainedModel model =
        TrainedModel.read(unit(variant, config.seeds().get(0)).resolve(VisionUnits.MODEL), device);
    return new VisionReport.Variant(
        VisionUnits.label(variant.kind()),
        seeds,
        variant.answers().stream()
            .map(answers -> HeadTable.of(answers.truth(), HeadResults.heads(answers)))
            .toList(),
        ConfusionMatrix.of(
            data.test().classes(), first.truth(), Predictions.of("network", first.both())),
        AnswerFile.tokenCosine(unit(variant, config.seeds().get(0)).resolve(VisionUnits.ANSWERS)),
        samples(first),
        views(model));
  }

  private Path unit(VisionResults.Variant variant, long seed) {
    return units.resolve(VisionUnits.name(variant.kind(), seed));
  }

  /**
   * The first test pictures, then the mistakes that the network is surest of; none where some pictures could not be read,
   * because answers would stand beside others.
   */
  private List<VisionReport.Sample> samples(Answers answers) {
    if (answers.labels().length != data.test().size()) {
      return List.of();
    }
    int[] taught = teacher == null ? null : Predictions.of("teacher", teacher).classes();
    List<String> classes = data.test().classes();
    return Stream.concat(
            Example.first(answers.truth(), answers.both(), SAMPLES).stream(),
            Example.surestMistakes(answers.truth(), answers.both(), SAMPLES).stream())
        .map(example -> new VisionReport.Sample(
            picture(example.picture()),
            classes.get(example.truth()),
            classes.get(example.given()),
            example.probability(),
            taught == null ? "" : classes.get(taught[example.picture()])))
        .toList();
  }

  private List<VisionReport.View> views(TrainedModel model) {
    return IntStream.range(0, Math.min(VIEWS, data.test().size()))
        .mapToObj(n -> new VisionReport.View(
            "%s: what the class token, and below it a distillation token, looks at in each block and through all of them"
                .formatted(data.test().classes().get(data.test().label(n))),
            Inspection.of(model, picture(n)).attention()))
        .toList();
  }

  private Image picture(int index) {
    return crop.apply(data.test().image(index));
  }

  private Optional<HeadTable.Row> teacherRow(VisionResults results) {
    return teacher == null
        ? Optional.empty()
        : Optional.of(
            HeadTable.of(results.truth(), Map.of(teacherName, teacher)).rows().get(0));
  }

  /** Who agrees with whom, the mean over seeds. */
  private Agreement agreement(VisionResults results) {
    return Agreement.mean(IntStream.range(0, config.seeds().size())
        .mapToObj(seed -> Agreement.of(everybody(results, seed)))
        .toList());
  }

  private List<Predictions> everybody(VisionResults results, int seed) {
    List<Predictions> all = new ArrayList<>();
    all.add(results.truth());
    if (teacher != null) {
      all.add(Predictions.of("teacher", teacher));
    }
    for (VisionResults.Variant variant : results.variants()) {
      HeadResults.heads(variant.answers().get(seed))
          .forEach((head, logits) ->
              all.add(Predictions.of(VisionUnits.label(variant.kind()) + ", " + head, logits)));
    }
    return all;
  }
}
