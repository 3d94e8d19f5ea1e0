package alphadistill.engine.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What this machine's NVIDIA driver says of itself and its GPUs. It is asked through its own tool {@code nvidia-smi},
 * so that nothing of CUDA is loaded where it cannot work.
 *
 * @param version such as {@code 535.104.05}; empty without a driver
 * @param gpus in the driver's order
 * @param problem why there is no GPU, in words; empty where there is one
 */
public record NvidiaDriver(String version, List<Gpu> gpus, String problem) {
  private static final String ASKED =
      "index,name,compute_cap,memory.total,memory.free,driver_version";
  private static final int FIELDS = 6;
  private static final int PATIENCE = 20; // seconds; a driver that has to wake its GPUs takes some

  public NvidiaDriver {
    gpus = List.copyOf(gpus);
  }

  /** Asks the driver; never fails. */
  public static NvidiaDriver ask() {
    return ask("nvidia-smi");
  }

  /** @param tool name or path of {@code nvidia-smi} */
  static NvidiaDriver ask(String tool) {
    try {
      Path answer = Files.createTempFile("alphadistill-gpus", ".csv");
      try {
        Process process = new ProcessBuilder(
                tool, "--query-gpu=" + ASKED, "--format=csv,noheader,nounits")
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return none("the NVIDIA driver does not answer: nvidia-smi took more than %d s"
              .formatted(PATIENCE));
        }
        String said = Files.readString(answer, StandardCharsets.UTF_8).strip();
        return process.exitValue() == 0
            ? read(said)
            : none(
                "the NVIDIA driver does not work: nvidia-smi says '%s'".formatted(firstLine(said)));
      } finally {
        Files.deleteIfExists(answer);
      }
    } catch (IOException e) {
      return none("this machine has no NVIDIA driver (no nvidia-smi on the PATH)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return none("the NVIDIA driver was not asked: interrupted");
    }
  }

  /** @param csv one line for each GPU; memory in MiB */
  static NvidiaDriver read(String csv) {
    List<Gpu> gpus = new ArrayList<>();
    String version = "";
    for (String line : csv.lines().filter(text -> !text.isBlank()).toList()) {
      String[] cells = line.split("\\s*,\\s*");
      try {
        String[] capability = cells[2].split("\\.");
        gpus.add(new Gpu(
            Integer.parseInt(cells[0].strip()),
            cells[1],
            Integer.parseInt(capability[0]),
            Integer.parseInt(capability[1]),
            Long.parseLong(cells[3]) << 20,
            Long.parseLong(cells[4]) << 20));
        version = cells[FIELDS - 1].strip();
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        return none(
            "the NVIDIA driver is too old to name its GPUs' compute capability: nvidia-smi says '%s'"
                .formatted(line));
      }
    }
    return gpus.isEmpty()
        ? none("the NVIDIA driver sees no GPU")
        : new NvidiaDriver(version, gpus, "");
  }

  private static NvidiaDriver none(String problem) {
    return new NvidiaDriver("", List.of(), problem);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("nothing");
  }

  /** First part of the version, such as 535; 0 where it is unknown. */
  int major() {
    String first = version.replaceFirst("\\..*", "");
    return first.matches("\\d{1,6}") ? Integer.parseInt(first) : 0;
  }
}
