package alphadistill.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.source.FrenchFile.Block;
import alphadistill.data.source.FrenchFile.Frequency;
import alphadistill.data.source.FrenchFile.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrenchFileTest {
  private static final String SEVERAL_TABLES = String.join(
      "\r\n",
      "This file was created by A_PROGRAM using the 202011 CRSP database.",
      "It contains 2,300 things.",
      "",
      "Missing data are indicated by -99.99 or -999.",
      "",
      "  Average Value Weighted Returns -- Monthly",
      ",Food ,SMALL LoBM",
      "192607,   2.96, -99.99",
      "192608,   2.64,    -999",
      "",
      " Annual Factors:",
      " January-December ",
      ",Food ,SMALL LoBM",
      "  1927,   29.47,   -2.46",
      "",
      "  Number of Firms in Portfolios",
      ",Food ,SMALL LoBM",
      "192607,   100, 7",
      "",
      "Copyright 2020 Kenneth R. French",
      "");

  @TempDir
  Path folder;

  @Test
  void allTablesAreReadWithTheirTitlesPeriodsAndMissingCodes() throws IOException {
    FrenchFile file = FrenchFile.read(PriceFiles.gzip(folder, "f.CSV.gz", SEVERAL_TABLES));

    assertThat(file.vintage()).contains("202011");
    assertThat(file.blocks())
        .extracting(Block::title)
        .containsExactly(
            "Average Value Weighted Returns -- Monthly",
            "Annual Factors: January-December",
            "Number of Firms in Portfolios");
    assertThat(file.blocks())
        .extracting(Block::frequency)
        .containsExactly(Frequency.MONTHLY, Frequency.ANNUAL, Frequency.MONTHLY);
    assertThat(file.blocks()).extracting(Block::returns).containsExactly(true, true, false);
    Block monthly = file.blocks().get(0);
    assertThat(monthly.columns()).containsExactly("Food", "SMALL LoBM");
    assertThat(monthly.dates())
        .containsExactly(LocalDate.of(1926, 7, 31), LocalDate.of(1926, 8, 31));
    assertThat(monthly.column("Food")).containsExactly(2.96 / 100, 2.64 / 100);
    assertThat(monthly.column("SMALL LoBM")).containsOnly(Double.NaN);
    assertThat(file.blocks().get(1).dates()).containsExactly(LocalDate.of(1927, 12, 31));
    assertThat(file.block("number of firms").column("Food")).containsExactly(100);
  }

  @Test
  void theFirstDailyTableGivesFactorsAndCash() throws IOException {
    FactorReturns factors = FrenchFile.read(PriceFiles.text(
            folder,
            "d.csv",
            "text\n\n,Mkt-RF,SMB,RF\n20240102,0.50,-99.99,0.02\n20240103,-1,0.25,0.02\n"))
        .factors();

    assertThat(factors.dates()).containsExactly(LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 3));
    assertThat(factors.names()).containsExactly("Mkt-RF", "SMB");
    assertThat(factors.returns()[0]).containsExactly(0.005, Double.NaN);
    assertThat(factors.riskFree()).containsExactly(0.0002, 0.0002);
  }

  @Test
  void weeksAreNotTakenForDays() throws IOException {
    Path file = PriceFiles.text(
        folder, "w.csv", ",Mkt-RF,RF\n20240105,0.5,0.1\n20240112,0.5,0.1\n20240119,0.5,0.1\n");

    assertThat(FrenchFile.read(file).blocks().get(0).frequency()).isEqualTo(Frequency.WEEKLY);
    assertThatThrownBy(() -> FrenchFile.read(file).factors())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds no daily returns, only [WEEKLY]; name the daily file");
  }

  @Test
  void decimalsTakenForPerCentAreRefusedAndPerCentTakenForDecimals() throws IOException {
    Path percent = PriceFiles.text(folder, "p.csv", daily("Mkt-RF", 0.4));
    Path decimals = PriceFiles.text(folder, "d.csv", daily("Mkt-RF", 0.004));

    assertThatThrownBy(() -> FrenchFile.read(decimals))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "d.csv: the median size of the daily returns in '' is 0.00400 as written: these look like decimals already");
    assertThatThrownBy(() -> FrenchFile.read(percent, Unit.DECIMALS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "p.csv: the median size of the daily returns is 0.400, which would be 40 %: these look like per cent where decimals are expected; divide by 100");
    assertThat(FrenchFile.read(decimals, Unit.DECIMALS).factors().returns()[3][0])
        .isEqualTo(0.004);

    FactorReturns wrong = FrenchFile.read(percent).factors();
    double[][] timesHundred = wrong.returns();
    for (double[] row : timesHundred) {
      row[0] *= 100;
    }
    assertThatThrownBy(() -> FactorFiles.requireDecimals(
            new FactorReturns(wrong.dates(), wrong.names(), timesHundred, wrong.riskFree())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("factors [Mkt-RF]: the median size");
  }

  @Test
  void filesAreJoinedOnTheirCommonDates() throws IOException {
    Path three = PriceFiles.text(
        folder, "a.csv", ",Mkt-RF,RF\n20240102,1,0.02\n20240103,2,0.02\n20240104,3,0.03\n");
    Path momentum =
        PriceFiles.text(folder, "b.csv", ",Mom   \n20240103,4\n20240104,5\n20240105,6\n");

    FactorReturns joined = FactorFiles.join(List.of(three, momentum));

    assertThat(joined.names()).containsExactly("Mkt-RF", "Mom");
    assertThat(joined.dates()).containsExactly(LocalDate.of(2024, 1, 3), LocalDate.of(2024, 1, 4));
    assertThat(joined.returns()[1]).containsExactly(0.03, 0.05);
    assertThat(joined.riskFree()).containsExactly(0.0002, 0.0003);
    assertThatThrownBy(() -> FactorFiles.join(List.of(three, three)))
        .hasMessageContaining("factor 'Mkt-RF' is in another of the files too");
    assertThatThrownBy(() -> FactorFiles.join(List.of(momentum)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has a column 'RF' for the risk-free return");
    Path old = PriceFiles.text(folder, "c.csv", ",HML\n19990103,4\n");
    assertThatThrownBy(() -> FactorFiles.join(List.of(three, old)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "shares no day with the factor files before it (1999-01-03 to 1999-01-03 against 2024-01-02 to 2024-01-04)");
    assertThatThrownBy(() -> FactorFiles.join(List.of())).isInstanceOf(DataException.class);
  }

  @Test
  void factorsThatMissThePricesAreRefusedAndGapsCounted() throws IOException {
    FactorReturns factors =
        FrenchFile.read(PriceFiles.text(folder, "d.csv", daily("Mkt-RF", 0.4))).factors();
    LocalDate first = factors.dates().get(0);

    assertThat(FactorFiles.requireOverlap(factors, factors.dates()).total()).isZero();
    assertThat(FactorFiles.requireOverlap(factors, List.of(first.minusDays(1), first))
            .drops())
        .containsExactly(new DropReport.Drop(
            "price day without factor returns", 1, first.minusDays(1).toString()));
    assertThatThrownBy(() -> FactorFiles.requireOverlap(factors, List.of(LocalDate.of(1990, 1, 2))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "share no day with the prices: 2024-01-01 to 2024-02-09 against 1990-01-02 to 1990-01-02");
  }

  @Test
  void damagedTablesAreNamedByLine() throws IOException {
    String good = ",A,B\n20240102,1,2\n";
    refused(good + "20240103,1\n", "line 3: has 2 fields, its header has 3");
    refused(good + "20240103,1,x\n", "line 3: column 'B' holds 'x', which is no number");
    refused(good + "20240103,1,inf\n", "line 3: column 'B' holds 'inf', which is no number");
    refused(good + "20240102,1,2\n", "line 3: is dated 2024-01-02, which does not come after");
    refused(good + "20240132,1,2\n", "line 3: '20240132' is no date");
    refused(good + "202402,1,2\n", "line 3: '202402' is no date (6 digits");
    refused("20240102,1,2\n", "line 1: begins a table without a header line");
    refused("date,symbol,close\n2024-01-02,A,1\n", "holds no table of dates");
  }

  @Test
  void aColumnThatIsNotThereIsNamed() throws IOException {
    FrenchFile file = FrenchFile.read(PriceFiles.text(folder, "f.csv", SEVERAL_TABLES));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.blocks().get(0).column("Beer"))
        .withMessage("no column 'Beer' in this table; it has [Food, SMALL LoBM]");
    assertThatThrownBy(() -> file.block("equal")).hasMessageContaining("no table titled 'equal'");
  }

  private void refused(String text, String message) throws IOException {
    Path file = PriceFiles.text(folder, "f.csv", text);
    assertThatThrownBy(() -> FrenchFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  /** Forty days of one factor of constant size and alternating sign. */
  private static String daily(String factor, double size) {
    StringBuilder text = new StringBuilder("," + factor + ",RF\n");
    for (int day = 0; day < 40; day++) {
      text.append(String.format(
          Locale.ROOT,
          "%s,%s,0.0%n",
          LocalDate.of(2024, 1, 1).plusDays(day).toString().replace("-", ""),
          day % 2 == 0 ? -size : size));
    }
    return text.toString();
  }
}
