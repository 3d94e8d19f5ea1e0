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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * PyTorch in a process of its own, doing one training step whenever it is asked to. It runs as fast as it can here:
 * OpenBLAS with OpenMP threads preloaded where Debian has it, its kernels for a processor chosen by trial, and memory
 * that is kept instead of given back.
 */
final class TorchPeer implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Path OPENBLAS =
      Path.of("/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblas.so.0");
  private static final List<String> CORE_TYPES = List.of("Haswell", "SkylakeX", "Zen");
  private static final int TRIAL_STEPS = 3;

  private final Process process; // null when there is no peer
  private final BufferedReader answers;
  private final String name;
  private final String settings;

  private TorchPeer(Process process, BufferedReader answers, String name, String settings) {
    this.process = process;
    this.answers = answers;
    this.name = name;
    this.settings = settings;
  }

  /** The peer with the settings that were fastest in a short trial, or one that is not there and says why. */
  static TorchPeer fastest(int batch, int threads) throws IOException {
    if (!Files.isExecutable(Path.of(PYTHON))) {
      return absent("there is no " + PYTHON);
    }
    TorchPeer best = null;
    double bestSeconds = Double.POSITIVE_INFINITY;
    for (String coreType : CORE_TYPES) {
      TorchPeer candidate = start(batch, threads, coreType);
      if (!candidate.isThere()) {
        return candidate;
      }
      double seconds = candidate.step(); // the first is warm-up
      for (int i = 0; i < TRIAL_STEPS; i++) {
        seconds = i == 0 ? candidate.step() : Math.min(seconds, candidate.step());
      }
      TorchPeer slower = seconds < bestSeconds ? best : candidate;
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

  /** Does one training step and returns its seconds by the peer's own clock. */
  double step() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      return Double.parseDouble(answer());
    } catch (IOException e) {
      throw new UncheckedIOException("PyTorch ended early", e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }

  static TorchPeer absent(String reason) {
    return new TorchPeer(
        null,
        null,
        "PyTorch",
        "PyTorch not measured: %s (on Debian: apt-get install python3-torch libopenblas0-openmp)"
            .formatted(reason));
  }

  /** One process with the given settings, ready for its first step; or absent with Python's reason. */
  static TorchPeer start(int batch, int threads, String coreType) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(PYTHON, "-c", script(), "" + batch, "" + threads));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("OMP_NUM_THREADS", "" + threads);
    environment.remove("OPENBLAS_NUM_THREADS"); // the launcher's is for our own library
    environment.put("OPENBLAS_CORETYPE", coreType);
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_MAX_", "0");
    environment.put("MALLOC_TRIM_THRESHOLD_", "68719476736");
    boolean preload = Files.exists(OPENBLAS);
    if (preload) {
      environment.put("LD_PRELOAD", OPENBLAS.toString());
    }
    Process process = builder.start();
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String first = answers.readLine();
    if (first == null || !first.startsWith("torch ")) {
      process.destroy();
      return absent(first == null ? PYTHON + " ended without a word" : lastLine(first, answers));
    }
    return new TorchPeer(
        process,
        answers,
        first,
        "%d threads, OPENBLAS_CORETYPE=%s (fastest of %s)%s"
            .formatted(
                threads,
                coreType,
                String.join(", ", CORE_TYPES),
                preload ? ", libopenblas0-openmp" : ", without libopenblas0-openmp"));
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

  /** Python says what went wrong in the last line of its traceback. */
  private static String lastLine(String first, BufferedReader rest) throws IOException {
    String last = first;
    for (String line = rest.readLine(); line != null; line = rest.readLine()) {
      last = line.isBlank() ? last : line;
    }
    return last;
  }

  private static String script() throws IOException {
    try (InputStream in = Objects.requireNonNull(
        TorchPeer.class.getResourceAsStream("torch_student.py"), "the script is in the jar")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
