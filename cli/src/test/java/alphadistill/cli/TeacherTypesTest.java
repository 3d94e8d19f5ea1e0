package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.student.study.TeacherSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every estimator as the teacher of a run. */
class TeacherTypesTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(TeacherSpec.Type.class)
  void teachesARunToItsReport(TeacherSpec.Type type) throws Exception {
    CommandRun run = SmallRun.distill(
        folder,
        "taught",
        "teacher.type=" + type.word(),
        type.seesCharacteristics() ? "teacher.window=0" : "teacher.window=60");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("runs/taught/report.html")).isNotEmptyFile();
    assertThat(run.out()).contains("teacher", "distilled student");
  }

  /** A gate decides who may teach and nothing else: the run goes on where the refused one would have begun. */
  @Test
  void aGateRefusesOrPassesAndChangesNoResult() throws Exception {
    List<String> linear = List.of("data.simulated.kind=linear", "data.simulated.days=400");
    CommandRun open = distill(linear, "teacher.gate=0");
    byte[] metrics = Files.readAllBytes(folder.resolve("runs/gated/metrics.json"));
    CommandRun passed = distill(linear, "teacher.gate=0.5");
    CommandRun refused = distill(linear, "teacher.gate=99");

    assertThat(open.code()).as(open.err()).isZero();
    assertThat(open.err()).doesNotContain("HAC t");
    assertThat(passed.code()).as(passed.err()).isZero();
    assertThat(passed.err())
        .contains("teacher fama_macbeth passes; at its weakest rank IC 0.", "finished already");
    assertThat(refused.code()).isEqualTo(Main.REFUSED);
    assertThat(refused.err()).contains("teacher.gate asks for a t of 99");
    assertThat(Files.readAllBytes(folder.resolve("runs/gated/metrics.json"))).isEqualTo(metrics);
  }

  private CommandRun distill(List<String> market, String gate) throws Exception {
    return SmallRun.distill(
        folder, "gated", Stream.concat(market.stream(), Stream.of(gate)).toArray(String[]::new));
  }
}
