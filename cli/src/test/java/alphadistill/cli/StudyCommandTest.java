package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCommandTest {
  private static final String[] SMALL = {
    "data.simulated.assets=24",
    "data.simulated.days=330",
    "data.minimumAssets=10",
    "folds.train=160",
    "folds.validation=30",
    "folds.test=75",
    "folds.stride=5",
    "student.width=8",
    "student.depth=1",
    "training.seeds=[1]",
    "training.epochs=1",
    "training.warmUp=0"
  };

  @TempDir
  private Path folder;

  private Said study(String types, String... more) {
    List<String> words = new ArrayList<>(List.of(
        "study", "teachers", "--types", types, "--out", folder.resolve("runs").toString()));
    for (String set : SMALL) {
      words.addAll(List.of("--set", set));
    }
    words.addAll(List.of(more));
    return Said.by(words);
  }

  @Test
  void everyTeacherHasARowOnEveryMarketAndTheSamePageTwice() throws IOException {
    Path page = folder.resolve("teachers.md");
    Said first = study("fama_macbeth,ridge", "--page", page.toString());
    assertThat(first.code()).as(first.err()).isZero();
    String text = Files.readString(page);
    assertThat(text)
        .startsWith("# Do teachers teach?")
        .contains("## nonlinear", "## linear", "token less class only")
        .containsPattern("\\| fama_macbeth \\| -?0\\.\\d{4} \\| -?0\\.\\d{4} ± ")
        .containsPattern("\\| ridge \\| [-+]0\\.\\d{4} \\[[-+]0\\.\\d{4}, [-+]0\\.\\d{4}\\] \\|");
    assertThat(folder.resolve("runs/linear-ridge/units/f00-class-only-s1")).isDirectory();

    Said again = study("fama_macbeth,ridge", "--page", page.toString());
    assertThat(again.err()).contains("units are finished already");
    assertThat(Files.readString(page)).isEqualTo(text);
  }

  @Test
  void aMistakeIsNotTakenForAMarketWithoutTeachers() {
    Said said = study("ridge", "--set", "training.epoch=3");
    assertThat(said.code()).isEqualTo(Main.USAGE);
    assertThat(said.errorLines().get(said.errorLines().size() - 1)).contains("did you mean");
  }
}
