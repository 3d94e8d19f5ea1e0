package alphadistill.cli.distill;

import alphadistill.cli.run.Unit;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.train.Trainer;
import alphadistill.engine.train.TrainingListener;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.forecast.Baseline;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.learn.StudentFit;
import alphadistill.student.learn.Variant;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * A study's units of work: every baseline of every fold, and every student of every fold, seed and variant. Each writes
 * its scores, and a student its weights and how training went; none reads another's.
 */
final class StudyUnits {
  static final String SCORES = "scores.safetensors";
  static final String MODEL = "model.safetensors";
  static final String TRAINING = "training.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Study study;
  private final FactorTeaching teaching;
  private final ComputeDevice device;

  /** @param device that students are trained on, on one thread: units run beside each other instead */
  StudyUnits(Study study, FactorTeaching teaching, ComputeDevice device) {
    this.study = study;
    this.teaching = teaching;
    this.device = device;
  }

  /** @param steps told of every epoch of every student as it ends, from the unit's own thread */
  List<Unit> all(TrainingListener steps) {
    List<Unit> units = new ArrayList<>();
    for (FoldPlan.Fold fold : study.folds()) {
      for (Baseline baseline : Baseline.values()) {
        units.add(new Unit(
            name(fold, baseline),
            folder ->
                ScoreFile.write(folder.resolve(SCORES), baseline.forecast(study, teaching, fold))));
      }
      for (Variant variant : Variant.of(study.spec().training())) {
        for (long seed : study.spec().training().seeds()) {
          units.add(new Unit(
              name(fold, variant, seed), folder -> train(fold, variant, seed, steps, folder)));
        }
      }
    }
    return units;
  }

  static String name(FoldPlan.Fold fold, Baseline baseline) {
    return "f%02d-%s".formatted(fold.index(), baseline.label());
  }

  static String name(FoldPlan.Fold fold, Variant variant, long seed) {
    return "f%02d-%s-s%d".formatted(fold.index(), variant.label(), seed);
  }

  private void train(
      FoldPlan.Fold fold, Variant variant, long seed, TrainingListener steps, Path folder)
      throws IOException {
    StudentFit fit =
        StudentFit.of(device.kernels(1), study, teaching, fold, variant, seed, epoch -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("stopped, because another unit failed");
          }
          steps.epochDone(epoch);
        });
    ScoreFile.write(folder.resolve(SCORES), FoldScores.of(study, fold, fit.student()));
    fit.student().save(folder.resolve(MODEL));
    Files.writeString(
        folder.resolve(TRAINING),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(training(fit)));
  }

  private static ObjectNode training(StudentFit fit) {
    ObjectNode json = JSON.createObjectNode();
    json.put("samples", fit.samples());
    json.put("bestEpoch", fit.outcome().bestEpoch());
    json.put("bestValidation", fit.outcome().bestValidation());
    var epochs = json.putArray("epochs");
    for (Trainer.Epoch epoch : fit.outcome().epochs()) {
      epochs
          .addObject()
          .put("loss", epoch.loss())
          .put("gradientNorm", epoch.gradientNorm())
          .put("rate", epoch.rate())
          .put("validation", epoch.validation());
    }
    return json;
  }
}
