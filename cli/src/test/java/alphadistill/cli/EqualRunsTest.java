package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.cli.run.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EqualRunsTest {
  private static final List<String> RESULTS = List.of("metrics.json", "signals.parquet");

  @TempDir
  Path folder;

  @Test
  void metricsAndSignalsDependOnNothingButConfigurationAndData() throws Exception {
    CommandRun first = SmallRun.distill(folder, "first", "workers=1");
    int trials = new Ledger(folder.resolve("runs")).trials().size();
    CommandRun other = SmallRun.distill(folder, "other", "workers=1", "training.rate=0.01");
    CommandRun again = SmallRun.distill(folder, "again", "workers=3");

    for (CommandRun run : List.of(first, other, again)) {
      assertThat(run.code()).as(run.err()).isZero();
    }
    for (String file : RESULTS) {
      assertThat(Files.mismatch(run("first", file), run("again", file)))
          .as(file)
          .isEqualTo(-1);
      assertThat(Files.mismatch(run("first", file), run("other", file)))
          .as(file)
          .isNotEqualTo(-1);
    }
    // two students, four baselines; the repeated run is no new trial
    assertThat(trials).isEqualTo(6);
    assertThat(new Ledger(folder.resolve("runs")).trials()).hasSize(2 * trials);
    assertThat(Files.readString(run("again", "trials.json"))).contains("\"trials\" : 12");
  }

  @Test
  void aFinishedRunStartedAgainDoesNothingAndEndsTheSame() throws Exception {
    SmallRun.distill(folder, "small");
    byte[] metrics = Files.readAllBytes(run("small", "metrics.json"));

    CommandRun again = SmallRun.distill(folder, "small");

    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("units are finished already");
    assertThat(Files.readAllBytes(run("small", "metrics.json"))).isEqualTo(metrics);
  }

  private Path run(String name, String file) {
    return folder.resolve("runs").resolve(name).resolve(file);
  }
}
