package alphadistill.engine.layer;

import alphadistill.augment.Draws;
import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

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
  private final StepMemory memory;
  private final LayerNorm norm1;
  private final SelfAttention attention;
  private final LayerNorm norm2;
  private final Mlp mlp;
  private final Parameter gamma1; // (D), or null without LayerScale
  private final Parameter gamma2;
  private final double dropRate;

  /**
   * Factors of the branches for each sample (N): 0 or 1 / keep; null for one.
   *
   * @param attention of the attention branch
   * @param mlp of the MLP branch
   */
  record Drops(INDArray attention, INDArray mlp) {
    static final Drops NONE = new Drops(null, null);
  }

  /**
   * What {@link #backward} needs again.
   *
   * @param hidden of the MLP, before GELU
   * @param attended what the attention branch said, for the gradient of gamma_1; null without LayerScale
   * @param mapped what the MLP branch said, for the gradient of gamma_2; null without LayerScale
   */
  record Saved(
      LayerNorm.Saved norm1,
      SelfAttention.Saved attention,
      INDArray attended,
      LayerNorm.Saved norm2,
      INDArray hidden,
      INDArray mapped,
      Drops drops) {}

  Block(Kernels kernels, StepMemory memory, Weights weights, BodySpec spec, int index) {
    String name = "blocks." + index;
    this.kernels = kernels;
    this.memory = memory;
    this.gamma1 = spec.layerScale() > 0
        ? weights.constant(name + ".gamma_1", spec.layerScale(), spec.width())
        : null;
    this.gamma2 = spec.layerScale() > 0
        ? weights.constant(name + ".gamma_2", spec.layerScale(), spec.width())
        : null;
    this.norm1 = new LayerNorm(
        kernels,
        memory.kept(),
        memory.passing(),
        weights,
        name + ".norm1",
        spec.width(),
        spec.epsilon());
    this.attention =
        new SelfAttention(kernels, memory, weights, name + ".attn", spec.width(), spec.heads());
    this.norm2 = new LayerNorm(
        kernels,
        memory.kept(),
        memory.passing(),
        weights,
        name + ".norm2",
        spec.width(),
        spec.epsilon());
    this.mlp = new Mlp(kernels, memory, weights, name + ".mlp", spec.width(), spec.mlpRatio());
    this.dropRate = spec.dropRate(index);
  }

  /** Factors of a training pass, kept for its backward. */
  Drops draw(Draws draws, int samples) {
    return new Drops(drawScale(draws, samples), drawScale(draws, samples));
  }

  /**
   * @param x (N*T, D), left unchanged unless it is y
   * @param y (N*T, D), written; may be x
   */
  Saved forward(INDArray x, int samples, Drops drops, INDArray y) {
    return run(x, samples, drops, y, true);
  }

  /**
   * What {@link #backward} needs again, without the output: the MLP's second product is run for LayerScale alone.
   *
   * @param x (N*T, D), overwritten
   */
  Saved again(INDArray x, int samples, Drops drops) {
    return run(x, samples, drops, x, false);
  }

  private Saved run(INDArray x, int samples, Drops drops, INDArray y, boolean writesY) {
    int mark = memory.passing().mark();
    LayerNorm.Output normed1 = norm1.forward(x);
    INDArray attended = branch(gamma1, x);
    SelfAttention.Saved heads = attention.forward(normed1.y(), samples, attended);
    kernels.addBranch(x, attended, value(gamma1), drops.attention(), y);
    memory.passing().release(mark);

    LayerNorm.Output normed2 = norm2.forward(y);
    INDArray mapped = writesY || gamma2 != null ? branch(gamma2, x) : null;
    INDArray hidden = mlp.forward(normed2.y(), mapped);
    if (writesY) {
      kernels.addBranch(y, mapped, value(gamma2), drops.mlp(), y);
    }
    memory.passing().release(mark);
    return new Saved(
        normed1.saved(),
        heads,
        gamma1 == null ? null : attended,
        normed2.saved(),
        hidden,
        gamma2 == null ? null : mapped,
        drops);
  }

  /** See {@link SelfAttention#probabilities}. */
  INDArray probabilities(Saved saved) {
    return attention.probabilities(saved.attention());
  }

  /**
   * Adds to all gradients of the block.
   *
   * @param gradient of y (N*T, D); overwritten by the gradient of x
   */
  void backward(INDArray gradient, Saved saved) {
    int mark = memory.passing().mark();
    INDArray dnormed = memory.passing().take(gradient.shape());
    INDArray dmapped =
        branchGradient(gradient, saved.mapped(), gamma2, saved.drops().mlp());
    mlp.backward(dmapped, norm2.again(saved.norm2()), saved.hidden(), dnormed);
    norm2.backward(dnormed, saved.norm2(), gradient, gradient);
    memory.passing().release(mark);

    dnormed = memory.passing().take(gradient.shape());
    INDArray dattended =
        branchGradient(gradient, saved.attended(), gamma1, saved.drops().attention());
    attention.backward(dattended, norm1.again(saved.norm1()), saved.attention(), dnormed);
    norm1.backward(dnormed, saved.norm1(), gradient, gradient);
    memory.passing().release(mark);
  }

  /** Room for what a branch says: the gradient of its gamma needs it again, nothing else does. */
  private INDArray branch(Parameter gamma, INDArray x) {
    return (gamma == null ? memory.passing() : memory.kept()).take(x.shape());
  }

  private INDArray branchGradient(INDArray dy, INDArray branch, Parameter gamma, INDArray scale) {
    INDArray dbranch =
        memory.passing().take(dy.shape()); // always, so that what follows finds its own array
    if (gamma == null && scale == null) {
      return dy;
    }
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
    INDArray array = memory.whole().take(samples);
    HostCopy.write(scale, array);
    return array;
  }

  private static INDArray value(Parameter parameter) {
    return parameter == null ? null : parameter.value();
  }
}
