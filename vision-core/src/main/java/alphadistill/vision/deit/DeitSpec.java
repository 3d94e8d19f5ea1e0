package alphadistill.vision.deit;

import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.device.MemoryNeed;
import alphadistill.engine.layer.BodySpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Architecture of an image transformer. Named sizes are in {@link DeitPreset}; a changed copy is made from one:
 *
 * <pre>{@code
 * DeitSpec spec = DeitPreset.SMALL.spec().distilled().at(384).withClasses(10);
 * }</pre>
 *
 * @param family DeiT with or without its distillation token, or DeiT III
 * @param imageSize side of the square pictures in pixels, a multiple of {@code patch}
 * @param patch side of a patch in pixels
 * @param width D
 * @param depth encoder blocks
 * @param heads attention heads; 64 wide in DeiT
 * @param classes outputs of each head
 * @param dropPath stochastic depth while training: of the last block, rising from 0 (DeiT), or of every block (DeiT III)
 * @param normEpsilon of every layer norm; 1e-6 in the reference
 */
public record DeitSpec(
    Family family,
    int imageSize,
    int patch,
    int width,
    int depth,
    int heads,
    int classes,
    double dropPath,
    double normEpsilon) {
  private static final int MLP_RATIO = 4;
  private static final double EPSILON = 1e-6; // not the 1e-5 of many libraries
  private static final double LAYER_SCALE = 1e-4; // DeiT III, initially

  /** What the sequence of tokens begins with, and what a block adds. */
  public enum Family {
    /** Class token; all tokens have positions. */
    PLAIN,
    /** Class and distillation token, each with its head; all tokens have positions. */
    DISTILLED,
    /** Class token without a position; LayerScale on both branches; the same drop path in every block. */
    DEIT3
  }

  /** With the reference's layer norms. */
  public DeitSpec(
      Family family,
      int imageSize,
      int patch,
      int width,
      int depth,
      int heads,
      int classes,
      double dropPath) {
    this(family, imageSize, patch, width, depth, heads, classes, dropPath, EPSILON);
  }

  public DeitSpec {
    if (patch < 1 || imageSize < patch || imageSize % patch != 0) {
      throw new IllegalArgumentException(
          "a patch of %d pixels does not divide an image side of %d".formatted(patch, imageSize));
    }
    body(
        family,
        width,
        depth,
        heads,
        classes,
        dropPath,
        normEpsilon); // refuses what is no transformer
  }

  /** The same with a distillation token. */
  public DeitSpec distilled() {
    if (family == Family.DEIT3) {
      throw new IllegalArgumentException("DeiT III has no distillation token");
    }
    return new DeitSpec(
        Family.DISTILLED, imageSize, patch, width, depth, heads, classes, dropPath, normEpsilon);
  }

  /** The same for pictures of another size: only the positions differ. */
  public DeitSpec at(int size) {
    return new DeitSpec(family, size, patch, width, depth, heads, classes, dropPath, normEpsilon);
  }

  public DeitSpec withClasses(int count) {
    return new DeitSpec(
        family, imageSize, patch, width, depth, heads, count, dropPath, normEpsilon);
  }

  public DeitSpec withDropPath(double rate) {
    return new DeitSpec(family, imageSize, patch, width, depth, heads, classes, rate, normEpsilon);
  }

  /** The same with another epsilon in its layer norms. */
  public DeitSpec withNormEpsilon(double epsilon) {
    return new DeitSpec(family, imageSize, patch, width, depth, heads, classes, dropPath, epsilon);
  }

  /** Patches along a side of the picture. */
  public int grid() {
    return imageSize / patch;
  }

  /** Tokens in front of the patches. */
  public int specialTokens() {
    return family == Family.DISTILLED ? 2 : 1;
  }

  /** Special tokens that have a position of their own. */
  public int positionedSpecialTokens() {
    return family == Family.DEIT3 ? 0 : specialTokens();
  }

  /** The transformer behind the patches. */
  public BodySpec body() {
    return body(family, width, depth, heads, classes, dropPath, normEpsilon);
  }

  private static BodySpec body(
      Family family,
      int width,
      int depth,
      int heads,
      int classes,
      double dropPath,
      double normEpsilon) {
    boolean third = family == Family.DEIT3;
    return new BodySpec(
        width,
        depth,
        heads,
        MLP_RATIO,
        classes,
        family == Family.DISTILLED,
        dropPath,
        third,
        third ? LAYER_SCALE : 0,
        !third,
        normEpsilon);
  }

  /** Every tensor with its shape, under timm's names and in timm's order: what a checkpoint holds. */
  public Map<String, long[]> tensors() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    long d = width;
    shapes.put("cls_token", new long[] {1, 1, d});
    shapes.put("pos_embed", new long[] {1, positionedSpecialTokens() + (long) grid() * grid(), d});
    if (family == Family.DISTILLED) {
      shapes.put("dist_token", new long[] {1, 1, d});
    }
    shapes.put("patch_embed.proj.weight", new long[] {d, 3, patch, patch});
    shapes.put("patch_embed.proj.bias", new long[] {d});
    for (int i = 0; i < depth; i++) {
      block(shapes, "blocks." + i + ".", d);
    }
    norm(shapes, "norm", d);
    linear(shapes, "head", d, classes);
    if (family == Family.DISTILLED) {
      linear(shapes, "head_dist", d, classes);
    }
    return shapes;
  }

  private void block(Map<String, long[]> shapes, String name, long d) {
    if (family == Family.DEIT3) {
      shapes.put(name + "gamma_1", new long[] {d});
      shapes.put(name + "gamma_2", new long[] {d});
    }
    norm(shapes, name + "norm1", d);
    linear(shapes, name + "attn.qkv", d, 3 * d);
    linear(shapes, name + "attn.proj", d, d);
    norm(shapes, name + "norm2", d);
    linear(shapes, name + "mlp.fc1", d, MLP_RATIO * d);
    linear(shapes, name + "mlp.fc2", MLP_RATIO * d, d);
  }

  private static void norm(Map<String, long[]> shapes, String name, long channels) {
    shapes.put(name + ".weight", new long[] {channels});
    shapes.put(name + ".bias", new long[] {channels});
  }

  private static void linear(Map<String, long[]> shapes, String name, long inputs, long outputs) {
    shapes.put(name + ".weight", new long[] {outputs, inputs});
    shapes.put(name + ".bias", new long[] {outputs});
  }

  /** Numbers that are trained. */
  public long parameterCount() {
    long count = 0;
    for (long[] shape : tensors().values()) {
      long length = 1;
      for (long size : shape) {
        length *= size;
      }
      count += length;
    }
    return count;
  }

  /**
   * What a training takes of its device.
   *
   * @param batch pictures in a step
   * @param averaged whether a running average of the weights is kept
   * @param recompute whether blocks are run again in the backward pass
   */
  public MemoryNeed memory(ComputeDevice device, int batch, boolean averaged, boolean recompute) {
    return MemoryNeed.ofTraining(
        device,
        body(),
        grid() * grid(),
        3L * imageSize * imageSize,
        true,
        batch,
        averaged,
        recompute);
  }
}
