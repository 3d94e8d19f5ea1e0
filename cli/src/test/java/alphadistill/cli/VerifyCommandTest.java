package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.student.study.TeacherSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyCommandTest {
  private static CommandRun leak(String... set) {
    List<String> smaller = List.of(
        "data.simulated.assets=30",
        "data.simulated.days=360",
        "data.minimumAssets=10",
        "folds.train=160",
        "folds.validation=30",
        "folds.test=60",
        "student.width=16",
        "student.depth=1");
    return CommandRun.of(Stream.concat(
            Stream.of("verify", "leak"),
            Stream.concat(smaller.stream(), Stream.of(set)).flatMap(key -> Stream.of("--set", key)))
        .toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(TeacherSpec.Type.class)
  void anHonestPipelinePasses(TeacherSpec.Type teacher) {
    CommandRun run = teacher.seesCharacteristics()
        ? leak("teacher.type=" + teacher.word())
        : leak("teacher.type=" + teacher.word(), "teacher.window=60", "teacher.minimum=40");

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("all %d checks hold".formatted(teacher.seesCharacteristics() ? 21 : 20))
        .doesNotContain("REFUSED");
  }

  @Test
  void aPipelineWithATeacherOnReturnsPasses() {
    CommandRun run = leak(
        "teacher.type=time_series",
        "teacher.window=60",
        "teacher.minimum=40",
        "backtest.weights=top_k_dropout",
        "backtest.topK=8",
        "backtest.drop=3",
        "backtest.fill=open",
        "training.epochs=8",
        "features.names=[c1, return_1, volatility_21]",
        "augmentation.nonlinear=blend");

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("all 20 checks hold");
  }

  @Test
  void aPipelineThatCannotFindThePlantedColumnIsRefused() {
    CommandRun run = leak("training.rate=1e-9", "training.epochs=1");

    assertThat(run.code()).isEqualTo(Main.REFUSED);
    assertThat(run.out()).containsPattern("REFUSED +planted future +undistilled student");
  }
}
