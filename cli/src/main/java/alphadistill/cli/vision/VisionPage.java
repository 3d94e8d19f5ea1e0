package alphadistill.cli.vision;

import alphadistill.augment.image.Image;
import alphadistill.augment.image.recipe.EvaluationCrop;
import alphadistill.cli.vision.report.VisionReport;
import alphadistill.vision.evaluate.Agreement;
import alphadistill.vision.evaluate.ConfusionMatrix;
import alphadistill.vision.evaluate.HeadTable;
import alphadistill.vision.evaluate.Predictions;
import alphadistill.vision.train.Answers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gathers what the report of a run shows. Confusion, samples and drawings are of the first seed. */
final class VisionPage {
  static final String NAME = "report.html";

  private static final int SAMPLES = 24;
  private static final int VIEWS = 2;

  private final VisionConfig config;
  private final VisionData data;
  private final Path units;
  private final INDArray teacher; // logits of the test pictures, or null
  private final EvaluationCrop crop;

  VisionPage(VisionConfig config, VisionData data, Path units, INDArray teacher) {
    this.config = config;
    this.data = data;
    this.units = units;
    this.teacher = teacher;
    this.crop = config.pictureSource().crop();
  }

  String html(VisionResults results, String printed, Map<String, String> provenance) {
    return new VisionReport(
            config.name(),
            notes(),
            results.variants().stream().map(this::variant).toList(),
            teacherRow(results),
            Optional.of(Agreement.of(everybody(results))),
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
      notes.add("Taught by %s.".formatted(config.teacher().file().getFileName()));
    }
    return notes;
  }

  private VisionReport.Variant variant(VisionResults.Variant variant) {
    List<VisionReport.Seed> seeds = config.seeds().stream()
        .map(seed -> new VisionReport.Seed(
            "seed " + seed, EpochTable.read(unit(variant, seed).resolve(VisionUnits.METRICS))))
        .toList();
    Answers first = variant.answers().get(0);
    TrainedModel model =
        TrainedModel.read(unit(variant, config.seeds().get(0)).resolve(VisionUnits.MODEL));
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

  /** The first test pictures; none where some could not be read, because answers would stand beside others. */
  private List<VisionReport.Sample> samples(Answers answers) {
    List<VisionReport.Sample> samples = new ArrayList<>();
    if (answers.labels().length != data.test().size()) {
      return samples;
    }
    float[][] logits = answers.both().toFloatMatrix();
    int[] named = Predictions.of("network", answers.both()).classes();
    int[] taught = teacher == null ? null : Predictions.of("teacher", teacher).classes();
    List<String> classes = data.test().classes();
    for (int n = 0; n < Math.min(SAMPLES, named.length); n++) {
      samples.add(new VisionReport.Sample(
          picture(n),
          classes.get(answers.labels()[n]),
          classes.get(named[n]),
          Prediction.probability(logits[n], named[n]),
          taught == null ? "" : classes.get(taught[n])));
    }
    return samples;
  }

  private List<VisionReport.View> views(TrainedModel model) {
    List<VisionReport.View> views = new ArrayList<>();
    for (int n = 0; n < Math.min(VIEWS, data.test().size()); n++) {
      Inspection inspection = Inspection.of(model, picture(n));
      String what = data.test().classes().get(data.test().label(n));
      views.add(new VisionReport.View("class token over " + what, inspection.attention(0)));
      if (model.network().spec().specialTokens() > 1) {
        views.add(
            new VisionReport.View("distillation token over " + what, inspection.attention(1)));
      }
    }
    return views;
  }

  private Image picture(int index) {
    return crop.apply(data.test().image(index));
  }

  private Optional<HeadTable.Row> teacherRow(VisionResults results) {
    return teacher == null
        ? Optional.empty()
        : Optional.of(HeadTable.of(
                results.truth(), Map.of(config.teacher().file().getFileName().toString(), teacher))
            .rows()
            .get(0));
  }

  private List<Predictions> everybody(VisionResults results) {
    List<Predictions> all = new ArrayList<>();
    all.add(results.truth());
    if (teacher != null) {
      all.add(Predictions.of("teacher", teacher));
    }
    for (VisionResults.Variant variant : results.variants()) {
      HeadResults.heads(variant.answers().get(0))
          .forEach((head, logits) ->
              all.add(Predictions.of(VisionUnits.label(variant.kind()) + ", " + head, logits)));
    }
    return all;
  }
}
