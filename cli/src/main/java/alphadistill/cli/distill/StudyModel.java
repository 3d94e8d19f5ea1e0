package alphadistill.cli.distill;

import alphadistill.student.fold.FoldPlan;
import alphadistill.student.forecast.Baseline;
import alphadistill.student.learn.Variant;
import alphadistill.student.study.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One model of a study, in the order of tables: students first, then what they must beat.
 *
 * @param name in tables and in {@code signals.parquet}
 * @param variant of a student
 * @param baseline where it is none
 * @param seeds of a student; one 0 for models without randomness
 */
record StudyModel(
    String name, Optional<Variant> variant, Optional<Baseline> baseline, List<Long> seeds) {

  static List<StudyModel> of(Study study) {
    List<Long> seeds = study.spec().training().seeds();
    List<StudyModel> models = new ArrayList<>();
    for (Variant variant : Variant.of(study.spec().training())) {
      models.add(student(variant.student(), variant, seeds));
    }
    for (Baseline baseline : Baseline.values()) {
      models.add(new StudyModel(
          baseline.label().replace('-', ' '),
          Optional.empty(),
          Optional.of(baseline),
          List.of(0L)));
    }
    return models;
  }

  private static StudyModel student(String name, Variant variant, List<Long> seeds) {
    return new StudyModel(name, Optional.of(variant), Optional.empty(), seeds);
  }

  /** Folder of the unit that holds the scores of one fold and seed. */
  String unit(FoldPlan.Fold fold, long seed) {
    return variant
        .map(student -> StudyUnits.name(fold, student, seed))
        .orElseGet(() -> StudyUnits.name(fold, baseline.orElseThrow()));
  }
}
