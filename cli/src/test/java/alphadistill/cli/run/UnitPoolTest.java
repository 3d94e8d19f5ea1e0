package alphadistill.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitPoolTest {

  @TempDir
  Path folder;

  @Test
  void writesTheSameFilesOnAnyNumberOfWorkers() throws Exception {
    for (int workers : new int[] {1, 3}) {
      Path runs = folder.resolve("w" + workers);
      new UnitPool(runs, workers).run(units(7, new AtomicInteger()), unit -> {});
      for (int i = 0; i < 7; i++) {
        assertThat(runs.resolve("unit-" + i).resolve("value.txt")).hasContent("" + i * i);
      }
    }
  }

  @Test
  void skipsWhatIsFinishedAndClearsWhatWasCutOff() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    UnitPool pool = new UnitPool(folder, 2);
    pool.run(units(2, calls), unit -> {});
    Path partial = Files.createDirectory(folder.resolve(".partial-unit-2"));
    Files.writeString(partial.resolve("value.txt"), "half");

    List<String> told = new ArrayList<>();
    pool.run(units(4, calls), unit -> told.add(unit.name()));

    assertThat(calls).hasValue(4);
    assertThat(told).containsExactlyInAnyOrder("unit-2", "unit-3");
    assertThat(partial).doesNotExist();
    assertThat(folder.resolve("unit-2/value.txt")).hasContent("4");
  }

  @Test
  void leavesNoFolderOfAUnitThatFailed() {
    Unit bad = new Unit("bad", partial -> {
      Files.writeString(partial.resolve("value.txt"), "half");
      throw new IOException("No space left on device");
    });

    assertThatThrownBy(() -> new UnitPool(folder, 1).run(List.of(bad), unit -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("No space left");
    assertThat(folder.resolve("bad")).doesNotExist();
  }

  @Test
  void nothingWritesAnyMoreWhenAUnitHasFailed() {
    CountDownLatch begun = new CountDownLatch(1);
    Unit slow = new Unit("slow", partial -> {
      begun.countDown();
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Files.writeString(partial.resolve("late.txt"), "late");
    });
    Unit bad = new Unit("bad", partial -> {
      try {
        begun.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      throw new IOException("No space left on device");
    });

    assertThatThrownBy(() -> new UnitPool(folder, 2).run(List.of(slow, bad), unit -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bad: could not be written (No space left on device)");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void afterBeingAbandonedNothingAppears() throws Exception {
    UnitPool pool = new UnitPool(folder, 1);
    Unit unit = new Unit("unit", partial -> {
      Files.writeString(partial.resolve("value.txt"), "done");
      pool.abandon();
    });

    assertThatThrownBy(() -> pool.run(List.of(unit), done -> {}))
        .hasMessageContaining("could not be written");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFinishedUnitThatWasChangedIsRefused() throws Exception {
    UnitPool pool = new UnitPool(folder, 1);
    List<Unit> units = units(1, new AtomicInteger());
    pool.run(units, unit -> {});
    Files.writeString(folder.resolve("unit-0/value.txt"), "1");

    assertThatThrownBy(() -> pool.run(units, unit -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("unit-0/value.txt: this file of a finished unit is damaged");
    Files.delete(folder.resolve("unit-0/value.txt"));
    assertThatThrownBy(() -> pool.requireIntact(units)).hasMessageContaining("it is missing");
  }

  private static List<Unit> units(int count, AtomicInteger calls) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Unit("unit-" + i, partial -> {
          calls.incrementAndGet();
          Files.writeString(partial.resolve("value.txt"), "" + i * i);
        }))
        .toList();
  }
}
