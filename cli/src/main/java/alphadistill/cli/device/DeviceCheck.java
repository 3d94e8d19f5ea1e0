package alphadistill.cli.device;

import alphadistill.cli.bench.DeviceBench;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Looks whether a device computes what it should, from single kernels to a training, and how fast.
 *
 * <pre>{@code
 * DeviceCheck check = new DeviceCheck(device, new DeviceCheck.Inputs(golden, null), new DeviceCheck.Effort(8, 10, 5));
 * DeviceCheck.Result result = check.run(System.out::println);
 * }</pre>
 */
public final class DeviceCheck {
  /** Float32 against the truth in double: the golden files' own allowance, of the largest number. */
  private static final double TOLERANCE = 2e-5;

  private final ComputeDevice device;
  private final Inputs inputs;
  private final Effort effort;

  /**
   * What a device is compared with.
   *
   * @param golden folder of the reference's golden files; null for none
   * @param against what {@link #keep} wrote on another device; null for none
   */
  public record Inputs(Path golden, Path against) {}

  /**
   * How much is trained.
   *
   * @param batch pictures in a step
   * @param steps of the training whose loss must fall, at least 2
   * @param runs steps that are timed; 0 for no benchmark
   */
  public record Effort(int batch, int steps, int runs) {
    public Effort {
      if (batch < 1 || steps < 2 || runs < 0) {
        throw new IllegalArgumentException(
            "batch must be at least 1, steps 2 and runs 0, were %d, %d and %d"
                .formatted(batch, steps, runs));
      }
    }
  }

  /**
   * One thing that was looked at.
   *
   * @param part kernels, kernels against another device, golden or training
   * @param found in words
   * @param demanded in words
   * @param gaps distance of each single number that was compared, over the largest; may be empty
   */
  public record Finding(
      String part, String found, String demanded, boolean holds, Map<String, Double> gaps) {}

  /**
   * Everything that was found.
   *
   * @param losses of the training, step by step
   * @param speed null where nothing was timed
   */
  public record Result(List<Finding> findings, List<Double> losses, DeviceBench.Result speed) {
    public boolean holds() {
      return findings.stream().allMatch(Finding::holds);
    }
  }

  public DeviceCheck(ComputeDevice device, Inputs inputs, Effort effort) {
    this.device = device;
    this.inputs = inputs;
    this.effort = effort;
  }

  /** Writes what the device's kernels make of the drawn numbers, for a check on another device. */
  public static void keep(ComputeDevice device, Path file) {
    SafeTensors.write(file, KernelOutputs.of(kernels(device)), Map.of("device", device.toString()));
  }

  /**
   * @param progress told what is being done
   * @throws alphadistill.engine.device.DeviceException if the training does not fit the device
   * @throws alphadistill.engine.checkpoint.CheckpointException if a file to compare with cannot be read
   */
  public Result run(Consumer<String> progress) throws IOException {
    device.requireRoom(TinyTraining.SPEC.memory(device, effort.batch(), false, false), 1);
    List<Finding> findings = new ArrayList<>();
    progress.accept("kernels");
    Map<String, INDArray> outputs = KernelOutputs.of(kernels(device));
    findings.add(compared(
        "kernels", "double precision", doubles(KernelOutputs.of(device.truth())), outputs));
    if (inputs.against() != null) {
      findings.add(againstOther(outputs));
    }
    if (inputs.golden() != null) {
      progress.accept("golden files");
      findings.add(within(
          "golden", "PyTorch's numbers", GoldenCheck.gaps(inputs.golden(), kernels(device))));
    }
    progress.accept(
        "training DeiT-Ti for %d steps of %d pictures".formatted(effort.steps(), effort.batch()));
    TinyTraining training = new TinyTraining(kernels(device), effort.batch());
    List<Double> losses = new ArrayList<>();
    for (int step = 0; step < effort.steps(); step++) {
      losses.add(training.step());
    }
    double first = losses.get(0);
    double last = losses.get(losses.size() - 1);
    findings.add(new Finding(
        "training",
        "loss %.4f, after %d steps %.4f".formatted(first, losses.size() - 1, last),
        "falls",
        last < first, // not when it is NaN
        Map.of()));
    DeviceBench.Result speed = null;
    if (effort.runs() > 0) {
      progress.accept("timing %d steps".formatted(effort.runs()));
      speed = DeviceBench.of(
          training::step, effort.batch(), device.isGpu() ? "cuda" : "cpu", effort.runs());
    }
    return new Result(findings, losses, speed);
  }

  private static Kernels kernels(ComputeDevice device) {
    return device.kernels(Runtime.getRuntime().availableProcessors());
  }

  private Finding againstOther(Map<String, INDArray> outputs) {
    SafeTensors other = SafeTensors.read(inputs.against());
    Map<String, double[]> expected = new LinkedHashMap<>();
    outputs.keySet().forEach(name -> expected.put(name, other.doubles(name)));
    String device = other.metadata().getOrDefault("device", "another device");
    return compared("kernels against " + device, "its numbers", expected, outputs);
  }

  private static Map<String, double[]> doubles(Map<String, INDArray> arrays) {
    Map<String, double[]> doubles = new LinkedHashMap<>();
    arrays.forEach((name, array) -> doubles.put(name, HostCopy.doubles(array)));
    return doubles;
  }

  private static Finding compared(
      String part, String truth, Map<String, double[]> expected, Map<String, INDArray> found) {
    Map<String, Gap> gaps = new LinkedHashMap<>();
    found.forEach(
        (name, array) -> gaps.put(name, Gap.between(expected.get(name), HostCopy.doubles(array))));
    return within(part, truth, gaps);
  }

  private static Finding within(String part, String truth, Map<String, Gap> gaps) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    gaps.forEach((name, gap) -> numbers.put(name, gap.largest()));
    var worst = gaps.entrySet().stream()
        .max(
            (a, b) -> Double.compare(a.getValue().largest(), b.getValue().largest())) // NaN is most
        .orElseThrow();
    return new Finding(
        part,
        "%d compared, largest gap %.1e in '%s'"
            .formatted(gaps.size(), worst.getValue().largest(), worst.getKey()),
        "within %.0e of %s".formatted(TOLERANCE, truth),
        gaps.values().stream().allMatch(gap -> gap.isWithin(TOLERANCE)),
        numbers);
  }
}
