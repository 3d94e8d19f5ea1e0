package alphadistill.cli.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.cli.config.RunConfig;
import alphadistill.cli.testing.SmallMarket;
import alphadistill.data.DataException;
import alphadistill.data.filing.FilingCharacteristics;
import alphadistill.data.panel.Panel;
import alphadistill.student.study.Study;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Company reports as features of a configured market, from their file on. */
class FilingFeaturesTest {
  private static final int ASSETS = 8;
  private static final int DAYS = 260;
  private static final String FEATURES = "features.names=" + FilingCharacteristics.names();

  @TempDir
  Path folder;

  private SmallMarket small;

  @BeforeEach
  void files() throws IOException {
    small = new SmallMarket(folder, ASSETS, DAYS);
    small.prices();
    small.filings();
  }

  @Test
  void everyRatioIsKnownAndItsFilesAreHashedAndNoted() throws IOException {
    List<String> lines = new ArrayList<>(small.filingLines());
    lines.removeIf(line -> line.contains(",A03,"));
    small.write("filings.csv", lines);

    ObservedMarket market = ObservedMarket.read(config().data());

    Panel ratios = market.data().characteristics().orElseThrow();
    assertThat(ratios.fields()).isEqualTo(FilingCharacteristics.specs());
    for (int field = 0; field < ratios.fields().size(); field++) {
      assertThat(ratios.crossSection(field, DAYS - 1))
          .as(ratios.fields().get(field).name())
          .doesNotContain(Float.POSITIVE_INFINITY)
          .satisfies(values -> assertThat(values[3]).isNaN())
          .satisfies(values -> assertThat(values[4]).isFinite());
    }
    assertThat(market.hashes())
        .extracting(ObservedMarket.Hash::input)
        .containsExactly(
            "prices prices.csv", "filings filings.csv", "unadjusted prices prices.csv");
    assertThat(market.notes())
        .contains(
            "filings.csv: 84 company reports, first seen 2012-02-09 to 2014-11-13, of 7 of the 8 assets",
            "prices.csv: unadjusted closes of 8 of the 8 assets, 2014-01-01 to 2014-12-30");
    assertThat(market.drops())
        .extracting(ObservedMarket.Drop::reason)
        .containsExactly("asset without a company report");
  }

  /** A canary: whatever is reported or quoted after a day, the numbers of that day and before stay the same to the bit. */
  @Test
  void laterReportsAndQuotesMoveNoEarlierNumber() throws IOException {
    LocalDate day =
        LocalDate.of(2014, 8, 11); // a report first seen then was collected after its close
    int index = small.dates().indexOf(day);
    List<String> reports = small.filingLines();
    assertThat(reports).anyMatch(line -> line.startsWith(day + ","));
    small.write("quotes.csv", small.priceLines());
    Study honest = study("data.unadjusted.prices=" + folder.resolve("quotes.csv"));

    List<String> revised = new ArrayList<>(List.of(reports.get(0)));
    for (String line : reports.subList(1, reports.size())) {
      boolean known = LocalDate.parse(line.substring(0, 10)).isBefore(day);
      revised.add(known ? line : otherFigures(line));
      if (known) { // every old report is corrected on that day
        revised.add(
            otherFigures(line).replaceFirst("^[^,]*", day.toString()).replace("False", "True"));
      }
    }
    small.write("filings.csv", revised);
    List<String> quotes = new ArrayList<>(List.of(SmallMarket.PRICE_HEADER));
    for (String line : small.priceLines().subList(1, 1 + ASSETS * DAYS)) {
      boolean known = !LocalDate.parse(line.substring(0, 10)).isAfter(day);
      quotes.add(known ? line : line.replaceFirst("[^,]*,([^,]*)$", "3.5,$1"));
    }
    small.write("quotes.csv", quotes);
    Study later = study("data.unadjusted.prices=" + folder.resolve("quotes.csv"));

    assertThat(later.features().firstDays(index + 1).contentHash())
        .isEqualTo(honest.features().firstDays(index + 1).contentHash());
    assertThat(later.features().firstDays(index + 2).contentHash())
        .isNotEqualTo(honest.features().firstDays(index + 2).contentHash());
    assertThat(study("data.to=" + day).features().contentHash())
        .isEqualTo(honest.features().firstDays(index + 1).contentHash());
  }

  private static String otherFigures(String report) {
    return report.replaceAll("(?<=,)(\\d+\\.\\d+)", "7$1");
  }

  @Test
  void reportsAloneGiveTheRatiosThatNeedNoPrice() {
    RunConfig config = RunConfig.of(
        "data.source=files",
        "data.prices=" + folder.resolve("prices.csv"),
        "data.filings=" + folder.resolve("filings.csv"),
        "data.minimumAssets=2",
        "augmentation.nonlinear=blend",
        "features.names=[leverage]");

    ObservedMarket market = ObservedMarket.read(config.data());

    assertThat(market.data().characteristics().orElseThrow().hasField("book_to_market"))
        .isFalse();
    assertThat(Study.of(market.data(), config.study()).firstEligibleDay()).isEqualTo(4);
  }

  /** A file often has both closes. */
  @Test
  void theUnadjustedCloseMayBeAnotherColumnOfTheSameFile() throws IOException {
    small.write(
        "prices.csv",
        small.priceLines().stream()
            .map(line -> line + (line.startsWith("date") ? ",Close" : ",5"))
            .toList());

    Panel ratios = ObservedMarket.read(config("data.unadjusted.close=Close").data())
        .data()
        .characteristics()
        .orElseThrow();

    int field = ratios.fieldIndex("earnings_yield");
    float[] first = ratios.crossSection(field, 0);
    assertThat(first).doesNotContain(Float.NaN).doesNotHaveDuplicates();
    assertThat(ratios.crossSection(field, 20)).isEqualTo(first); // no report between, one price
  }

  @Test
  void reportsOfOtherCompaniesAreRefused() throws IOException {
    small.write(
        "filings.csv",
        small.filingLines().stream().map(line -> line.replace(",A", ",B")).toList());

    assertThatThrownBy(() -> ObservedMarket.read(config().data()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("filings.csv: knows no report of the 8 assets with prices");
  }

  private RunConfig config(String... more) {
    List<String> set = new ArrayList<>(List.of(
        "data.source=files",
        "data.prices=" + folder.resolve("prices.csv"),
        "data.filings=" + folder.resolve("filings.csv"),
        "data.unadjusted.prices=" + folder.resolve("prices.csv"),
        "data.minimumAssets=2",
        "augmentation.nonlinear=blend",
        FEATURES));
    set.addAll(List.of(more));
    return RunConfig.of(set.toArray(String[]::new));
  }

  private Study study(String... more) {
    RunConfig config = config(more);
    return Study.of(ObservedMarket.read(config.data()).data(), config.study());
  }
}
