package alphadistill.engine.device;

import alphadistill.engine.layer.BodySpec;

/**
 * How much memory of the device a training takes, told from its shapes before it begins: float32 weights, gradients and
 * optimiser state, and every array that a step keeps for its backward pass.
 *
 * @param bytes of the device
 */
public record MemoryNeed(long bytes) {
  /** Value, gradient, both moments, best weights. */
  private static final int COPIES = 5;

  /**
   * A step of AdamW or LAMB. At most a third above what the engine's layers hand out, never below.
   *
   * @param body of the network
   * @param patches of a sample
   * @param numbers of a sample's input
   * @param batch samples in a step
   * @param averaged whether a running average of the weights is kept
   */
  public static MemoryNeed ofTraining(
      BodySpec body, int patches, long numbers, int batch, boolean averaged) {
    long d = body.width();
    long ratio = body.mlpRatio();
    long tokens = patches + body.specialTokens();
    long rows = batch * tokens;
    long block = (4 + 2 * ratio) * d * d + (9 + ratio) * d + 2 * d;
    long heads = (long) body.specialTokens() * (d + 1) * body.outputs();
    long weights = body.depth() * block + heads + (tokens + 4 + numbers / patches) * d;

    // forward: two norms of 2, qkv 3, attention and projection 2, two sums, MLP 2 ratio + 1;
    // backward: as much less
    // what is written over, and the branches' gradients where stochastic depth scales them
    long kept = (12 + 2 * ratio) + (10 + ratio);
    long scratch = body.depth()
            * (kept * rows * d + batch * body.heads() * tokens * tokens + 3 * rows)
        + 2 * (batch * numbers + 2 * rows * d) // patches, their tokens and all tokens, both ways
        + 16L * batch * d * body.specialTokens();
    long passing = 6 * ratio * rows * d; // what the widest plain kernel makes and drops
    long elements =
        weights * (averaged ? COPIES + 1 : COPIES) + scratch + batch * numbers + passing;
    return new MemoryNeed(elements * Float.BYTES);
  }

  static String inWords(long bytes) {
    return bytes >= 1L << 30
        ? "%.1f GiB".formatted(bytes / (double) (1L << 30))
        : "%d MiB".formatted((bytes + (1L << 20) - 1) >> 20);
  }

  /** Such as {@code 3.2 GiB}. */
  @Override
  public String toString() {
    return inWords(bytes);
  }
}
