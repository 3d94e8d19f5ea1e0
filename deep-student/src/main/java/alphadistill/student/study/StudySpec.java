package alphadistill.student.study;

import alphadistill.data.feature.LabelSpec;

/**
 * Everything that decides a study's forecasts, besides the data.
 *
 * @param minimumAssets a date with fewer eligible assets is no sample; at least 2
 */
public record StudySpec(
    FeatureSpec features,
    LabelSpec label,
    WindowSpec window,
    FoldSpec folds,
    TeacherSpec teacher,
    StudentSpec student,
    ObjectiveSpec objective,
    AugmentationSpec augmentation,
    TrainingSpec training,
    int minimumAssets) {

  public StudySpec {
    folds.plan(label, window); // refuses gaps that leak
    if (minimumAssets < 2) {
      throw new IllegalArgumentException(
          "minimumAssets must be at least 2, was %d: one asset has no cross-section"
              .formatted(minimumAssets));
    }
  }
}
