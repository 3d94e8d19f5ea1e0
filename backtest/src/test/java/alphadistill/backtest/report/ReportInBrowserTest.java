package alphadistill.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as Chromium builds it; {@code -Dalphadistill.chromium=PATH} names another than Debian's. */
class ReportInBrowserTest {
  private static final Path CHROMIUM =
      Path.of(System.getProperty("alphadistill.chromium", "/usr/bin/chromium"));

  @TempDir
  Path folder;

  @Test
  void everyChartOfAFullReportIsDrawnWithoutAScriptError() throws Exception {
    String dom = built(SamplePages.full("</script><b>student"));

    assertThat(dom).contains("data-ready=\"true\"").doesNotContain("data-errors=");
    assertThat(Pattern.compile("data-chart=\"[^\"]+\"").matcher(dom).results().count())
        .isEqualTo(
            Pattern.compile("data-marks=\"[1-9][0-9]*\"").matcher(dom).results().count())
        .isGreaterThan(15);
  }

  @Test
  void aModelOfConstantZerosGivesWordsInsteadOfEmptyCharts() throws Exception {
    String dom = built(SamplePages.alone(0));

    assertThat(dom).contains("data-ready=\"true\"", "data-marks=\"none\"");
    assertThat(dom).doesNotContain("data-errors=", "data-marks=\"0\"");
  }

  private String built(String page) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(CHROMIUM), () -> "skipped: no Chromium at " + CHROMIUM);
    Path file = Files.writeString(folder.resolve("report.html"), page);
    Path dom = folder.resolve("dom.html");
    Process browser = new ProcessBuilder(
            CHROMIUM.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=5000",
            "--dump-dom",
            file.toUri().toString())
        .redirectOutput(dom.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    assertThat(browser.waitFor()).isZero();
    return Files.readString(dom, StandardCharsets.UTF_8);
  }
}
