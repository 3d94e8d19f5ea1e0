package alphadistill.student.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.window.Augmentation;
import alphadistill.augment.window.CrossAssetMixup;
import alphadistill.augment.window.History;
import alphadistill.augment.window.Origin;
import alphadistill.augment.window.RegimeSplice;
import alphadistill.augment.window.WindowBatch;
import alphadistill.augment.window.WindowTransform;
import alphadistill.data.simulate.SimulationSpec.Kind;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.AugmentationSpec;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.ObjectiveSpec;
import alphadistill.student.study.Studies;
import alphadistill.student.study.Study;
import alphadistill.student.study.StudySpec;
import alphadistill.student.study.TeacherSpec;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.student.window.Windows;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation at once on a fold of a study: nothing leaks, teacher and student see the same, training runs. */
class AugmentedFoldTest {
  private static final AugmentationSpec EVERYTHING = new AugmentationSpec(
      0.5,
      0.4,
      CrossAssetMixup.Nonlinear.REFUSE,
      new AugmentationSpec.Splice(
          0.5, 1, 0, RegimeSplice.Label.LENGTH_SHARE, RegimeSplice.Seam.REFUSE),
      new AugmentationSpec.Subperiod(0.5, 10, 3),
      new AugmentationSpec.Noise(0.5, 0.2),
      new AugmentationSpec.Missing(0.5, 1, 2),
      new AugmentationSpec.Scale(0.5, 1.5),
      0.2,
      Augmentation.Decay.NONE);

  private static final MarketData MARKET = MarketData.of(Studies.market(Kind.NONLINEAR));

  private static StudySpec spec(
      AugmentationSpec augmentation, ObjectiveSpec.Kind objective, TeacherSpec.Type teacher) {
    StudySpec s = Studies.spec(Studies.CHARACTERISTICS, objective, teacher);
    return new StudySpec(
        s.features(),
        s.label(),
        s.window(),
        s.folds(),
        s.teacher(),
        s.student(),
        s.objective(),
        augmentation,
        s.training(),
        s.minimumAssets());
  }

  @ParameterizedTest
  @EnumSource(TeacherSpec.Type.class)
  void noParentLeavesTheTrainingSpanAndTheTeacherAnswersForEverySample(TeacherSpec.Type type) {
    Study study = Study.of(MARKET, spec(EVERYTHING, ObjectiveSpec.Kind.RESIDUAL, type));
    FactorTeaching teaching = FactorTeaching.of(study);
    FoldPlan.Fold fold = study.folds().get(0);
    History history = new Windows(study).history(fold.train(), teaching);
    Augmentation augmentation = EVERYTHING.over(history, 1);
    WindowBatch batch = batch(study, teaching, fold);

    for (int step = 0; step < 5; step++) {
      WindowBatch changed = augmentation.apply(batch, new WindowTransform.Key(7, 0, step));
      for (Origin origin : changed.origins()) {
        assertThat(origin.latestDay()).isLessThanOrEqualTo(history.lastDay());
        assertThat(origin.day()).isBetween(history.firstDay(), history.lastDay());
        assertThat(origin.day()).isGreaterThanOrEqualTo(teaching.firstDay());
      }
      double[] answers = teaching.answers(
          changed.teacherInputs(), n -> teaching.asOf(changed.origins().get(n).day()));
      assertThat(answers).doesNotContain(Double.NaN);
    }
  }

  @Test
  void aTrainingSpanGivesNothingOfLaterDays() {
    Study study = Study.of(MARKET, Studies.spec());
    FactorTeaching teaching = FactorTeaching.of(study);
    FoldPlan.Fold fold = study.folds().get(0);
    History history = new Windows(study).history(fold.train(), teaching);
    int later = fold.train().last() + 1;

    assertThat(history.label(0, later)).isNaN();
    assertThat(history.label(0, teaching.firstDay() - 1)).isNaN();
    assertThat(history.covers(0, later, 2)).isFalse();
    for (Runnable look : List.<Runnable>of(
        () -> history.channels(0, later, 1, new float[100], 0),
        () -> history.assetReturn(0, later),
        () -> history.factorReturn(0, later),
        () -> history.regime(later))) {
      assertThatThrownBy(look::run).hasMessageContaining("they would leak");
    }
  }

  @Test
  void theTeachersAnswerOfAMixedBatchIsTheMixOfItsAnswers() {
    Study study =
        Study.of(MARKET, spec(EVERYTHING, ObjectiveSpec.Kind.TOTAL, TeacherSpec.Type.FAMA_MACBETH));
    FactorTeaching teaching = FactorTeaching.of(study);
    WindowBatch batch = batch(study, teaching, study.folds().get(0));
    WindowBatch mixed = new CrossAssetMixup(0.4, CrossAssetMixup.Nonlinear.REFUSE)
        .apply(batch, new WindowTransform.Key(1, 0, 0), 1);

    double[] observed = answers(teaching, batch);
    double[] answers = answers(teaching, mixed);
    for (int n = 0; n < batch.samples(); n++) {
      List<Origin.Parent> parents = mixed.origins().get(n).parents();
      int partner = place(batch, parents.get(1).asset(), batch.origins().get(n).day());
      double share = parents.get(0).weight();
      assertThat(answers[n])
          .isCloseTo(share * observed[n] + (1 - share) * observed[partner], within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"RESIDUAL,FAMA_MACBETH", "BUCKETS,FAMA_MACBETH", "TOTAL,TIME_SERIES"})
  void aStudentLearnsTheSameFromEverythingTwice(
      ObjectiveSpec.Kind objective, TeacherSpec.Type teacher) {
    Study study = Study.of(MARKET, spec(EVERYTHING, objective, teacher));
    FactorTeaching teaching = FactorTeaching.of(study);
    FoldPlan.Fold fold = study.folds().get(0);
    Samples samples = study.forecastable(fold.test());

    double[] first =
        fit(study, teaching, fold).student().forecast(study, samples).forecast();
    double[] again =
        fit(study, teaching, fold).student().forecast(study, samples).forecast();

    assertThat(first).containsExactly(again).doesNotContain(Double.NaN);
  }

  @Test
  void featuresThatLookBackFurtherThanABlockAreRefusedBeforeTraining() {
    StudySpec s = spec(EVERYTHING, ObjectiveSpec.Kind.TOTAL, TeacherSpec.Type.FAMA_MACBETH);
    Study study = Study.of(
        MARKET,
        new StudySpec(
            new alphadistill.student.study.FeatureSpec(
                List.of("c1", "reversal_21"), s.features().scaling()),
            s.label(),
            s.window(),
            s.folds(),
            s.teacher(),
            s.student(),
            s.objective(),
            EVERYTHING,
            s.training(),
            s.minimumAssets()));

    assertThatThrownBy(() -> fit(study, FactorTeaching.of(study), study.folds().get(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 5 days")
        .hasMessageContaining("reversal_21 (22 days)");
  }

  private static StudentFit fit(Study study, FactorTeaching teaching, FoldPlan.Fold fold) {
    return StudentFit.of(
        new CpuKernels(1), study, teaching, fold, Variant.DISTILLED, 3, epoch -> {});
  }

  private static WindowBatch batch(Study study, FactorTeaching teaching, FoldPlan.Fold fold) {
    Samples samples =
        study.labelled(fold.train()).where((day, asset) -> day >= teaching.firstDay());
    int[] rows = IntStream.range(samples.size() - 300, samples.size()).toArray();
    return new Windows(study).batch(samples, rows, teaching::inputs);
  }

  private static double[] answers(FactorTeaching teaching, WindowBatch batch) {
    return teaching.answers(
        batch.teacherInputs(), n -> teaching.asOf(batch.origins().get(n).day()));
  }

  private static int place(WindowBatch batch, int asset, int day) {
    return IntStream.range(0, batch.samples())
        .filter(n ->
            batch.origins().get(n).asset() == asset && batch.origins().get(n).day() == day)
        .findFirst()
        .orElseThrow();
  }
}
