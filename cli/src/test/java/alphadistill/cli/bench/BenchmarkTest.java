package alphadistill.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmarks do their work and report it rightly; how fast they are is no test. */
class BenchmarkTest {
  private static final Sizes SMALL = new Sizes(10, 300, 4, 1);

  @Test
  void panelIsMeasuredAgainstTheDatabaseOnBothKindsOfFileAndLeavesNothingBehind()
      throws IOException {
    long before = leftovers();
    List<BenchResult> results = Benchmark.PANEL.run(SMALL, Benchmark.Inputs.GENERATED);

    assertThat(results).hasSize(2).allSatisfy(result -> {
      assertThat(result.against()).isEqualTo("DuckDB's scan");
      assertThat(result.ratio()).isPositive();
    });
    assertThat(results.get(0).work()).isEqualTo("import of prices.csv, 3,000 rows");
    assertThat(results.get(1).work()).isEqualTo("import of prices.parquet, 3,000 rows");
    assertThat(leftovers()).isEqualTo(before);
  }

  @Test
  void secondsAreComparedWithAGoal() throws IOException {
    for (Benchmark benchmark : List.of(Benchmark.REGRESSION, Benchmark.BACKTEST)) {
      BenchResult result = benchmark.run(SMALL, Benchmark.Inputs.GENERATED).get(0);
      assertThat(result.against()).isEqualTo("goal");
      assertThat(result.ratio()).isEqualTo(result.reference() / result.ours(), within(1e-9));
      assertThat(result.line()).startsWith(benchmark.label()).contains(" s, goal ", "median of 1");
    }
  }

  @Test
  void anAbsentPeerIsExplainedAndOurFigureStands() throws IOException {
    BenchResult result =
        EngineBench.against(TorchPeer.SCRIPT.absent("no module"), EngineRow.SMALL_TRAIN_256, 1, 1);

    assertThat(result.ours()).isPositive();
    assertThat(result.ratio()).isNaN();
    assertThat(result.line())
        .startsWith(
            "engine      student of 15 tokens x 32 features, width 32, depth 2, training step")
        .contains("batch 256: ", "samples/s (median of 1)", "peak memory ", "linearBackward ")
        .contains("PyTorch not measured: no module (on Debian: apt-get install python3-torch");
    JsonNode json = new ObjectMapper().readTree(BenchReport.json(List.of(result)));
    assertThat(json.at("/results/0/ratio").isNull()).isTrue();
    assertThat(json.at("/machine/processors").asInt()).isPositive();
  }

  @Test
  void theFastestCandidateIsKeptAndOneThatIsNotThereEndsTheTrial() throws IOException {
    PeerProcess fastest =
        PeerProcess.fastest(List.of(speaking("0.5"), speaking("0.25"), speaking("1")));
    try (fastest) {
      assertThat(fastest.step()).isEqualTo(0.25);
    }
    PeerProcess absent = PeerProcess.fastest(
        List.of(speaking("0.5"), () -> PeerProcess.absent("peer", "peer not measured: why")));
    assertThat(absent.isThere()).isFalse();
    assertThat(absent.settings()).isEqualTo("peer not measured: why");
  }

  /** A process that says it took so many seconds for every line. */
  private static PeerProcess.Start speaking(String seconds) {
    return () -> PeerProcess.launch(
        List.of("sh", "-c", "echo ready 1; while read line; do echo " + seconds + "; done"),
        Map.of(),
        "ready",
        "",
        reason -> PeerProcess.absent("sh", reason));
  }

  /** What a peer of the same shape must have, told from the row alone. */
  @Test
  void aRowKnowsHowManyParametersItsNetworkHas() {
    assertThat(EngineRow.STUDENT_TRAIN_256.parameters()).isEqualTo(806_530);
    assertThat(EngineRow.DEIT_TI_TRAIN_8.parameters()).isEqualTo(5_910_800);
    assertThat(EngineRow.DEIT_B_TRAIN_32.recomputes()).isTrue();
    assertThat(EngineRow.USUAL).doesNotContain(EngineRow.DEIT_B_TRAIN_32);
  }

  @Test
  void thePeerTakesItsTurns() throws IOException {
    try (PeerProcess peer = TorchPeer.start(EngineRow.SMALL_TRAIN_256, 1, "Haswell")) {
      assumeThat(peer.isThere()).as(peer.settings()).isTrue();
      assertThat(peer.name()).startsWith("torch ");
      BenchResult result = EngineBench.against(peer, EngineRow.SMALL_TRAIN_256, 1, 1);
      assertThat(result.ratio()).isPositive();
      assertThat(result.more()).containsKeys("peakMiB", "referencePeakMiB");
    }
  }

  @Test
  void linearModelsTakeTurnsWithStatsmodelsAndNumpy() throws IOException {
    List<BenchResult> results = Benchmark.TEACHER.run(SMALL, Benchmark.Inputs.GENERATED);

    assertThat(results).hasSize(3).allSatisfy(result -> {
      assertThat(result.ours()).isPositive();
      if (Double.isNaN(result.ratio())) {
        assertThat(result.note()).contains("not measured: ", "apt-get install python3-");
      } else {
        assertThat(result.against()).matches("(statsmodels|numpy) [\\d.]+.*");
      }
    });
    assertThat(results.get(0).work()).startsWith("rolling OLS of 10 assets x 300 days");
    assertThat(results.get(2).work()).startsWith("IPCA of 100 assets x 60 periods");
  }

  @Test
  void picturesAreDecodedAndMadeReadyBesidePillow() throws IOException {
    long before = leftovers();
    List<BenchResult> results = Benchmark.IMAGES.run(SMALL, Benchmark.Inputs.GENERATED);

    assertThat(results).hasSize(2).allSatisfy(result -> {
      assertThat(result.ours()).isPositive();
      assertThat(result.against()).startsWith("Pillow");
      assertThat(result.note()).containsAnyOf("processor time on both sides", "not measured: ");
    });
    assertThat(results.get(0).work()).matches("decoding 4 JPEG files of \\d+ KB");
    assertThat(results.get(1).work()).startsWith("training pictures at 224 from 4 JPEG files");
    assertThat(leftovers()).isEqualTo(before);
  }

  @Test
  void aFolderWithoutPhotosIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> Benchmark.IMAGES.run(
            SMALL, new Benchmark.Inputs(null, folder, List.of(), null, words -> {})))
        .hasMessage(folder + ": no file ends in .jpg");
  }

  @Test
  void turnsAlternateAndMediansLeaveWarmUpOut() {
    StringBuilder order = new StringBuilder();
    double[] ours = {9, 1, 2, 5};
    double[] theirs = {9, 4, 2, 5};
    int[] at = new int[2];
    DoubleSupplier first = () -> {
      order.append('a');
      return ours[at[0]++];
    };
    DoubleSupplier second = () -> {
      order.append('b');
      return theirs[at[1]++];
    };

    Alternation times = Alternation.of(1, 3, first, second);

    assertThat(order).hasToString("abababab");
    assertThat(times).isEqualTo(new Alternation(2, 4, 1));
  }

  @Test
  void sizesThatGiveNoFigureAreRefused() {
    assertThatThrownBy(() -> new Sizes(1, 252, 1, 1)).hasMessageContaining("days at least 253");
    assertThatThrownBy(() -> SMALL.withRuns(2)).hasMessageContaining("runs odd");
  }

  private static long leftovers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("alphadistill-bench"))
          .count();
    }
  }
}
