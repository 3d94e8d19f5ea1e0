package alphadistill.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.HeadlessBrowser;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as Chromium builds it. */
class ReportInBrowserTest {
  @TempDir
  Path folder;

  @Test
  void everyChartOfAFullReportIsDrawnWithoutAScriptError() throws Exception {
    String dom = HeadlessBrowser.dom(folder, SamplePages.full("</script><b>student"));

    assertThat(dom).contains("data-ready=\"true\"").doesNotContain("data-errors=");
    assertThat(Pattern.compile("data-chart=\"[^\"]+\"").matcher(dom).results().count())
        .isEqualTo(
            Pattern.compile("data-marks=\"[1-9][0-9]*\"").matcher(dom).results().count())
        .isGreaterThan(15);
  }

  @Test
  void aModelOfConstantZerosGivesWordsInsteadOfEmptyCharts() throws Exception {
    String dom = HeadlessBrowser.dom(folder, SamplePages.alone(0));

    assertThat(dom).contains("data-ready=\"true\"", "data-marks=\"none\"");
    assertThat(dom).doesNotContain("data-errors=", "data-marks=\"0\"");
  }
}
