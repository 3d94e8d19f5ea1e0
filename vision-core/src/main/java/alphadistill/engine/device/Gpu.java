package alphadistill.engine.device;

/**
 * One NVIDIA GPU as its driver describes it.
 *
 * @param number as the driver counts them, from 0
 * @param major of the compute capability: 8 of 8.6
 * @param minor of the compute capability: 6 of 8.6
 * @param memory in bytes
 * @param free bytes that nobody uses
 */
public record Gpu(int number, String name, int major, int minor, long memory, long free) {

  /** Such as {@code NVIDIA A100-SXM4-40GB (compute capability 8.0, 39.4 GiB)}. */
  @Override
  public String toString() {
    return "%s (compute capability %d.%d, %.1f GiB)"
        .formatted(name, major, minor, memory / (double) (1L << 30));
  }
}
