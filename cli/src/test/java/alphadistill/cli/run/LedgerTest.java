package alphadistill.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Ledger.Trial FIRST = new Ledger.Trial("a1", "distilled", 1, 0.05, 250);
  private static final Ledger.Trial SECOND = new Ledger.Trial("a1", "distilled", 2, 0.04, 250);

  @TempDir
  Path runs;

  @Test
  void countsATrialOnceHoweverOftenItIsRun() {
    Ledger ledger = new Ledger(runs);
    ledger.record(List.of(FIRST, SECOND));
    ledger.record(List.of(SECOND, FIRST));

    assertThat(new Ledger(runs).trials()).containsExactly(FIRST, SECOND);
  }

  @Test
  void survivesALineThatWasCutOff() throws IOException {
    Ledger ledger = new Ledger(runs);
    ledger.record(List.of(FIRST));
    Files.writeString(
        runs.resolve("ledger.jsonl"), "{\"configuration\":\"a", StandardOpenOption.APPEND);
    ledger.record(List.of(SECOND));

    assertThat(ledger.trials()).containsExactly(FIRST, SECOND);
  }

  @Test
  void startsEmpty() {
    assertThat(new Ledger(runs.resolve("none")).trials()).isEmpty();
  }
}
