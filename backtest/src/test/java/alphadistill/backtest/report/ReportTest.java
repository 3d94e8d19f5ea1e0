package alphadistill.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final String NASTY = "</script><b>\"x\" & 'y'";

  @Test
  void theSameInputGivesTheSameBytes() {
    assertThat(SamplePages.full("student")).isEqualTo(SamplePages.full("student"));
  }

  @Test
  void everySectionIsThere() {
    String page = SamplePages.full("student");

    for (String id : List.of(
        "headline",
        "differences",
        "equity",
        "drawdown",
        "rolling",
        "months",
        "signal",
        "quantiles",
        "costs",
        "lag",
        "exposures",
        "fidelity",
        "breakdowns",
        "coverage",
        "seeds",
        "definitions",
        "configuration",
        "provenance")) {
      assertThat(page).contains("<section id=\"" + id + "\"").contains("href=\"#" + id + "\"");
    }
    assertThat(page).contains("price of zero", "learning: slow", "sha256 prices");
  }

  @Test
  void nothingIsFetched() {
    String page = SamplePages.full("student");
    String markup =
        page.replaceAll("(?s)<script.*?</script>", "").replaceAll("(?s)<style.*?</style>", "");

    assertThat(markup)
        .doesNotContain("http://", "https://", "src=", "<link")
        .contains("default-src &#39;none&#39;");
    Matcher style = Pattern.compile("(?s)<style>(.*?)</style>").matcher(page);
    assertThat(style.find()).isTrue();
    assertThat(style.group(1)).doesNotContain("url(", "@import");
  }

  @Test
  void aNameThatIsMarkupStaysAName() {
    String page = SamplePages.full(NASTY);

    assertThat(page).doesNotContain("<b>").contains("&lt;/script&gt;&lt;b&gt;");
    assertThat(Pattern.compile("<script").matcher(page).results().count())
        .as("script elements open and close in pairs")
        .isEqualTo(Pattern.compile("</script>").matcher(page).results().count());
  }

  @Test
  void noNumberInTheDataIsNotANumber() {
    Matcher data =
        Pattern.compile("(?s)id=\"data\">(.*?)</script>").matcher(SamplePages.full("student"));

    assertThat(data.find()).isTrue();
    assertThat(data.group(1)).doesNotContain("NaN", "Infinity").contains("null");
  }

  @Test
  void oneModelWithoutFactorsAndOneOfConstantZerosHaveTheirReports() {
    assertThat(SamplePages.alone(0.2))
        .contains("No factor returns were given", "One model has nothing to be compared with");
    assertThat(SamplePages.alone(0)).contains("they count as an IC of 0");
  }

  @Test
  void refusesEvaluationsOfOtherModels() {
    Evaluation one = SamplePages.evaluation("one", 0.2);
    Comparison other = Comparison.of(List.of(SamplePages.evaluation("other", 0.1)), 1);

    assertThatThrownBy(() -> Report.html(other, List.of(one), ReportContext.of("t", "m")))
        .hasMessage("the comparison is of [other] but the evaluations are of [one]");
  }
}
