package alphadistill.student.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.simulate.SimulationSpec.Kind;
import alphadistill.engine.TeacherRefusedException;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.sample.CrossSection;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.Studies;
import alphadistill.student.study.Study;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeacherGateTest {
  private static final double ANY = 1e-9;

  private final MarketData market = MarketData.of(Studies.market(Kind.LINEAR));
  private final Study study = Study.of(market, Studies.spec());
  private final FactorTeaching teaching = FactorTeaching.of(study);

  @Test
  void scoresAreThoseOfTheTrainingDates() {
    List<TeacherGate.Score> scores = new TeacherGate(ANY).require(study, teaching);

    FoldPlan.Fold fold = study.folds().get(1);
    Samples train = study.labelled(fold.train()).where((day, asset) -> day >= teaching.firstDay());
    double[] target = new double[train.size()];
    Arrays.setAll(target, i -> study.target(train.day()[i], train.asset()[i]));
    double[] answers = teaching.answers(
        teaching.inputs(train.day(), train.asset()), n -> teaching.asOf(train.day()[n]));
    TeacherGate.Score score = scores.get(1);
    assertThat(score.fold()).isEqualTo(1);
    assertThat(score.dates()).isEqualTo(train.dayStarts().length - 1);
    assertThat(score.rankIc())
        .isCloseTo(CrossSection.meanRankCorrelation(train, answers, target), within(1e-12));
    assertThat(scores).hasSize(study.folds().size());
  }

  @Test
  void refusesBelowTheBarAndPassesAtIt() {
    double weakest = new TeacherGate(ANY)
        .require(study, teaching).stream()
            .mapToDouble(TeacherGate.Score::t)
            .min()
            .orElseThrow();

    assertThat(new TeacherGate(weakest).require(study, teaching)).isNotEmpty();
    assertThatThrownBy(() -> new TeacherGate(Math.nextUp(weakest)).require(study, teaching))
        .isInstanceOf(TeacherRefusedException.class)
        .hasMessageMatching(
            "teacher fama_macbeth is refused: rank IC [0-9.]+ with HAC t [0-9.]+ on [0-9]+ training dates of fold [0-9]+, and teacher.gate asks for a t of .*");
    Study shuffled = study.withShuffledTargets(1);
    assertThatThrownBy(() -> new TeacherGate(3).require(shuffled, FactorTeaching.of(shuffled)))
        .isInstanceOf(TeacherRefusedException.class);
  }

  @Test
  void readsNoLabelOfValidationOrTest() {
    FoldPlan.Fold first = study.folds().get(0);
    Study other =
        Study.of(Studies.scrambledAfter(market, first.validation().first()), Studies.spec());

    assertThat(new TeacherGate(ANY).require(study, teaching).get(0)).isEqualTo(scoreOfFirst(other));
    Study changed = Study.of(Studies.scrambledAfter(market, first.train().last()), Studies.spec());
    assertThat(new TeacherGate(ANY).require(study, teaching).get(0))
        .isNotEqualTo(scoreOfFirst(changed));
  }

  /** Of a study whose later folds may be refused. */
  private static TeacherGate.Score scoreOfFirst(Study study) {
    return TeacherGate.score(study, FactorTeaching.of(study), study.folds().get(0));
  }

  @Test
  void refusesABarThatIsNone() {
    assertThatThrownBy(() -> new TeacherGate(0))
        .hasMessageContaining("a positive t statistic, was 0");
  }
}
