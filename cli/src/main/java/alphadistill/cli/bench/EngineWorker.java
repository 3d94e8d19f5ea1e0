package alphadistill.cli.bench;

import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Steps of one row in a process of their own, so that its peak memory is its own: what {@link PeerProcess} talks to.
 * Arguments: a row, threads. An empty line asks for a step, {@code profile} for the seconds of each kernel.
 */
final class EngineWorker {
  private static final int PROFILED = 5;

  private EngineWorker() {}

  /** A process of this program that is ready for its first step. */
  static PeerProcess start(EngineRow row, int threads) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of(
        "-cp",
        System.getProperty("java.class.path"),
        EngineWorker.class.getName(),
        row.name(),
        "" + threads));
    return PeerProcess.launch(command, Map.of(), "alphadistill", "", last -> {
      throw new IllegalStateException("the process for %s ended: %s".formatted(row.label(), last));
    });
  }

  public static void main(String[] arguments) throws IOException {
    EngineRow row = EngineRow.valueOf(arguments[0]);
    Kernels kernels = new CpuKernels(Integer.parseInt(arguments[1]));
    KernelClock clock = new KernelClock(kernels);
    EngineStep step = new EngineStep(row, clock.kernels());
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("alphadistill " + arguments[1] + " threads");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("profile")) {
        out.println(clock.profile(step, PROFILED));
        continue;
      }
      long begun = System.nanoTime();
      step.run();
      out.println((System.nanoTime() - begun) * 1e-9);
    }
  }
}
