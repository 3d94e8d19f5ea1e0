package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.student.study.TeacherSpec;
import java.nio.file.Path;
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
}
