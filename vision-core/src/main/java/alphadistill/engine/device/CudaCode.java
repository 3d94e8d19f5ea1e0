package alphadistill.engine.device;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which GPUs ND4J's CUDA backend has code for. Its library (1.0.0-M2.1, CUDA 11.6) holds machine code and no PTX, so a
 * driver can translate nothing: a GPU runs it if there is code of its own major compute capability and of no later
 * minor one. That is Kepler's 3.7, Maxwell to Ampere, and Ada by the compatibility within 8; not Hopper, not Blackwell.
 */
public final class CudaCode {
  /** Compute capabilities in the library's {@code .nv_fatbin}, times ten. */
  private static final int[] COMPILED = {37, 50, 52, 60, 61, 70, 75, 80, 86};

  /** The oldest driver that runs programs of CUDA 11. */
  private static final int OLDEST_DRIVER = 450;

  private CudaCode() {}

  static boolean runsOn(Gpu gpu) {
    return Arrays.stream(COMPILED)
        .anyMatch(code -> code / 10 == gpu.major() && code % 10 <= gpu.minor());
  }

  /** Why a GPU cannot be used, and what to do, both in words. */
  public record Refusal(String why, String remedy) {}

  /** Empty for a GPU that can be used. */
  public static Optional<Refusal> refusal(NvidiaDriver driver, Gpu gpu) {
    if (!runsOn(gpu)) {
      return Optional.of(new Refusal(
          "%s cannot be used: ND4J's CUDA backend has machine code for compute capabilities 3.7 and 5.0 to 8.9 only, and nothing that the driver could translate"
              .formatted(gpu),
          "compute with --device cpu, or on a GPU from Maxwell to Ada"));
    }
    return driver.major() > 0 && driver.major() < OLDEST_DRIVER
        ? Optional.of(new Refusal(
            "%s cannot be used by driver %s: CUDA 11 needs %d or newer"
                .formatted(gpu, driver.version(), OLDEST_DRIVER),
            "update the driver"))
        : Optional.empty();
  }
}
