package alphadistill.engine.layer;

import alphadistill.augment.Draws;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One encoder block (pre-norm), with two branches that stochastic depth drops apart from each other:
 *
 * <pre>
 * x += drop(gamma_1 * attention(norm1(x)))
 * x += drop(gamma_2 * mlp(norm2(x)))
 * </pre>
 */
final class Block {
  private final Kernels kernels;
  private final Scratch scratch;
  private final LayerNorm norm1;
  private final SelfAttention attention;
  private final LayerNorm norm2;
  private final Mlp mlp;
  private final Parameter gamma1; // (D), or null without LayerScale
  private final Parameter gamma2;
  private final double dropRate;

  /** What {@link #backward} needs again; scales are null when nothing was dropped. */
  record Saved(
      LayerNorm.Saved norm1,
      SelfAttention.Saved attention,
      INDArray attended,
      INDArray attentionScale,
      LayerNorm.Saved norm2,
      Mlp.Saved mlp,
      INDArray mapped,
      INDArray mlpScale) {}

  record Output(INDArray y, Saved saved) {}

  Block(Kernels kernels, Scratch scratch, Weights weights, BodySpec spec, int index) {
    String name = "blocks." + index;
    this.kernels = kernels;
    this.scratch = scratch;
    this.gamma1 = spec.layerScale() > 0
        ? weights.constant(name + ".gamma_1", spec.layerScale(), spec.width())
        : null;
    this.gamma2 = spec.layerScale() > 0
        ? weights.constant(name + ".gamma_2", spec.layerScale(), spec.width())
        : null;
    this.norm1 =
        new LayerNorm(kernels, scratch, weights, name + ".norm1", spec.width(), spec.epsilon());
    this.attention =
        new SelfAttention(kernels, scratch, weights, name + ".attn", spec.width(), spec.heads());
    this.norm2 =
        new LayerNorm(kernels, scratch, weights, name + ".norm2", spec.width(), spec.epsilon());
    this.mlp = new Mlp(kernels, scratch, weights, name + ".mlp", spec.width(), spec.mlpRatio());
    this.dropRate = spec.dropRate(index);
  }

  /** @param x (N*T, D), left unchanged */
  Output forward(INDArray x, int samples, Pass pass) {
    INDArray attentionScale = pass.isTraining() ? drawScale(pass.draws(), samples) : null;
    INDArray mlpScale = pass.isTraining() ? drawScale(pass.draws(), samples) : null;
    return forward(x, samples, attentionScale, mlpScale);
  }

  /**
   * The block with given factors of its branches.
   *
   * @param attentionScale 0 or 1 / keep for each sample (N); null for one
   */
  Output forward(INDArray x, int samples, INDArray attentionScale, INDArray mlpScale) {
    LayerNorm.Output n1 = norm1.forward(x);
    SelfAttention.Output a = attention.forward(n1.y(), samples);
    INDArray middle = scratch.take(x.size(0), x.size(1));
    kernels.addBranch(x, a.y(), value(gamma1), attentionScale, middle);
    LayerNorm.Output n2 = norm2.forward(middle);
    Mlp.Output m = mlp.forward(n2.y());
    INDArray y = scratch.take(x.size(0), x.size(1));
    kernels.addBranch(middle, m.y(), value(gamma2), mlpScale, y);
    return new Output(
        y,
        new Saved(
            n1.saved(), a.saved(), a.y(), attentionScale, n2.saved(), m.saved(), m.y(), mlpScale));
  }

  /** Adds to all gradients of the block and returns the gradient of x. */
  INDArray backward(INDArray dy, Saved saved) {
    INDArray dmapped = branchGradient(dy, saved.mapped(), gamma2, saved.mlpScale());
    INDArray dmiddle = norm2.backward(mlp.backward(dmapped, saved.mlp()), saved.norm2(), dy);
    INDArray dattended = branchGradient(dmiddle, saved.attended(), gamma1, saved.attentionScale());
    return norm1.backward(attention.backward(dattended, saved.attention()), saved.norm1(), dmiddle);
  }

  private INDArray branchGradient(INDArray dy, INDArray branch, Parameter gamma, INDArray scale) {
    if (gamma == null && scale == null) {
      return dy;
    }
    INDArray dbranch = scratch.take(dy.size(0), dy.size(1));
    kernels.addBranchBackward(
        dy, branch, value(gamma), scale, dbranch, gamma == null ? null : gamma.gradient());
    return dbranch;
  }

  /** floor(keep + u) / keep of each sample, as the reference draws it; null when nothing can be dropped. */
  private INDArray drawScale(Draws draws, int samples) {
    if (dropRate == 0) {
      return null;
    }
    double keep = 1 - dropRate;
    double[] scale = new double[samples];
    for (int n = 0; n < samples; n++) {
      scale[n] = Math.floor(keep + draws.uniform()) / keep;
    }
    INDArray array = scratch.take(samples);
    array.assign(Nd4j.createFromArray(scale).castTo(kernels.type()));
    return array;
  }

  private static INDArray value(Parameter parameter) {
    return parameter == null ? null : parameter.value();
  }
}
