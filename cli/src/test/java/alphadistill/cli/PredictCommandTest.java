package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  @TempDir
  static Path folder;

  @BeforeAll
  static void run() throws Exception {
    assertThat(SmallRun.distill(folder, "small").code()).isZero();
  }

  private static CommandRun predict(String day, String... more) {
    return CommandRun.of(Stream.concat(
            Stream.of("predict", "--run", folder.resolve("runs/small").toString(), "--asof", day),
            Stream.of(more))
        .toArray(String[]::new));
  }

  @Test
  void printsScoresTargetsAndOrders() {
    CommandRun run = predict("2011-03-01");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("distilled student at the close of 2011-03-01");
    assertThat(run.out()).containsPattern("asset +score +target +position +order");
    assertThat(run.out()).containsPattern("A00\\d\\d +-?\\d\\.\\d+ ");
  }

  @Test
  void writesCsvOrParquetByTheEndingOfTheName() throws Exception {
    Path csv = folder.resolve("orders.csv");
    Path parquet = folder.resolve("orders.parquet");

    assertThat(predict("2011-03-01", "--out", csv.toString()).code()).isZero();
    assertThat(predict("2011-03-01", "--model", "ridge", "--out", parquet.toString())
            .code())
        .isZero();

    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0)).isEqualTo("date,asset,score,target,position,order");
    assertThat(lines).hasSizeGreaterThan(10);
    assertThat(Files.readAllBytes(parquet)).startsWith((byte) 'P', (byte) 'A', (byte) 'R');
  }

  @Test
  void refusesInOneLine() {
    assertThat(predict("2011-03-05").err())
        .contains(
            "alphadistill: 2011-03-05 is no trading day of the data; the last one before it is 2011-03-04");
    assertThat(predict("2011-03-05").code()).isEqualTo(Main.USAGE);
    assertThat(predict("2011-03-01", "--out", "orders.txt").code()).isEqualTo(Main.USAGE);
    assertThat(predict("yesterday").code()).isEqualTo(Main.USAGE);
    CommandRun none = CommandRun.of("predict", "--run", folder.toString(), "--asof", "2011-03-01");
    assertThat(none.code()).isEqualTo(Main.USAGE);
    assertThat(none.err()).contains("no run " + folder);
  }

  @Test
  void leavesTheRunAndTheLedgerAsTheyAre() throws Exception {
    List<String> before = Files.readAllLines(folder.resolve("runs/ledger.jsonl"));
    assertThat(predict("2011-03-02").code()).isZero();
    assertThat(Files.readAllLines(folder.resolve("runs/ledger.jsonl"))).isEqualTo(before);
  }
}
