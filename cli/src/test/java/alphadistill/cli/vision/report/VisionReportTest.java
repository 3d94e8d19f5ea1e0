package alphadistill.cli.vision.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.testing.HeadlessBrowser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisionReportTest {
  private static final String NASTY = "</script><b>\"x\" & 'y'";

  @TempDir
  Path folder;

  @Test
  void theSameInputGivesTheSameBytes() {
    assertThat(SampleVisionReports.full("run").html())
        .isEqualTo(SampleVisionReports.full("run").html());
  }

  @Test
  void everySectionIsThere() {
    String page = SampleVisionReports.full("run").html();

    for (String id : List.of(
        "headline",
        "agreement",
        "curves",
        "classes",
        "samples",
        "tokens",
        "configuration",
        "provenance")) {
      assertThat(page).contains("<section id=\"" + id + "\"").contains("href=\"#" + id + "\"");
    }
    assertThat(page)
        .contains("distillation head", "resnet8", "sha256 pictures", "epochs: 100")
        .contains("src=\"data:image/png;base64,iVBOR");
  }

  @Test
  void headsAreMeansOverSeedsWithTheirDeviation() {
    VisionReport report = SampleVisionReports.full("run");
    double mean = report.variants().get(0).heads().stream()
        .mapToDouble(heads -> heads.rows().get(1).accuracy())
        .average()
        .orElseThrow();

    assertThat(report.html())
        .containsPattern(
            "<th[^>]*>hard run</th>\\s*<td[^>]*>distillation head</td>\\s*<td[^>]*>%.2f ± \\d"
                .formatted(100 * mean));
  }

  @Test
  void nothingIsFetched() {
    String page = SampleVisionReports.full("run").html();
    String markup = page.replaceAll("(?s)<script.*?</script>", "")
        .replaceAll("(?s)<style.*?</style>", "")
        .replaceAll("src=\"data:image/png;base64,", "");

    assertThat(markup).doesNotContain("http://", "https://", "src=", "<link");
  }

  @Test
  void aNameThatIsMarkupStaysAName() {
    String page = SampleVisionReports.full(NASTY).html();

    assertThat(page).doesNotContain("<b>").contains("&lt;/script&gt;&lt;b&gt;");
    Matcher data = Pattern.compile("(?s)id=\"data\">(.*?)</script>").matcher(page);
    assertThat(data.find()).isTrue();
    assertThat(data.group(1)).doesNotContain("NaN", "Infinity").contains("\\u003c/script>");
  }

  @Test
  void refusesReportsWithoutNetworksAndNetworksWithoutTrainings() {
    assertThatThrownBy(() -> new VisionReport(
            "t", List.of(), List.of(), Optional.empty(), Optional.empty(), "", Map.of()))
        .hasMessage("a report needs at least one trained network");
    VisionReport.Variant known = SampleVisionReports.bare(2).variants().get(0);
    assertThatThrownBy(() -> new VisionReport.Variant(
            "none",
            List.of(),
            known.heads(),
            known.confusion(),
            new double[0],
            List.of(),
            List.of()))
        .hasMessage("'none' has 0 trainings and the heads of 1");
  }

  @Test
  void everyChartOfAFullReportIsDrawnWithoutAScriptError() throws Exception {
    String dom = HeadlessBrowser.dom(folder, SampleVisionReports.full(NASTY).html());

    assertThat(dom).contains("data-ready=\"true\"").doesNotContain("data-errors=");
    assertThat(count("data-chart=\"[^\"]+\"", dom))
        .isEqualTo(count("data-marks=\"[1-9][0-9]*\"", dom))
        .isEqualTo(7);
    assertThat(count("<tr class=\"picked\">", dom))
        .as("rows of the network picked")
        .isEqualTo(3);
  }

  @Test
  void whatWasNotMeasuredGivesWordsInsteadOfEmptyCharts() throws Exception {
    String dom = HeadlessBrowser.dom(folder, SampleVisionReports.bare(120).html());

    assertThat(dom)
        .contains("data-ready=\"true\"")
        .doesNotContain("data-errors=", "data-marks=\"0\"");
    assertThat(dom)
        .contains("No network has a distillation token.", "120 classes are too many for a matrix");
  }

  private static long count(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }
}
