package alphadistill.data.filing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.DataException;
import alphadistill.data.filing.FilingField.Measure;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilingsTest {
  private static final String HEADER =
      "first_seen,symbol,end_date,amend,period_focus,fiscal_year,revenues,op_income,net_income,eps_basic,assets,cur_assets,cur_liab,cash,equity,cash_flow_op,cash_flow_inv,cash_flow_fin";
  private static final FilingField INCOME_Q =
      new FilingField(FilingItem.NET_INCOME, Measure.QUARTER);
  private static final FilingField INCOME_4Q = new FilingField(FilingItem.NET_INCOME, Measure.YEAR);
  private static final FilingField FLOW_Q =
      new FilingField(FilingItem.OPERATING_CASH_FLOW, Measure.QUARTER);
  private static final FilingField FLOW_4Q =
      new FilingField(FilingItem.OPERATING_CASH_FLOW, Measure.YEAR);
  private static final FilingField ASSETS = new FilingField(FilingItem.ASSETS, Measure.END);
  private static final FilingField ASSETS_BEFORE =
      new FilingField(FilingItem.ASSETS, Measure.END_YEAR_BEFORE);

  /** Weekdays of two years. */
  private static final List<LocalDate> DATES = LocalDate.of(2015, 4, 1)
      .datesUntil(LocalDate.of(2017, 4, 1))
      .filter(day -> day.getDayOfWeek().getValue() <= 5)
      .toList();

  @TempDir
  Path folder;

  private final List<String> lines = new ArrayList<>(List.of(HEADER));

  @Test
  void aReportIsKnownFromTheNextTradingDayOn() throws IOException {
    report("2015-05-01", "2015-03-31", "Q1", 10, 5, 100); // a Friday

    Panel panel = panel(INCOME_Q, ASSETS);

    assertThat(value(panel, INCOME_Q, "2015-05-01")).isNaN();
    assertThat(value(panel, INCOME_Q, "2015-05-04")).isEqualTo(10);
    assertThat(value(panel, ASSETS, "2015-05-04")).isEqualTo(100);
    assertThat(value(panel, ASSETS, "2015-12-25"))
        .isEqualTo(100); // 269 days after the period's end
    assertThat(value(panel, ASSETS, "2015-12-28")).isNaN();
  }

  @Test
  void quartersAndSumsFollowFromWhatReportsCover() throws IOException {
    twoYears();

    Panel panel = panel(INCOME_Q, INCOME_4Q, FLOW_Q, FLOW_4Q, ASSETS, ASSETS_BEFORE);

    // Income is that of the quarter, cash flow since the year's start, the annual report the whole
    // year.
    assertRow(panel, "2015-08-05", 11, Double.NaN, 6, Double.NaN, 101, Double.NaN);
    assertRow(panel, "2015-11-05", 12, Double.NaN, 7, Double.NaN, 102, Double.NaN);
    assertRow(panel, "2016-03-01", 13, 46, 8, 26, 103, Double.NaN); // the fourth is 46 - 33
    assertRow(panel, "2016-05-05", 20, 11 + 12 + 13 + 20, 9, 6 + 7 + 8 + 9, 110, 100);
    assertRow(panel, "2016-08-05", 21, 12 + 13 + 20 + 21, 10, 7 + 8 + 9 + 10, 111, 101);
  }

  @Test
  void aMissingQuarterLeavesSumsMissing() throws IOException {
    twoYears();
    lines.remove(2); // the second quarter of 2015

    Panel panel = panel(INCOME_Q, INCOME_4Q, FLOW_Q, FLOW_4Q, ASSETS, ASSETS_BEFORE);

    assertRow(panel, "2015-11-05", 12, Double.NaN, Double.NaN, Double.NaN, 102, Double.NaN);
    assertRow(panel, "2016-03-01", Double.NaN, 46, 8, 26, 103, Double.NaN);
    assertRow(panel, "2016-05-05", 20, Double.NaN, 9, Double.NaN, 110, 100);
  }

  @Test
  void aCorrectionCountsFromTheDayItIsKnown() throws IOException {
    report("2015-05-01", "2015-03-31", "Q1", 10, 5, 100);
    lines.add(line("2015-05-20", "A", "2015-03-31", "True", "Q1", "8", "", "")); // income alone
    report("2015-07-31", "2015-06-30", "Q2", 11, 11, 101);
    lines.add(line("2015-08-20", "A", "2015-03-31", "True", "Q1", "", "4", ""));

    Panel panel = panel(INCOME_Q, FLOW_Q, ASSETS);

    assertThat(value(panel, INCOME_Q, "2015-05-20")).isEqualTo(10);
    assertThat(value(panel, INCOME_Q, "2015-05-21")).isEqualTo(8);
    assertThat(value(panel, ASSETS, "2015-05-21")).isEqualTo(100);
    assertThat(value(panel, FLOW_Q, "2015-08-20")).isEqualTo(6);
    assertThat(value(panel, FLOW_Q, "2015-08-21")).isEqualTo(7); // the quarter before was corrected
    assertThat(value(panel, INCOME_Q, "2015-08-21")).isEqualTo(11); // the newest stays the newest
  }

  @Test
  void aReportSeenAfterADayChangesNothingUpToIt() throws IOException {
    twoYears();
    FilingField[] fields = {INCOME_Q, INCOME_4Q, FLOW_Q, FLOW_4Q, ASSETS, ASSETS_BEFORE};
    Panel before = panel(fields);
    List<String> honest = List.copyOf(lines);
    for (int changed = 1; changed < honest.size(); changed++) {
      LocalDate seen = LocalDate.parse(honest.get(changed).substring(0, 10));
      lines.clear();
      lines.addAll(honest.subList(0, changed));
      lines.add(honest.get(changed).replaceAll("(?<=,)(\\d+)(?=,|$)", "77$1"));
      lines.add(
          line(seen.toString(), "A", seen.minusDays(40).toString(), "True", "Q3", "5", "5", "5"));

      Panel after = panel(fields);

      boolean differs = false;
      for (int day = 0; day < DATES.size(); day++) {
        for (int field = 0; field < fields.length; field++) {
          if (DATES.get(day).isAfter(seen)) {
            differs |= Float.compare(after.value(field, day, 0), before.value(field, day, 0)) != 0;
          } else {
            assertThat(after.value(field, day, 0))
                .isEqualTo(Float.valueOf(before.value(field, day, 0)));
          }
        }
      }
      assertThat(differs).isTrue();
    }
  }

  @Test
  void ratiosUseTheDaysPrice() throws IOException {
    twoYears();
    float[] close = new float[2 * DATES.size()];
    for (int day = 0; day < DATES.size(); day++) {
      close[2 * day] = 50;
      close[2 * day + 1] = Float.NaN;
    }
    Panel prices = Panel.builder(DATES, List.of("A", "B"))
        .field(FieldSpec.raw("close", "USD"), close)
        .build();

    Panel ratios = FilingCharacteristics.compute(Filings.read(write()), prices, "close");

    assertThat(ratios.fields().stream().map(field -> field.name()).toList())
        .isEqualTo(FilingCharacteristics.names());
    int day =
        ratios.dayIndex(LocalDate.of(2016, 5, 5)); // income 56, flow 30, assets 110, equity 60
    Map.of(
            "earnings_yield", 5.6 / 50, // earnings a share are a tenth of income
            "book_to_market", 60.0 / (10 * 50),
            "profitability", 56.0 / 60,
            "leverage", 1 - 60.0 / 110,
            "asset_growth", 110.0 / 100 - 1,
            "accruals", (56.0 - 30) / 110)
        .forEach(
            (name, expected) -> assertThat((double) ratios.value(ratios.fieldIndex(name), day, 0))
                .as(name)
                .isCloseTo(expected, within(1e-7)));
    assertThat(ratios.value(ratios.fieldIndex("sales_to_assets"), day, 0)).isNaN();
    assertThat(ratios.value(ratios.fieldIndex("earnings_yield"), day, 1)).isNaN();
  }

  @Test
  void ratiosToThePriceAreTheOnesThatMixAndAreLeftOutWithoutPrices() throws IOException {
    twoYears();

    Panel ratios = FilingCharacteristics.compute(Filings.read(write()), DATES, List.of("A"));

    assertThat(FilingCharacteristics.names().stream().filter(FilingCharacteristics::needsPrice))
        .containsExactly("earnings_yield", "book_to_market")
        .allMatch(FilingCharacteristics::isLinear)
        .noneMatch(ratios::hasField);
    assertThat(ratios.fields())
        .hasSize(FilingCharacteristics.names().size() - 2)
        .isSubsetOf(FilingCharacteristics.specs());
    int leverage = ratios.fieldIndex("leverage");
    assertThat(ratios.value(leverage, ratios.dayIndex(LocalDate.of(2016, 5, 5)), 0))
        .isEqualTo((float) (1 - 60.0 / 110));
    assertThat(FilingCharacteristics.isLinear("leverage")).isFalse();
    assertThat(FilingCharacteristics.needsPrice("momentum_12_1")).isFalse();
  }

  @Test
  void assetsWithoutAReportByTheLastDayAreCountedAndRefusedWhenTheyAreAll() throws IOException {
    twoYears();
    Filings filings = Filings.read(write());
    List<LocalDate> firstDays = DATES.subList(0, DATES.indexOf(LocalDate.of(2015, 5, 1)) + 1);

    assertThat(filings.firstSeen()).isEqualTo("2015-05-01");
    assertThat(filings.lastSeen()).isEqualTo("2016-08-01");
    assertThat(filings.requireOverlap(DATES, List.of("A", "B")))
        .hasToString("asset without a company report: 1 (first B)");
    assertThatThrownBy(() -> filings.requireOverlap(firstDays, List.of("A", "B")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "knows no report of the 2 assets with prices by 2015-05-01: its companies are such as A, first seen 2015-05-01 to 2016-08-01");
  }

  @Test
  void faultyReportsAreCountedAndFaultyFieldsRefused() throws IOException {
    report("2015-05-01", "2015-05-01", "Q1", 10, 5, 100);
    report("2015-05-01", "2015-03-31", "Q1", 10, 5, 100);
    Filings filings = Filings.read(write());
    assertThat(filings.count()).isEqualTo(1);
    assertThat(filings.symbols()).containsExactly("A");
    assertThat(filings.drops())
        .hasToString(
            "report seen before its period ended, left out: 1 (first A line 2: seen 2015-05-01, period to 2015-05-01)");

    List<String> both = List.copyOf(lines);
    lines.remove(2);
    Path faulty = write();
    assertThatThrownBy(() -> Filings.read(faulty))
        .hasMessageContaining("holds no report that can be used: report seen before its period");
    lines.clear();
    lines.addAll(both);

    refused(
        line("2015-05-01", "A", "2015-03-31", "False", "H1", "1", "1", "1"),
        "line 4: column 'period_focus' holds 'H1'; it must be one of [Q1, Q2, Q3, FY]");
    refused(
        line("2015-05-01", "A", "2015-03-31", "no", "Q1", "1", "1", "1"),
        "line 4: column 'amend' holds 'no'; write True or False");
    refused(
        line("2015-05-01", "A", "2015-03-31", "False", "Q1", "1O", "1", "1"),
        "line 4: column 'net_income' holds '1O', which is no number; write decimals");
    refused(
        line("2015-05-01", "A", "2015-03-31", "False", "Q1", "inf", "1", "1"),
        "line 4: column 'net_income' holds 'inf'; correct it, or leave it empty");
    refused(
        line("2015-05-41", "A", "2015-03-31", "False", "Q1", "1", "1", "1"),
        "line 4: column 'first_seen': '2015-05-41' is no date");
    refused(
        line("2015-05-01", "", "2015-03-31", "False", "Q1", "1", "1", "1"),
        "line 4: column 'symbol' is empty");
    lines.set(0, HEADER.replace("equity", "book"));
    refused(
        line("2015-05-01", "A", "2015-03-31", "False", "Q1", "1", "1", "1"),
        "line 1: no column 'equity'");
    assertThatThrownBy(() -> new FilingField(FilingItem.ASSETS, Measure.YEAR))
        .hasMessageContaining("'assets' is a balance at a day, which has no value sum of");
    assertThatThrownBy(() -> filings.panel(DATES, List.of("A"), List.of(ASSETS), 0))
        .hasMessage("maximumAge must be at least 1 day, was 0");
  }

  private void refused(String line, String message) throws IOException {
    lines.add(line);
    Path file = write();
    assertThatThrownBy(() -> Filings.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
    lines.remove(lines.size() - 1);
  }

  private void twoYears() {
    report("2015-05-01", "2015-03-31", "Q1", 10, 5, 100);
    report("2015-07-31", "2015-06-30", "Q2", 11, 11, 101);
    report("2015-10-30", "2015-09-30", "Q3", 12, 18, 102);
    report("2016-02-25", "2015-12-31", "FY", 46, 26, 103);
    report("2016-05-02", "2016-03-31", "Q1", 20, 9, 110);
    report("2016-08-01", "2016-06-30", "Q2", 21, 19, 111);
  }

  private void report(
      String seen, String end, String quarter, int income, int cashFlow, int assets) {
    lines.add(line(seen, "A", end, "False", quarter, "" + income, "" + cashFlow, "" + assets));
  }

  /** Earnings a share are a tenth of net income, equity is 60. */
  private static String line(
      String seen,
      String symbol,
      String end,
      String amended,
      String quarter,
      String income,
      String cashFlow,
      String assets) {
    String perShare = income.matches("\\d+") ? "" + Integer.parseInt(income) / 10.0 : "";
    return String.join(
        ",", seen, symbol, end, amended, quarter, "2015", "", "", income, perShare, assets, "", "",
        "", "60", cashFlow, "", "");
  }

  private Panel panel(FilingField... fields) throws IOException {
    return Filings.read(write()).panel(DATES, List.of("A"), List.of(fields), Filings.MAXIMUM_AGE);
  }

  private static double value(Panel panel, FilingField field, String day) {
    return panel.value(panel.fieldIndex(field.name()), panel.dayIndex(LocalDate.parse(day)), 0);
  }

  private static void assertRow(Panel panel, String day, double... expected) {
    for (int field = 0; field < expected.length; field++) {
      assertThat((double) panel.value(field, panel.dayIndex(LocalDate.parse(day)), 0))
          .as(day + " " + panel.fields().get(field).name())
          .isEqualTo(Double.valueOf(expected[field])); // boxed: missing equals missing
    }
  }

  private Path write() throws IOException {
    return Files.write(folder.resolve("filings.csv"), lines);
  }
}
