package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.cli.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  /** What is printed can be run: with its explanations it is the configuration of the defaults. */
  @Test
  void theDefaultsStandWithWhatEachKeyMeans(@TempDir Path folder) throws IOException {
    Said said = Said.by("config", "print");

    assertThat(said.code()).isEqualTo(Main.DONE);
    assertThat(said.out())
        .containsPattern("(?m)^  filings: null +# files: company reports with the day each was")
        .containsPattern("(?m)^  unadjusted: +# files: closes as quoted on their day");
    Path printed = Files.writeString(folder.resolve("printed.yaml"), said.out());
    assertThat(ConfigFile.load(ConfigCommand.defaults(), printed).print())
        .isEqualTo(ConfigFile.ofDefaults(ConfigCommand.defaults()).print());
  }

  @Test
  void overridesAreResolvedInPlainYaml() {
    Said said = Said.by("config", "print", "--set", "data.filings=reports.csv");

    assertThat(said.out()).contains("  filings: reports.csv\n").doesNotContain("#");
  }
}
