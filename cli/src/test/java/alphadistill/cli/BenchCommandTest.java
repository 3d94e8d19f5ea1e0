package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  @TempDir
  Path folder;

  @Test
  void printsMachineAndRatioAndWritesJson() throws IOException {
    Path prices = Files.writeString(
        folder.resolve("prices.csv"), "date,ticker,close\n2014-01-02,A,1.5\n2014-01-03,A,1.6\n");
    Path json = folder.resolve("bench.json");

    CommandRun run = CommandRun.of(
        "bench", "panel", "--runs", "1", "--file", prices.toString(), "--json", json.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^machine +\\d+ cores of ")
        .containsPattern("(?m)^panel +import of prices.csv, 2 rows: .* ratio \\d");
    assertThat(json).content().contains("\"against\" : \"DuckDB's scan\"");
  }

  @Test
  void wrongWordsAndFilesAreOneLine() {
    assertThat(CommandRun.of("bench", "speed").code()).isEqualTo(Main.USAGE);
    assertThat(CommandRun.of("bench", "panel", "--runs", "2"))
        .isEqualTo(
            new CommandRun(Main.USAGE, "", "alphadistill: --runs must be odd, such as 7, was 2\n"));
    CommandRun peerless = CommandRun.of("bench", "engine", "--libtorch", folder.toString());
    assertThat(peerless.code()).isEqualTo(Main.USAGE);
    assertThat(peerless.err())
        .startsWith(
            "alphadistill: --libtorch: " + folder + " holds no libtorch peer: make it with ")
        .hasLineCount(1);
    CommandRun absent = CommandRun.of("bench", "panel", "--file", "absent.csv");
    assertThat(absent.code()).isEqualTo(Main.DATA);
    assertThat(absent.err())
        .startsWith("alphadistill: absent.csv: no such file")
        .hasLineCount(1);
  }
}
