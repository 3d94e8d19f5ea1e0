package alphadistill.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The command as a process of its own, with the JVM flags and settings of the launcher. */
final class ProcessRun {
  private static final Path LAUNCHER = Path.of("..", "alphadistill");

  private final Process process;
  private final Path log;

  private ProcessRun(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** @param log where both its streams go */
  static ProcessRun start(Path log, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder
        .environment()
        .putAll(
            Map.of("OPENBLAS_NUM_THREADS", "1", "OMP_NUM_THREADS", "1", "MALLOC_ARENA_MAX", "2"));
    return new ProcessRun(builder.start(), log);
  }

  /** The flags written in the launcher, so that both cannot differ. */
  static List<String> flags() throws IOException {
    return Pattern.compile("(?<= )(-Xmx\\S+|-XX:\\S+|--add-\\S+)")
        .matcher(Files.readString(LAUNCHER).replaceAll("(?m)^#.*$", ""))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  String said() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** Waits until it has said something, or has ended. */
  void awaitSaid(String text) throws IOException, InterruptedException {
    while (process.isAlive() && !said().contains(text)) {
      Thread.sleep(5);
    }
  }

  /** Waits some time for its end. */
  boolean endsWithin(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  /** SIGKILL; nothing in the process can react. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends a signal by name, such as {@code TERM}, and waits for the exit code. */
  int stop(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
        .inheritIO()
        .start()
        .waitFor();
    return process.waitFor();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }
}
