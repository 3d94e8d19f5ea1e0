package alphadistill.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.check.SuspiciousTick.Kind;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import alphadistill.data.source.TextTable;
import alphadistill.data.testing.SharedFolder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files with a list of their bad prints beside them: all of the list is found, and hardly anything else. */
class KnownBadTicksTest {
  private static final String SUFFIX = "-known-bad-ticks.csv.gz";

  /** Of a million closes, so many may be marked although no list names them. */
  private static final double FALSE_ALARMS = 1;

  @Test
  void allListedPrintsAreFoundInHindsight() {
    for (Path list : SharedFolder.files("data/finance/prices", "*" + SUFFIX)) {
      Panel prices = prices(list);
      List<String> listed = listed(list);

      List<String> found = marked(prices, TickPolicy.hindsight(), Kind.REVERSAL);

      assertThat(found).containsAll(listed);
      assertThat((double) found.size() - listed.size()).isLessThan(allowed(prices));
    }
  }

  @Test
  void allListedPrintsAreFoundByTheirOwnDay() {
    for (Path list : SharedFolder.files("data/finance/prices", "*" + SUFFIX)) {
      Panel prices = prices(list);
      List<String> listed = listed(list);

      List<String> found = marked(prices, TickPolicy.causal(), Kind.IMPOSSIBLE_JUMP);

      assertThat(found).containsAll(listed);
      assertThat((double) found.size() - listed.size()).isLessThan(allowed(prices));
    }
  }

  @Test
  void theReturnsAroundAPrintAreThoseOfTheList() {
    for (Path list : SharedFolder.files("data/finance/prices", "*" + SUFFIX)) {
      Panel prices = prices(list);
      List<SuspiciousTick> found = SuspiciousTicks.find(prices, TickPolicy.hindsight());
      for (TextTable.Row row : TextTable.read(
              list, List.of("symbol", "date", "return_into", "return_out_of"))
          .rows()) {
        SuspiciousTick tick = found.stream()
            .filter(one -> one.asset().equals(row.name(0)) && one.date().equals(row.date(1)))
            .findFirst()
            .orElseThrow();
        assertThat(tick.into() / Double.parseDouble(row.text(2))).isBetween(0.9999, 1.0001);
        assertThat(tick.outOf() / Double.parseDouble(row.text(3))).isBetween(0.9999, 1.0001);
      }
    }
  }

  private static double allowed(Panel prices) {
    return FALSE_ALARMS * prices.days() * prices.assetCount() / 1e6;
  }

  private static List<String> marked(Panel prices, TickPolicy policy, Kind kind) {
    List<SuspiciousTick> ticks = SuspiciousTicks.find(prices, policy).stream()
        .filter(tick -> tick.kind() == kind && tick.action() == TickPolicy.Action.MARK_MISSING)
        .sorted(Comparator.comparing(SuspiciousTick::asset))
        .toList();
    return ticks.stream().map(tick -> tick.asset() + " " + tick.date()).toList();
  }

  private static List<String> listed(Path list) {
    return TextTable.read(list, List.of("symbol", "date")).rows().stream()
        .map(row -> row.text(0) + " " + row.text(1))
        .toList();
  }

  private static Panel prices(Path list) {
    String name = list.getFileName().toString();
    Path file =
        list.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".parquet");
    return new PriceReader(ColumnMapping.standard(), ReadPolicy.standard())
        .read(file, Selection.all())
        .panel();
  }
}
