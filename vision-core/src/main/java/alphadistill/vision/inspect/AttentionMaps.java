package alphadistill.vision.inspect;

import alphadistill.engine.kernels.HostCopy;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * How strongly the class or the distillation token looks at each patch, in one block or through all of them.
 *
 * <pre>{@code
 * AttentionMaps maps = new AttentionMaps(layers.attention(), 2, 14, 14);
 * PatchMap last = maps.block(11, 0, 1);   // the distillation token of the first picture in the last block
 * PatchMap all = maps.rollout(0, 0);      // its class token through the whole network
 * }</pre>
 */
public final class AttentionMaps {
  private final List<INDArray> attention;
  private final int specialTokens;
  private final int rows;
  private final int columns;

  /**
   * @param attention softmax rows of each block (N, heads, T, T): who looks, at whom
   * @param specialTokens in front of the patches
   * @param rows of patches
   * @param columns of patches
   */
  public AttentionMaps(List<INDArray> attention, int specialTokens, int rows, int columns) {
    long tokens = specialTokens + (long) rows * columns;
    for (INDArray block : attention) {
      if (block.rank() != 4 || block.size(2) != tokens || block.size(3) != tokens) {
        throw new IllegalArgumentException(
            "attention over %d special tokens and %d x %d patches has the shape (N, heads, %d, %d), was %s"
                .formatted(
                    specialTokens, rows, columns, tokens, tokens, Arrays.toString(block.shape())));
      }
    }
    this.attention = List.copyOf(attention);
    this.specialTokens = specialTokens;
    this.rows = rows;
    this.columns = columns;
  }

  /** Number of blocks. */
  public int blocks() {
    return attention.size();
  }

  /**
   * Attention in one block, mean over its heads. What the token gives to itself and other special tokens is left out, so
   * the map sums to less than 1.
   *
   * @param token 0 for the class token, 1 for the distillation token
   */
  public PatchMap block(int block, int sample, int token) {
    return patches(overHeads(block, sample)[token]);
  }

  /**
   * Attention through all blocks (attention rollout, Abnar and Zuidema 2020): half of what a block passes on is what it
   * was given, so {@code R = prod (A + I) / 2}, last block first.
   */
  public PatchMap rollout(int sample, int token) {
    double[] weights = new double[specialTokens + rows * columns];
    weights[token] = 1;
    for (int block = attention.size() - 1; block >= 0; block--) {
      weights = passedOn(weights, overHeads(block, sample));
    }
    return patches(weights);
  }

  /** weights (A + I) / 2: one row of the product is all that a map needs. */
  private static double[] passedOn(double[] weights, double[][] block) {
    double[] before = new double[weights.length];
    for (int from = 0; from < weights.length; from++) {
      before[from] += weights[from] / 2;
      for (int to = 0; to < weights.length; to++) {
        before[to] += weights[from] * block[from][to] / 2;
      }
    }
    return before;
  }

  /** (T, T). */
  private double[][] overHeads(int block, int sample) {
    return HostCopy.rows(attention
        .get(block)
        .get(NDArrayIndex.point(sample), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all())
        .castTo(DataType.DOUBLE)
        .mean(0));
  }

  private PatchMap patches(double[] tokens) {
    return new PatchMap(rows, columns, Arrays.copyOfRange(tokens, specialTokens, tokens.length));
  }
}
