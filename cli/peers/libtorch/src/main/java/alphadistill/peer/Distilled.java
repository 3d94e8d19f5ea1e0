package alphadistill.peer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A transformer with a class token and a distillation token, as DeiT's and the student's: pre-norm blocks, exact GELU,
 * two heads that read one row each. N samples, T tokens with the two special ones, D channels.
 */
final class Distilled {
  private static final int IMAGE = 224;
  private static final int PATCH = 16;
  private static final int CLASSES = 1000;
  private static final double EPSILON = 1e-6;
  private static final double SPREAD = 0.1; // weights begin about as far from zero as DeiT's

  /**
   * Its sizes.
   *
   * @param image pictures with 1000 classes; else windows with scalar heads
   * @param tokens without the special ones
   * @param features of a token before it is embedded
   * @param fused attention by the library's own operation; else written out
   */
  record Sizes(
      boolean image, int tokens, int features, int width, int depth, int heads, boolean fused) {
    int outputs() {
      return image ? CLASSES : 1;
    }

    /** Of one batch. */
    long[] inputs(int batch) {
      return image ? new long[] {batch, 3, IMAGE, IMAGE} : new long[] {batch, tokens, features};
    }
  }

  /** A matrix and what is added, or a norm's gain and shift. */
  private record Affine(Tensor weight, Tensor bias) {}

  private record Block(
      Affine beforeAttention,
      Affine packed,
      Affine joined,
      Affine beforeMlp,
      Affine widened,
      Affine narrowed) {}

  private final Sizes sizes;
  private final List<Tensor> parameters = new ArrayList<>();
  private final Affine embedding;
  private final Tensor classToken; // (1, 1, D)
  private final Tensor distToken; // (1, 1, D)
  private final Tensor positions; // (1, T, D)
  private final List<Block> blocks = new ArrayList<>();
  private final Affine norm;
  private final Affine classHead;
  private final Affine distHead;

  /** What both heads say, each (N, outputs). */
  record Heads(Tensor forecast, Tensor taught) {}

  Distilled(Sizes sizes) {
    this.sizes = sizes;
    int width = sizes.width();
    embedding = sizes.image()
        ? new Affine(parameter(0, width, 3, PATCH, PATCH), parameter(0, width))
        : linear(sizes.features(), width);
    classToken = parameter(0, 1, 1, width);
    distToken = parameter(0, 1, 1, width);
    positions = parameter(0, 1, sizes.tokens() + 2, width);
    for (int i = 0; i < sizes.depth(); i++) {
      blocks.add(new Block(
          norm(width),
          linear(width, 3 * width),
          linear(width, width),
          norm(width),
          linear(width, 4 * width),
          linear(4 * width, width)));
    }
    norm = norm(width);
    classHead = linear(width, sizes.outputs());
    distHead = linear(width, sizes.outputs());
  }

  List<Tensor> parameters() {
    return parameters;
  }

  /** @param inputs as {@link Sizes#inputs} */
  Heads forward(Tensor inputs) {
    long samples = inputs.size(0);
    int width = sizes.width();
    Tensor rows = torch
        .cat(
            new TensorVector(
                classToken.expand(samples, 1, width),
                distToken.expand(samples, 1, width),
                embed(inputs)),
            1)
        .add(positions);
    for (Block block : blocks) {
      rows = rows.add(attend(block, normed(block.beforeAttention(), rows)));
      Tensor hidden = torch.gelu(mapped(block.widened(), normed(block.beforeMlp(), rows)), "none");
      rows = rows.add(mapped(block.narrowed(), hidden));
    }
    Tensor read =
        normed(norm, rows.narrow(1, 0, 2)); // heads read two rows, so only they are normalised
    return new Heads(mapped(classHead, read.select(1, 0)), mapped(distHead, read.select(1, 1)));
  }

  private Tensor embed(Tensor inputs) {
    if (!sizes.image()) {
      return mapped(embedding, inputs);
    }
    long[] stride = {PATCH, PATCH};
    return torch
        .conv2d(
            inputs,
            embedding.weight(),
            new TensorOptional(embedding.bias()),
            stride,
            new long[] {0, 0},
            new long[] {1, 1},
            1)
        .flatten(2, 3)
        .transpose(1, 2);
  }

  private Tensor attend(Block block, Tensor rows) {
    long samples = rows.size(0);
    long tokens = rows.size(1);
    int width = sizes.width();
    int part = width / sizes.heads();
    Tensor parts = mapped(block.packed(), rows)
        .reshape(samples, tokens, 3, sizes.heads(), part)
        .permute(2, 0, 3, 1, 4);
    Tensor query = parts.select(0, 0);
    Tensor key = parts.select(0, 1);
    Tensor value = parts.select(0, 2);
    Tensor mixed;
    if (sizes.fused()) {
      mixed = torch.scaled_dot_product_attention(query, key, value);
    } else {
      Tensor scores = torch.matmul(query.mul(new Scalar(1 / Math.sqrt(part))), key.transpose(2, 3));
      mixed = torch.matmul(scores.softmax(3), value);
    }
    return mapped(block.joined(), mixed.transpose(1, 2).reshape(samples, tokens, width));
  }

  private Tensor normed(Affine norm, Tensor rows) {
    return torch.layer_norm(
        rows,
        new long[] {sizes.width()},
        new TensorOptional(norm.weight()),
        new TensorOptional(norm.bias()),
        EPSILON,
        true);
  }

  private static Tensor mapped(Affine map, Tensor rows) {
    return torch.linear(rows, map.weight(), map.bias());
  }

  private Affine linear(int inputs, int outputs) {
    return new Affine(parameter(0, outputs, inputs), parameter(0, outputs));
  }

  private Affine norm(int width) {
    return new Affine(parameter(1, width), parameter(0, width));
  }

  private Tensor parameter(double shift, long... shape) {
    Tensor tensor = Numbers.tensor(shift, SPREAD, shape).requires_grad_(true);
    parameters.add(tensor);
    return tensor;
  }
}
