package alphadistill.data.filing;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.filing.FilingField.Measure;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import alphadistill.data.testing.SharedFolder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real reports: figures that are known from elsewhere, and how much there is. */
class SharedFilingsTest {
  private static final LocalDate SEEN = LocalDate.of(2015, 4, 28);

  private final Filings filings = Filings.read(
      SharedFolder.require("data/finance/fundamentals/us-filings-first-seen-2015-2017.csv.gz"));

  @Test
  void everyReportIsReadButTheTwoFaultyOnes() {
    assertThat(filings.count()).isEqualTo(31_610 - 2);
    assertThat(filings.drops().total()).isEqualTo(2);
    assertThat(filings.symbols()).hasSizeGreaterThan(4_500).contains("AAPL", "KO");
  }

  @Test
  void applesFiguresAreThoseItReported() {
    FilingField revenues = new FilingField(FilingItem.REVENUES, Measure.QUARTER);
    FilingField income = new FilingField(FilingItem.NET_INCOME, Measure.YEAR);
    FilingField cashFlow = new FilingField(FilingItem.OPERATING_CASH_FLOW, Measure.QUARTER);
    List<LocalDate> dates = SEEN.datesUntil(LocalDate.of(2017, 4, 1)).toList();

    Panel panel = filings.panel(
        dates, List.of("AAPL"), List.of(revenues, income, cashFlow), Filings.MAXIMUM_AGE);

    assertThat(panel.value(0, 0, 0)).isNaN(); // seen after that day's close
    assertThat(panel.value(0, 1, 0)).isEqualTo(58_010e6f);
    int annual = panel.dayIndex(LocalDate.of(2015, 10, 29));
    assertThat(panel.value(1, annual, 0)).isEqualTo(53_394e6f);
    assertThat(panel.value(2, annual, 0)).isEqualTo((float) (81_266e6 - 67_791e6));
    int second = panel.dayIndex(LocalDate.of(2016, 7, 28)); // its fourth quarter is not in the file
    assertThat(panel.value(2, second, 0)).isEqualTo((float) (49_698e6 - 39_064e6));
    assertThat(panel.value(1, second, 0)).isNaN();
    int nextAnnual = panel.dayIndex(LocalDate.of(2017, 2, 2));
    assertThat(panel.value(1, nextAnnual, 0)).isEqualTo((float) (17_891e6 + 45_687e6 - 18_361e6));
  }

  @Test
  void mostLargeCompaniesHaveRatios() {
    Path file = SharedFolder.require("data/finance/prices/us-stocks-raw-2015-2017.parquet");
    Panel prices = new PriceReader(ColumnMapping.standard(), ReadPolicy.standard())
        .read(file, Selection.all())
        .panel();

    Panel ratios = FilingCharacteristics.compute(filings, prices, "close");

    int day = ratios.dayIndex(LocalDate.of(2016, 6, 1));
    for (int field = 0; field < ratios.fields().size(); field++) {
      int known = 0;
      for (float value : ratios.crossSection(field, day)) {
        assertThat(value).isNotEqualTo(Float.POSITIVE_INFINITY);
        known += Float.isNaN(value) ? 0 : 1;
      }
      assertThat(known).as(ratios.fields().get(field).name()).isGreaterThan(250);
      if (List.of("leverage", "cash_to_assets")
          .contains(ratios.fields().get(field).name())) {
        assertThat(known).isGreaterThan(600);
      }
    }
  }
}
