package alphadistill.data.universe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.TextFile;
import alphadistill.data.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembershipTest {
  private static final LocalDate OUT = LocalDate.of(2017, 6, 19);

  @TempDir
  Path folder;

  @Test
  void aSpellLastsUntilTheDayBeforeItsEnd() throws IOException {
    Membership index = Membership.spells(
        write(
            "ticker,start_date,end_date\nAAL,1996-01-02,1997-01-15\nAAL,2015-03-23,\nR,1996-01-02,2017-06-19\n"));

    assertThat(index.member("R", OUT.minusDays(1))).isTrue();
    assertThat(index.member("R", OUT)).isFalse();
    assertThat(index.member("AAL", LocalDate.of(2000, 1, 3))).isFalse();
    assertThat(index.member("AAL", LocalDate.of(2090, 1, 3))).isTrue();
    assertThat(index.member("ZZ", OUT)).isFalse();
    assertThat(index.symbols()).containsExactly("AAL", "R");
  }

  @Test
  void aYearlyListHoldsForItsYearAndUpToTheRank() throws IOException {
    Membership liquid =
        Membership.yearly(write("year,rank,symbol\n2016,1,A\n2016,2,B\n2017,1,B\n"), 1);

    assertThat(liquid.member("A", LocalDate.of(2016, 1, 1))).isTrue();
    assertThat(liquid.member("A", LocalDate.of(2017, 1, 1))).isFalse();
    assertThat(liquid.member("B", LocalDate.of(2016, 12, 31))).isFalse();
    assertThat(liquid.member("B", LocalDate.of(2017, 12, 31))).isTrue();
    assertThat(liquid.member("B", LocalDate.of(2018, 1, 1))).isFalse();
  }

  @Test
  void theHeaderTellsWhichKindOfListItIs() throws IOException {
    LocalDate day = LocalDate.of(2016, 3, 1);

    Membership yearly = Membership.read(write("year,rank,symbol\n2016,1,A\n2016,2,B\n"), 1);
    assertThat(yearly.member("A", day)).isTrue();
    assertThat(yearly.member("B", day)).isFalse();
    assertThat(Membership.read(write("ticker,start_date,end_date\nB,2016-01-04,\n"), 1)
            .member("B", day))
        .isTrue();
  }

  @Test
  void shareClassesAreHyphenatedOnlyWherePricesAre() throws IOException {
    Membership index = Membership.spells(
        write("ticker,start_date,end_date\nBRK.B,2016-01-04,\nBF.B,2016-01-04,\n"));

    assertThat(index.withShareClassesOf(Set.of("BRK-B", "BF.B", "BF-B")).symbols())
        .containsExactly("BF.B", "BRK-B");
  }

  @Test
  void theMaskAgreesWithTheSingleQuestion() throws IOException {
    Membership index = Membership.spells(write(
        "ticker,start_date,end_date\nA,2017-06-16,2017-06-19\nA,2017-06-20,\nC,1990-01-01,\n"));
    Panel panel = panel(
        List.of(OUT.minusDays(4), OUT.minusDays(3), OUT, OUT.plusDays(1)), List.of("A", "B", "C"));

    boolean[] mask = index.mask(panel);

    for (int day = 0; day < panel.days(); day++) {
      for (int asset = 0; asset < panel.assetCount(); asset++) {
        assertThat(mask[day * panel.assetCount() + asset])
            .isEqualTo(index.member(panel.assets().get(asset), panel.dates().get(day)));
      }
    }
    assertThat(mask)
        .containsExactly(
            false, false, true, true, false, true, false, false, true, true, false, true);
  }

  @Test
  void shareClassesAreRenamed() throws IOException {
    Membership index = Membership.spells(
            write("ticker,start_date,end_date\nBRK.B,2010-02-16,\nA.BC,2010-02-16,\n"))
        .withHyphenatedShareClasses();

    assertThat(index.symbols()).containsExactly("A.BC", "BRK-B");
    assertThatThrownBy(() -> index.renamed(symbol -> "X"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("two symbols would both be called 'X' on 2010-02-16");
  }

  @Test
  void wrongListsAreRefused() throws IOException {
    String spells = "ticker,start_date,end_date\n";
    refusedSpells(
        spells + "A,2010-01-01,2009-01-01\n", "line 2: the spell of A ends on 2009-01-01");
    refusedSpells(
        spells + "A,2010-01-01,2012-01-01\nA,2011-01-01,\n",
        "line 3: the spell of A from 2011-01-01 overlaps");
    refusedSpells(
        spells + "A,2010-13-01,\n", "line 2: column 'start_date': '2010-13-01' is no date");
    refusedSpells(spells + ",2010-01-01,\n", "line 2: column 'ticker' is empty");
    refusedSpells(spells + "A,2010-01-01\n", "line 2: has 2 fields, the header has 3");
    refusedSpells(spells, "has a header but no row");
    refusedSpells("symbol,start_date,end_date\nA,2010-01-01,\n", "line 1: no column 'ticker'");
    String years = "year,rank,symbol\n";
    refusedYears(years + "2016,9,A\n", "the universe is empty: no rank of 5 or better");
    refusedYears(years + "2016,1,A\n2016,2,A\n", "line 3: A is listed twice in 2016");
    refusedYears(
        years + "2016,one,A\n", "line 2: column 'rank' holds 'one', which is no whole number");
    refusedYears(years + "16,1,A\n", "line 2: 16 is no year of a market");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Membership.yearly(write(years), 0))
        .withMessage("maxRank must be at least 1, was 0");
  }

  @Test
  void aUniverseThatHoldsNothingOfThePanelIsRefused() throws IOException {
    Membership index = Membership.spells(write("ticker,start_date,end_date\nBRK.B,2010-02-16,\n"));
    Panel panel = panel(List.of(OUT), List.of("BRK-B"));

    assertThatThrownBy(() -> index.mask(panel))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "the universe is empty: none of the 1 assets (such as BRK-B) is a member on any day from 2017-06-19 to 2017-06-19; the list holds 1 symbols such as BRK.B");
    assertThat(index.withHyphenatedShareClasses().mask(panel)).containsExactly(true);
  }

  @Test
  void realListsAreReadWhole() {
    Path yearly = SharedFolder.require("data/finance/universe/liquidity-universe-by-year.csv.gz");
    Membership liquid = Membership.yearly(yearly, Integer.MAX_VALUE);
    for (String line : TextFile.lines(yearly).stream().skip(1).toList()) {
      String[] fields = line.split(",");
      assertThat(liquid.member(fields[2], LocalDate.of(Integer.parseInt(fields[0]), 7, 1)))
          .isTrue();
    }
    Path spells = SharedFolder.require("data/finance/universe/sp500-membership.csv.gz");
    Membership index = Membership.spells(spells);
    assertThat(index.symbols()).hasSize((int) TextFile.lines(spells).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .distinct()
        .count());
  }

  private void refusedSpells(String text, String message) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> Membership.spells(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  private void refusedYears(String text, String message) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> Membership.yearly(file, 5))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("list.csv"), text);
  }

  private static Panel panel(List<LocalDate> dates, List<String> assets) {
    return Panel.builder(dates, assets).build();
  }
}
