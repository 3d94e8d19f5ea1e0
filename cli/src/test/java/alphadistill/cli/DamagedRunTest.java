package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedRunTest {
  @TempDir
  Path folder;

  @Test
  void aDamagedFileOfAFinishedUnitIsNamedWithTheRemedyWhichWorks() throws Exception {
    assertThat(SmallRun.distill(folder, "small").code()).isZero();
    byte[] metrics = Files.readAllBytes(folder.resolve("runs/small/metrics.json"));
    Path unit = folder.resolve("runs/small/units/f00-distilled-s1");
    for (String file : List.of("scores.safetensors", "model.safetensors")) {
      for (UnaryOperator<byte[]> damage : damages()) {
        byte[] whole = Files.readAllBytes(unit.resolve(file));
        Files.write(unit.resolve(file), damage.apply(whole.clone()));

        CommandRun run = SmallRun.distill(folder, "small");

        assertThat(run.code()).isEqualTo(Main.DATA);
        assertThat(complaints(run))
            .containsExactly(
                "alphadistill: %s: this file of a finished unit is damaged (its bytes are not those that were written): remove the folder %s and run the same command again, which redoes that unit alone"
                    .formatted(unit.resolve(file), unit));
        Files.write(unit.resolve(file), whole);
      }
    }

    delete(unit);
    CommandRun again = SmallRun.distill(folder, "small");
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("going on: 11 of 12 units");
    assertThat(Files.readAllBytes(folder.resolve("runs/small/metrics.json"))).isEqualTo(metrics);
  }

  private static List<UnaryOperator<byte[]>> damages() {
    return List.of(bytes -> Arrays.copyOf(bytes, bytes.length - 5), bytes -> {
      bytes[bytes.length - 9] ^= 1; // one bit of one number
      return bytes;
    });
  }

  @Test
  void aFullDiskEndsWithOneLineAndNothingHalfWritten() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("runs"));
    assumeTrue(
        mount(disk, "-t", "tmpfs", "-o", "size=100k", "tmpfs"),
        "only root can mount the small disk that this test fills");
    try {
      // First it is too small for the units, then for what is made of them.
      for (String size : List.of("100k", "330k")) {
        assertThat(mount(disk, "-o", "remount,size=" + size)).isTrue();

        CommandRun run = SmallRun.distill(folder, "small");

        assertThat(run.code()).as(size + " " + run.err()).isEqualTo(Main.DATA);
        assertThat(complaints(run)).as(run.err()).hasSize(1);
        assertThat(complaints(run).get(0)).contains("No space left on device", "free");
        assertThat(halfWritten(disk)).as(size).isEmpty();
      }
      assertThat(disk.resolve("small/units/f01-zero")).isDirectory();
      assertThat(disk.resolve("small/metrics.json")).doesNotExist();

      assertThat(mount(disk, "-o", "remount,size=8m")).isTrue();
      CommandRun again = SmallRun.distill(folder, "small");
      assertThat(again.code()).as(again.err()).isZero();
      assertThat(disk.resolve("small/metrics.json")).isNotEmptyFile();
    } finally {
      command("umount", disk.toString());
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedBeforeAnythingIsDone() throws Exception {
    Files.writeString(folder.resolve("runs"), "a file where the folder should be");

    CommandRun run = SmallRun.distill(folder, "small");

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(complaints(run)).hasSize(1);
    assertThat(complaints(run).get(0))
        .startsWith("alphadistill: cannot write into %s".formatted(folder.resolve("runs/small")))
        .contains("--set out=");
    assertThat(folder.resolve("runs")).isRegularFile();
  }

  private static List<String> complaints(CommandRun run) {
    return run.err().lines().filter(line -> line.startsWith("alphadistill: ")).toList();
  }

  private static List<Path> halfWritten(Path disk) throws IOException {
    try (Stream<Path> files = Files.walk(disk)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("."))
          .filter(file -> !file.getFileName().toString().equals(".lock"))
          .toList();
    }
  }

  private static boolean mount(Path disk, String... options)
      throws IOException, InterruptedException {
    String[] words = Stream.of(
            Stream.of("mount"), Arrays.stream(options), Stream.of(disk.toString()))
        .flatMap(word -> word)
        .toArray(String[]::new);
    return command(words);
  }

  private static boolean command(String... words) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(words)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }

  private static void delete(Path unit) throws IOException {
    try (Stream<Path> files = Files.list(unit)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(unit);
  }
}
