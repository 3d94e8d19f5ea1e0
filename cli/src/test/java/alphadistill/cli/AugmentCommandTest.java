package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.window.BatchStatistics;
import alphadistill.augment.window.SeriesStatistics;
import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.distill.AugmentationPreview;
import alphadistill.cli.distill.PreviewTable;
import alphadistill.student.study.AugmentationSpec.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentCommandTest {
  private static final List<String> SMALL = List.of(
      "data.simulated.assets=30",
      "data.simulated.days=420",
      "folds.train=180",
      "folds.validation=30",
      "folds.test=40");

  @TempDir
  Path folder;

  private static AugmentationPreview preview(Operation operation, String... set) {
    RunConfig config = ConfigFile.ofDefaults(ConfigCommand.defaults())
        .set(SMALL)
        .set(List.of(set))
        .as(RunConfig.class);
    return AugmentationPreview.of(config, operation, 400);
  }

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** The command's exit code; what it printed is in {@link #printed}. */
  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of("augment", "preview"));
    all.addAll(List.of(args));
    SMALL.forEach(set -> all.addAll(List.of("--set", set)));
    PrintStream console = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      return Main.run(all.toArray(String[]::new));
    } finally {
      System.setOut(console);
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyOperationChangesSamplesAndIsShownWithAllSeries(Operation operation) {
    AugmentationPreview preview = preview(operation);

    assertThat(preview.samples()).isBetween(300, 400);
    assertThat(preview.changedShare()).isBetween(operation == Operation.MIXUP ? 0.2 : 0.5, 1.0);
    assertThat(preview.rate()).isEqualTo(operation == Operation.MIXUP ? 0.3 : 1);
    assertThat(preview.refusals())
        .hasSize(7)
        .allSatisfy((op, why) -> assertThat(why).isEmpty());
    assertThat(preview.after().series()).hasSameSizeAs(preview.before().series());
    assertThat(PreviewTable.text(preview))
        .contains("c1 ", "label", "teacher's answer", "lag 5", "assets")
        .doesNotContain("NaN");
    assertThat(PreviewTable.csv(preview).lines())
        .hasSize(1 + 9 * 11 + 36) // seven channels, label and answer; 36 pairs
        .allMatch(line -> line.chars().filter(c -> c == ',').count() == 4);
  }

  @Test
  void aSpliceKeepsLabelAndAnswerAndBreaksTheOrderOfDays() {
    AugmentationPreview preview = preview(Operation.SPLICE);

    assertThat(series(preview.after(), "label")).isEqualTo(series(preview.before(), "label"));
    assertThat(series(preview.after(), "teacher's answer"))
        .isEqualTo(series(preview.before(), "teacher's answer"));
    assertThat(series(preview.before(), "c1").autocorrelation().get(0)).isGreaterThan(0.9);
    assertThat(series(preview.after(), "c1").autocorrelation().get(0)).isLessThan(0.8);
  }

  @Test
  void leverageKeepsCorrelationsWithTheLabel() {
    AugmentationPreview preview = preview(Operation.SCALE, "data.simulated.kind=linear");

    assertThat(series(preview.after(), "label").deviation())
        .isGreaterThan(series(preview.before(), "label").deviation());
    assertThat(preview.after().correlations().get(0).get(7))
        .isCloseTo(preview.before().correlations().get(0).get(7), within(0.05));
  }

  @Test
  void theReturnsOfATimeSeriesTeacherAreShown() {
    AugmentationPreview preview =
        preview(Operation.MISSING, "teacher={type: time_series, window: 60, minimum: 40}");

    assertThat(series(preview.after(), BatchStatistics.RETURN).count())
        .isLessThan(series(preview.before(), BatchStatistics.RETURN).count());
  }

  @Test
  void anOperationThatRefusesTheWindowsSaysWhy() {
    assertThatThrownBy(() -> preview(Operation.SPLICE, "features.names=[c1, reversal_21]"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("splice refuses these windows")
        .hasMessageContaining("reversal_21 (22 days)");
    AugmentationPreview other = preview(Operation.NOISE, "features.names=[c1, volatility_21]");
    assertThat(PreviewTable.text(other))
        .contains("mixup      refuses: mixup cannot mix [volatility_21]")
        .contains("noise      fits");
  }

  @Test
  void writesTheSameTableTwice() throws IOException {
    Path file = folder.resolve("noise.csv");

    assertThat(run("--op", "noise", "--samples", "200", "--out", file.toString()))
        .isZero();
    String first = Files.readString(file);
    assertThat(run("--op", "NOISE", "--samples", "200", "--out", file.toString()))
        .isZero();

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("noise at rate 1.00 on the newest", "written  " + file);
    assertThat(first).startsWith("series,other,statistic,before,after\nc1,,count,");
    assertThat(Files.readString(file)).isEqualTo(first);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void wrongInputIsAUsageError() {
    Path nowhere = folder.resolve("none").resolve("x.csv");

    assertThat(run("--op", "noise", "--out", nowhere.toString())).isEqualTo(Main.USAGE);
    assertThat(nowhere).doesNotExist();
    assertThat(run("--op", "cutmix")).isEqualTo(Main.USAGE);
    assertThat(run()).isEqualTo(Main.USAGE);
    assertThat(run("--op", "noise", "--samples", "0")).isEqualTo(Main.USAGE);
    assertThat(run("--op", "mixup", "--set", "features.names=[c1, rsi_14]")).isEqualTo(Main.USAGE);
    assertThat(run("--op", "mixup", "--set", "features.names=[c9]")).isEqualTo(Main.USAGE);
  }

  private static SeriesStatistics series(BatchStatistics statistics, String name) {
    return statistics.series().stream()
        .filter(series -> series.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
