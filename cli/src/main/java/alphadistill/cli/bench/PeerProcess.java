package alphadistill.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A process of its own that does one piece of work for each line it reads: a Python script, or this program once more. It
 * prints its name once it is ready, then the seconds of each piece by its own clock.
 */
final class PeerProcess implements AutoCloseable {
  /** For a process that keeps memory instead of giving it back: on some systems pages are dear. */
  static final Map<String, String> KEEPING_MEMORY = Map.of(
      "MALLOC_ARENA_MAX", "1",
      "MALLOC_MMAP_MAX_", "0",
      "MALLOC_TRIM_THRESHOLD_", "68719476736");

  /** The same, to be added to, without the launcher's limit of threads, which is for our own library. */
  static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(KEEPING_MEMORY);
    environment.put("OPENBLAS_NUM_THREADS", null);
    return environment;
  }

  private static final int TRIAL_STEPS = 3;
  private static final String PYTHON = "/usr/bin/python3";

  private final Process process; // null when there is no peer
  private final BufferedReader answers;
  private final String name;
  private final String settings;

  private PeerProcess(Process process, BufferedReader answers, String name, String settings) {
    this.process = process;
    this.answers = answers;
    this.name = name;
    this.settings = settings;
  }

  /**
   * What a script needs.
   *
   * @param peer what it measures, for people
   * @param ready first word of the line it prints when it is ready
   * @param script file beside this class
   * @param packages how Debian calls what it imports
   */
  record Script(String peer, String ready, String script, String packages) {
    /** One that is not there. */
    PeerProcess absent(String reason) {
      return PeerProcess.absent(
          peer,
          "%s not measured: %s (on Debian: apt-get install %s)".formatted(peer, reason, packages));
    }

    /**
     * A process that is ready for its first piece; or an absent one with Python's reason.
     *
     * @param environment changes to ours; a null value removes
     * @param settings how it runs, for people
     */
    PeerProcess start(List<String> arguments, Map<String, String> environment, String settings)
        throws IOException {
      if (!Files.isExecutable(Path.of(PYTHON))) {
        return absent("there is no " + PYTHON);
      }
      List<String> command = new ArrayList<>(List.of(PYTHON, "-c", text()));
      command.addAll(arguments);
      return launch(command, environment, ready, settings, this::absent);
    }

    private String text() throws IOException {
      try (InputStream in = Objects.requireNonNull(
          PeerProcess.class.getResourceAsStream(script), "the script is in the jar")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /**
   * A process that is ready for its first piece.
   *
   * @param ready first word of the line that names it; lines before are passed over
   * @param absent what stands in for it when it ends before, given its last line
   */
  static PeerProcess launch(
      List<String> command,
      Map<String, String> environment,
      String ready,
      String settings,
      Function<String, PeerProcess> absent)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    environment.forEach((key, value) -> {
      if (value == null) {
        builder.environment().remove(key);
      } else {
        builder.environment().put(key, value);
      }
    });
    Process process = builder.start();
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String last = command.get(0) + " ended without a word";
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(ready + " ")) {
        return new PeerProcess(process, answers, line, settings);
      }
      last = line.isBlank() ? last : line; // Python says what went wrong in its last line
    }
    process.destroy();
    return absent.apply(last);
  }

  /** One that is not there. */
  static PeerProcess absent(String name, String reason) {
    return new PeerProcess(null, null, name, reason);
  }

  /** Starts a process with settings of its own. */
  @FunctionalInterface
  interface Start {
    PeerProcess start() throws IOException;
  }

  /** The candidate that was fastest in a short trial, the others closed; the first that is not there ends it. */
  static PeerProcess fastest(List<Start> candidates) throws IOException {
    PeerProcess best = null;
    double bestSeconds = Double.POSITIVE_INFINITY;
    for (Start start : candidates) {
      PeerProcess candidate = start.start();
      if (!candidate.isThere()) {
        if (best != null) {
          best.close();
        }
        return candidate;
      }
      double seconds = candidate.step(); // the first is warm-up
      for (int i = 0; i < TRIAL_STEPS; i++) {
        seconds = i == 0 ? candidate.step() : Math.min(seconds, candidate.step());
      }
      PeerProcess slower = seconds < bestSeconds ? best : candidate;
      if (seconds < bestSeconds) {
        best = candidate;
        bestSeconds = seconds;
      }
      if (slower != null) {
        slower.close();
      }
    }
    return best;
  }

  boolean isThere() {
    return process != null;
  }

  /** Such as {@code torch 1.13}. */
  String name() {
    return name;
  }

  /** How it was run, or why it was not. */
  String settings() {
    return settings;
  }

  /** Does one piece of work and returns its seconds by the peer's own clock. */
  double step() {
    return Double.parseDouble(ask(""));
  }

  /** Asks for something else than work, and returns the line that comes back. */
  String ask(String question) {
    try {
      process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " ended early", e);
    }
  }

  /** The most memory it has had so far, in MiB; NaN where the system does not say. */
  double peakMebibytes() {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      boolean ended = waitFor();
      throw new IOException(
          ended ? "exit code " + process.exitValue() : "it closed its standard output");
    }
    return line;
  }

  private boolean waitFor() {
    try {
      return process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
