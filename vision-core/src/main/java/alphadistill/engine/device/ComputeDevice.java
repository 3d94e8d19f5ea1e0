package alphadistill.engine.device;

import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The device that a command computes on, and the one place that makes kernels for it: the fast ones on the CPU, the
 * plain ones of ND4J on a GPU.
 *
 * <pre>{@code
 * ComputeDevice device = ComputeDevice.choose(Device.parse("auto"));
 * device.requireRoom(
 *     MemoryNeed.ofTraining(device, spec.body(), 196, 150_528, true, 64, false, false), 1);
 * Kernels kernels = device.kernels(1);
 * }</pre>
 *
 * <p>A process computes on one device. Which GPU that is stands in the environment when it starts ({@code
 * CUDA_VISIBLE_DEVICES}, which the launcher sets): a thread that ND4J starts, too, can then reach no other.
 */
public final class ComputeDevice {
  private final Gpu gpu; // null: the CPU
  private final String note;

  private ComputeDevice(Gpu gpu, String note) {
    this.gpu = gpu;
    this.note = note;
  }

  /** The CPU, whatever else the machine has. */
  public static ComputeDevice cpu() {
    return new ComputeDevice(null, "");
  }

  /**
   * Finds the device that was asked for, and starts ND4J on it where it is a GPU.
   *
   * @throws DeviceException if it cannot be used
   */
  public static ComputeDevice choose(Device wanted) {
    ComputeDevice chosen = choose(
        wanted,
        Backend.onClassPath(),
        NvidiaDriver::ask,
        Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
    if (chosen.isGpu()) {
      chosen.start();
    }
    return chosen;
  }

  /** @param visible what {@code CUDA_VISIBLE_DEVICES} says, if anything */
  static ComputeDevice choose(
      Device wanted, Backend backend, Supplier<NvidiaDriver> ask, Optional<String> visible) {
    if (backend == Backend.CUDA) {
      if (wanted.kind() == Device.Kind.CPU) {
        throw new DeviceException(
            "--device cpu: this is the build with ND4J's CUDA backend, which computes on GPUs only: start ./alphadistill with ALPHADISTILL_BACKEND=cpu");
      }
      return new ComputeDevice(usable(wanted, ask.get(), visible), "");
    }
    return switch (wanted.kind()) {
      case CPU -> cpu();
      case AUTO -> new ComputeDevice(null, hint(ask.get()));
      case CUDA ->
        throw new DeviceException(
            "--device cuda: this build has no CUDA backend: start ./alphadistill with ALPHADISTILL_BACKEND=cuda, which fetches one");
    };
  }

  private static Gpu usable(Device wanted, NvidiaDriver driver, Optional<String> visible) {
    if (!driver.problem().isEmpty()) {
      throw new DeviceException(
          "the CUDA build needs an NVIDIA GPU, but %s: install the driver, or compute with --device cpu"
              .formatted(driver.problem()));
    }
    int number = wanted.kind() == Device.Kind.CUDA
        ? wanted.number()
        : visible.filter(text -> text.matches("\\d{1,3}")).map(Integer::valueOf).orElse(0);
    Gpu gpu = driver.gpus().stream()
        .filter(one -> one.number() == number)
        .findFirst()
        .orElseThrow(() -> new DeviceException("there is no GPU cuda:%d; the driver names %s"
            .formatted(number, named(driver.gpus()))));
    CudaCode.refusal(driver, gpu).ifPresent(refusal -> {
      throw new DeviceException(refusal.why() + ": " + refusal.remedy());
    });
    if (number > 0 && !visible.equals(Optional.of(Integer.toString(number)))) {
      throw new DeviceException(
          "cuda:%d is chosen when the program starts: use the launcher ./alphadistill, or set CUDA_VISIBLE_DEVICES=%d CUDA_DEVICE_ORDER=PCI_BUS_ID"
              .formatted(number, number));
    }
    return gpu;
  }

  private static String named(List<Gpu> gpus) {
    return String.join(
        ", ",
        gpus.stream().map(gpu -> "cuda:%d %s".formatted(gpu.number(), gpu)).toList());
  }

  /** That a GPU stands idle, where one could be used. */
  private static String hint(NvidiaDriver driver) {
    return driver.gpus().stream()
        .filter(gpu -> CudaCode.refusal(driver, gpu).isEmpty())
        .findFirst()
        .map(gpu ->
            "computing on the CPU, as this build does; for the %s start with --device cuda:%d"
                .formatted(gpu, gpu.number()))
        .orElse("");
  }

  /** Starts ND4J's backend now, so that a library that is missing is named before anything is read. */
  private void start() {
    try {
      Class.forName(
          "org.bytedeco.cuda.global.cudart"); // ND4J prints a stack trace where this fails
      Nd4j.zeros(DataType.FLOAT, 1);
    } catch (LinkageError | ClassNotFoundException | RuntimeException e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw new DeviceException(
          "ND4J's CUDA backend does not start on the %s: %s".formatted(gpu, reason.getMessage()),
          e);
    }
  }

  /**
   * New kernels in float32. They and the networks on them serve one calling thread at a time.
   *
   * @param threads that the CPU's kernels use; a GPU needs none
   */
  public Kernels kernels(int threads) {
    return isGpu() ? new Nd4jKernels(DataType.FLOAT) : new CpuKernels(threads);
  }

  /** The plain kernels in double precision on the same device: what its others are compared with. */
  public Kernels truth() {
    return new Nd4jKernels(DataType.DOUBLE);
  }

  public boolean isGpu() {
    return gpu != null;
  }

  /** Trainings that run beside each other unless the user says otherwise: one on a GPU, one on each core. */
  public int workers() {
    return isGpu() ? 1 : Runtime.getRuntime().availableProcessors();
  }

  /** What the user should know of the choice, in one line; empty for nothing. */
  public String note() {
    return note;
  }

  /** Such as {@code cpu}, or {@code cuda:0 NVIDIA A100-SXM4-40GB (compute capability 8.0, 39.4 GiB)}. */
  @Override
  public String toString() {
    return isGpu() ? "cuda:%d %s".formatted(gpu.number(), gpu) : "cpu";
  }

  /**
   * Refuses trainings that do not fit, before the first of them begins.
   *
   * @param each what one needs
   * @param beside trainings beside each other
   * @return the plan in one line, to be printed
   * @throws DeviceException with what is needed, what there is, and what to change
   */
  public String requireRoom(MemoryNeed each, int beside) {
    long free = isGpu() ? gpu.free() : HostMemory.available();
    String needed = beside == 1
        ? "a training needs about %s,".formatted(each)
        : "%d trainings beside each other need about %s each,".formatted(beside, each);
    String there = "%s has %s free"
        .formatted(isGpu() ? "the " + gpu.name() : "this machine", MemoryNeed.inWords(free));
    if (free / beside < each.bytes()) {
      throw new DeviceException("%s %s: make batches smaller, or set training.recompute=true%s"
          .formatted(needed, there, beside == 1 ? "" : " or workers=1"));
    }
    return "memory: %s %s (%s)".formatted(needed, there, each.parts());
  }
}
