package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs are processes here: what a signal does cannot be seen from inside. */
class InterruptedRunTest {
  private static final int KILLS = 10;

  @TempDir
  Path folder;

  @Test
  void killedAtTenInstantsARunEndsWithTheBytesOfAnUnbrokenOne() throws Exception {
    assertThat(SmallRun.distill(folder, "unbroken", "workers=1").code()).isZero();
    SplittableRandom random = new SplittableRandom(20);
    int kills = 0;
    int runs = 0;
    long length = 2000; // milliseconds of a run after it has begun; measured when one ends unbroken
    boolean finished = true;
    while (kills < KILLS || !finished) {
      if (finished) {
        runs++;
        assertThat(runs).as("runs that ended before they were killed").isLessThan(2 * KILLS);
      }
      ProcessRun run = start("run" + runs, "log" + runs + "-" + kills);
      run.awaitSaid(" folds\n"); // the data are read, and units begin
      long begun = System.nanoTime();
      finished = run.endsWithin(kills < KILLS ? random.nextLong(length) : Long.MAX_VALUE);
      if (!finished) {
        run.kill();
        kills++;
      } else {
        length = Math.max(length, (System.nanoTime() - begun) / 1_000_000);
        assertThat(run.exitCode()).as(run.said()).isZero();
        requireSame("run" + runs);
      }
    }
    assertThat(Files.readAllLines(folder.resolve("runs/ledger.jsonl")))
        .as("each of six models is one trial, however often it was begun")
        .hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsTheRunWithOneLineThatSaysHowToGoOn(String signal) throws Exception {
    assumeTrue(
        !signal.equals("INT") || !interruptsAreIgnored(),
        "this process was started with SIGINT ignored, and its children inherit that");
    ProcessRun run = start("stopped", "log");
    run.awaitSaid("training: 10 %");

    assertThat(run.stop(signal)).as(run.said()).isEqualTo(130);
    assertThat(run.said().lines().filter(line -> line.startsWith("alphadistill: ")))
        .containsExactly(
            "alphadistill: interrupted; run the same command again, which goes on where this one stopped");
    try (Stream<Path> units = Files.list(folder.resolve("runs/stopped/units"))) {
      assertThat(units.map(unit -> unit.getFileName().toString()))
          .isNotEmpty()
          .allMatch(name -> name.matches("f\\d\\d-.*"));
    }

    ProcessRun again = start("stopped", "log-again");
    assertThat(again.exitCode()).as(again.said()).isZero();
    assertThat(again.said()).contains("going on: ");
    assertThat(SmallRun.distill(folder, "unbroken").code()).isZero();
    requireSame("stopped");
  }

  private ProcessRun start(String name, String log) throws IOException {
    return ProcessRun.start(
        folder.resolve(log),
        "distill",
        SmallRun.config(folder).toString(),
        "--set",
        "out=" + folder.resolve("runs"),
        "--set",
        "name=" + name,
        "--workers",
        "2");
  }

  private void requireSame(String name) throws IOException {
    for (String file : new String[] {"metrics.json", "signals.parquet"}) {
      Path own = folder.resolve("runs").resolve(name).resolve(file);
      assertThat(Files.mismatch(folder.resolve("runs/unbroken").resolve(file), own))
          .as(name + "/" + file)
          .isEqualTo(-1);
    }
  }

  /** Bit 2 of the ignored signals; a shell sets it for what it starts in the background. */
  private static boolean interruptsAreIgnored() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8).trim(), 16) & 2) != 0);
  }
}
