package alphadistill.student.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulationSpec.Kind;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.learn.StudentFit;
import alphadistill.student.learn.Variant;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.ObjectiveSpec;
import alphadistill.student.study.Studies;
import alphadistill.student.study.Study;
import alphadistill.student.study.StudySpec;
import alphadistill.student.study.TeacherSpec;
import alphadistill.student.teach.FactorTeaching;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FoldScoresTest {
  private final MarketData market = MarketData.of(Studies.market(Kind.NONLINEAR));

  private static FoldScores student(Study study, FactorTeaching teaching, Variant variant) {
    FoldPlan.Fold fold = study.folds().get(0);
    return FoldScores.of(
        study,
        fold,
        StudentFit.of(new CpuKernels(1), study, teaching, fold, variant, 1, epoch -> {})
            .student());
  }

  private static String hash(FoldScores scores) {
    return scores.scores().contentHash();
  }

  static Stream<Arguments> kinds() {
    return Stream.concat(
        Arrays.stream(TeacherSpec.Type.values())
            .map(type -> Arguments.of(ObjectiveSpec.Kind.RESIDUAL, type)),
        Stream.of(
            Arguments.of(ObjectiveSpec.Kind.TOTAL, TeacherSpec.Type.FAMA_MACBETH),
            Arguments.of(ObjectiveSpec.Kind.BUCKETS, TeacherSpec.Type.FAMA_MACBETH)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void scoresOfAFoldDoNotDependOnWhatComesAfterIt(
      ObjectiveSpec.Kind objective, TeacherSpec.Type teacher) {
    StudySpec spec = Studies.spec(Studies.CHARACTERISTICS, objective, teacher);
    Study honest = Study.of(market, spec);
    FoldPlan.Fold fold = honest.folds().get(0);
    int lastTest = fold.test().last();
    Study scrambled = Study.of(Studies.scrambledAfter(market, lastTest), spec);
    FactorTeaching honestTeaching = FactorTeaching.of(honest);
    FactorTeaching scrambledTeaching = FactorTeaching.of(scrambled);

    for (Variant variant : Variant.values()) {
      assertThat(hash(student(scrambled, scrambledTeaching, variant)))
          .isEqualTo(hash(student(honest, honestTeaching, variant)));
    }
    for (Baseline baseline : Baseline.values()) {
      assertThat(hash(baseline.forecast(scrambled, scrambledTeaching, fold)))
          .as(baseline.label())
          .isEqualTo(hash(baseline.forecast(honest, honestTeaching, fold)));
    }
  }

  @Test
  void scoresOfADayDependOnTheDaysBeforeItAlone() {
    Study whole = Study.of(market, Studies.spec());
    FoldPlan.Fold fold = whole.folds().get(0);
    var student = StudentFit.of(
            new CpuKernels(1),
            whole,
            FactorTeaching.of(whole),
            fold,
            Variant.DISTILLED,
            1,
            epoch -> {})
        .student();
    Panel all = FoldScores.of(whole, fold, student).scores();
    int day = fold.test().first() + 7;
    Study known = Study.of(market.upTo(day), Studies.spec());
    Panel then = FoldScores.of(
            known,
            new FoldPlan.Fold(
                0, fold.train(), fold.validation(), new alphadistill.student.fold.Span(day, day)),
            student)
        .scores();

    assertThat(Arrays.equals(then.crossSection(0, 0), all.crossSection(0, 7))).isTrue();
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    Study study = Study.of(market, Studies.spec());
    FactorTeaching teaching = FactorTeaching.of(study);
    FoldPlan.Fold fold = study.folds().get(0);

    String first = hash(student(study, teaching, Variant.DISTILLED));
    String other = hash(FoldScores.of(
        study,
        fold,
        StudentFit.of(new CpuKernels(1), study, teaching, fold, Variant.DISTILLED, 2, epoch -> {})
            .student()));

    assertThat(hash(student(study, teaching, Variant.DISTILLED))).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void aFaithfulStudentExplainsNothingByItself() {
    Study study = Study.of(market, Studies.spec());
    FactorTeaching teaching = FactorTeaching.of(study);
    FoldScores teacher =
        Baseline.TEACHER.forecast(study, teaching, study.folds().get(0));
    Panel answers = teacher.scores();
    float[] values = new float[answers.days() * answers.assetCount()];
    for (int day = 0; day < answers.days(); day++) {
      System.arraycopy(
          answers.crossSection(0, day),
          0,
          values,
          day * answers.assetCount(),
          answers.assetCount());
    }
    Panel.Builder copy = Panel.builder(answers.dates(), answers.assets());
    for (String field : new String[] {"score", "class", "dist"}) {
      copy.field(alphadistill.data.panel.FieldSpec.raw(field, "deviations"), values);
    }

    Fidelity fidelity = Fidelity.of(study, new FoldScores(teacher.fold(), copy.build()), teacher);

    assertThat(fidelity.dist()).isCloseTo(1, within(1e-12));
    assertThat(fidelity.explained()).isCloseTo(1, within(1e-9));
  }

  @Test
  void foldsAreJoinedInTime() {
    Study study = Study.of(market, Studies.spec());
    FactorTeaching teaching = FactorTeaching.of(study);
    Panel joined = FoldScores.joined(study.folds().stream()
        .map(fold -> Baseline.RIDGE.forecast(study, teaching, fold))
        .toList());

    assertThat(joined.days())
        .isEqualTo(study.folds().stream().mapToInt(fold -> fold.test().length()).sum());
    assertThat(joined.hasField("score")).isTrue();
  }
}
