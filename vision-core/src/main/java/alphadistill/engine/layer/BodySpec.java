package alphadistill.engine.layer;

/**
 * Shape of a {@link DistilledTransformer}, whatever its embedding.
 *
 * @param width D, a multiple of {@code heads}
 * @param depth encoder blocks
 * @param heads attention heads
 * @param mlpRatio hidden width of the MLP over D; 4 in DeiT
 * @param outputs C of each head: classes, or 1 for an expected return
 * @param distilled whether there is a distillation token with its head
 * @param dropPath stochastic depth: rate of the last block, rising linearly from 0 in the first (DeiT)
 * @param uniformDropPath whether every block drops at the same rate instead (DeiT III)
 * @param layerScale initial LayerScale gain of both branches; 0 for none (DeiT)
 * @param positionsOnSpecialTokens whether class and distillation token have positions (DeiT) or not (DeiT III)
 * @param epsilon of every layer norm; 1e-6 in the reference
 */
public record BodySpec(
    int width,
    int depth,
    int heads,
    int mlpRatio,
    int outputs,
    boolean distilled,
    double dropPath,
    boolean uniformDropPath,
    double layerScale,
    boolean positionsOnSpecialTokens,
    double epsilon) {

  public BodySpec {
    if (width < 1 || depth < 1 || heads < 1 || mlpRatio < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "width, depth, heads, mlpRatio and outputs must be at least 1, were %d, %d, %d, %d, %d"
              .formatted(width, depth, heads, mlpRatio, outputs));
    }
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "%d heads do not divide a width of %d".formatted(heads, width));
    }
    if (!(dropPath >= 0 && dropPath < 1)) {
      throw new IllegalArgumentException("dropPath must be in [0, 1), was " + dropPath);
    }
    if (!(layerScale >= 0) || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          "layerScale must not be negative and epsilon positive, were %s and %s"
              .formatted(layerScale, epsilon));
    }
  }

  /** A DeiT body: MLP ratio 4, epsilon 1e-6, positions on all tokens, no LayerScale. */
  public static BodySpec deit(
      int width, int depth, int heads, int outputs, boolean distilled, double dropPath) {
    return new BodySpec(width, depth, heads, 4, outputs, distilled, dropPath, false, 0, true, 1e-6);
  }

  /** Special tokens in front of the patches: class token, then distillation token. */
  public int specialTokens() {
    return distilled ? 2 : 1;
  }

  /** Drop rate of a block, from 0. */
  double dropRate(int block) {
    return uniformDropPath || depth == 1
        ? (uniformDropPath ? dropPath : 0)
        : dropPath * block / (depth - 1);
  }
}
