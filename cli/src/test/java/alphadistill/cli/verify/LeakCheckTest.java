package alphadistill.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.distill.ObservedMarket;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.Study;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The controls must be able to fail. */
class LeakCheckTest {
  private final RunConfig config = ConfigFile.ofDefaults(
          RunConfig.class.getResourceAsStream("/alphadistill/cli/defaults.yaml"))
      .set(List.of(
          "data.simulated.assets=30",
          "data.simulated.days=360",
          "data.minimumAssets=10",
          "folds.train=160",
          "folds.validation=30",
          "folds.test=60",
          "student.width=8",
          "student.depth=1",
          "training.seeds=[1]",
          "training.epochs=2",
          "training.batch=64",
          "training.rate=0.003"))
      .as(RunConfig.class);
  private final MarketData market = ObservedMarket.read(config.data()).data();

  @Test
  void aChangeBeforeTheDayIsSeenInEverythingThatIsCompared() {
    FirstFold honest = FirstFold.of(Study.of(market, config.study()), ComputeDevice.cpu());
    int day = honest.fold().test().first() + 20;
    FirstFold other = FirstFold.of(
        Study.of(ScrambledFuture.after(market, day - 7), config.study()), ComputeDevice.cpu());

    assertThat(new Unchanged(honest, other, day - 7, config.evaluation()).findings())
        .allMatch(LeakCheck.Finding::holds);
    assertThat(new Unchanged(honest, other, day, config.evaluation()).findings())
        .filteredOn(LeakCheck.Finding::holds)
        .as("only what was fitted long before is still the same")
        .extracting(LeakCheck.Finding::subject)
        .containsExactly("students' weights and scales");
  }

  @Test
  void aChangeInsideTheTrainingSpanIsSeenInTheStudents() {
    FirstFold honest = FirstFold.of(Study.of(market, config.study()), ComputeDevice.cpu());
    FirstFold other = FirstFold.of(
        Study.of(ScrambledFuture.after(market, honest.fold().train().last() - 20), config.study()),
        ComputeDevice.cpu());

    assertThat(new Unchanged(honest, other, honest.fold().test().first() + 5, config.evaluation())
            .findings())
        .noneMatch(LeakCheck.Finding::holds);
  }

  @Test
  void aForecastOfTheShuffledLabelsIsRefused() {
    FirstFold sees = FirstFold.of(
        Study.of(PlantedFuture.in(market, config.label()), PlantedFuture.study(config.study())),
        ComputeDevice.cpu());

    assertThat(LeakCheck.shuffled(sees))
        .filteredOn(finding -> finding.subject().equals("ridge"))
        .noneMatch(LeakCheck.Finding::holds);
    assertThat(
            LeakCheck.planted(FirstFold.of(Study.of(market, config.study()), ComputeDevice.cpu())))
        .noneMatch(LeakCheck.Finding::holds);
  }

  @Test
  void shufflingKeepsTheLabelsOfEachDayAndMovesThem() {
    Study study = Study.of(market, config.study());
    Study shuffled = study.withShuffledTargets(1);
    int moved = 0;
    for (int day = 100; day < 110; day++) {
      double sum = 0;
      double other = 0;
      for (int asset = 0; asset < study.assets(); asset++) {
        boolean known = Float.isFinite(study.target(day, asset));
        assertThat(Float.isFinite(shuffled.target(day, asset))).isEqualTo(known);
        if (known) {
          sum += Math.pow(study.target(day, asset), 3);
          other += Math.pow(shuffled.target(day, asset), 3);
          moved += study.target(day, asset) == shuffled.target(day, asset) ? 0 : 1;
        }
      }
      assertThat(other).isCloseTo(sum, org.assertj.core.api.Assertions.within(1e-6));
    }
    assertThat(moved).isGreaterThan(200);
  }
}
