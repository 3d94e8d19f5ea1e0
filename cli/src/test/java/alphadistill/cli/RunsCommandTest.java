package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {
  @TempDir
  static Path folder;

  @BeforeAll
  static void run() throws Exception {
    assertThat(SmallRun.distill(folder, "base").code()).isZero();
    assertThat(SmallRun.distill(folder, "again", "workers=1").code()).isZero();
    assertThat(SmallRun.distill(folder, "other", "training.rate=0.01", "data.simulated.seed=8")
            .code())
        .isZero();
    Path begun = Files.createDirectories(folder.resolve("runs/begun"));
    Files.copy(folder.resolve("runs/base/config.yaml"), begun.resolve("config.yaml"));
  }

  private static CommandRun runs(String... words) {
    return CommandRun.of(Stream.of(
            Stream.of("runs"),
            Stream.of(words),
            Stream.of("--out", folder.resolve("runs").toString()))
        .flatMap(word -> word)
        .toArray(String[]::new));
  }

  @Test
  void listsEveryRunFinishedOrNot() {
    CommandRun run = runs("list");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines().map(line -> line.split(" ")[0]))
        .containsExactly("run", "again", "base", "begun", "other");
    assertThat(run.out()).containsPattern("begun +not finished");
    assertThat(run.out()).containsPattern("base +\\d{4}-\\d\\d-\\d\\d \\d{4}-\\d\\d-\\d\\d +2 +1 ");
  }

  @Test
  void saysWhenThereIsNone() {
    CommandRun run =
        CommandRun.of("runs", "list", "--out", folder.resolve("none").toString());

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("no runs in").contains("alphadistill demo");
  }

  @Test
  void putsHeadlineFiguresSideBySide() {
    CommandRun run = runs("compare", "base", "again", "other");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("(?m)^ +base +again +other$");
    assertThat(run.out())
        .containsPattern("rank IC\n  distilled student +(-?\\d\\.\\d{4}) +\\1 +-?\\d");
    assertThat(run.out()).contains("Sharpe, net", "worst drawdown", "  ridge ");
  }

  @Test
  void findsNoDifferenceBetweenEqualRuns() {
    CommandRun run = runs("diff", "base", "again");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "configuration: the same\ndata: the same\ncode and machine: the same\nmetrics: the same\nsignals.parquet: the same bytes\n");
  }

  @Test
  void namesWhatDiffers() {
    CommandRun run = runs("diff", "base", folder.resolve("runs/other").toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("configuration: 2 differ", "  data.simulated.seed\n    base: 7\n")
        .contains("  training.rate\n    base: 0.001\n")
        .contains("data: 2 differ", "sha256 prices")
        .contains("code and machine: the same")
        .contains("models.ridge.rankIc.mean")
        .contains("signals.parquet: differs");
  }

  @Test
  void anUnknownRunIsRefusedWithThoseThereAre() {
    CommandRun run = runs("diff", "base", "nothing");

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err()).contains("no run nothing").contains("are again, base, begun, other");
    assertThat(runs("compare", "base", "begun").err()).contains("was not finished");
    assertThat(runs("compare", "base").code()).isEqualTo(Main.USAGE);
  }

  @Test
  void everyVerbShowsExamples() {
    for (String verb :
        new String[] {"runs list", "runs compare", "runs diff", "predict", "verify leak", "doctor"
        }) {
      String[] words = (verb + " --help").split(" ");
      CommandRun run = CommandRun.of(words);
      assertThat(run.code()).isZero();
      assertThat(run.out()).as(verb).contains("Examples:", "  alphadistill " + verb);
    }
  }
}
