package alphadistill.engine.layer;

import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An encoder with a class token and, when distilled, a distillation token of its own (DeiT, section 3): one body for
 * images and for markets.
 *
 * <pre>
 * input ─embedding─► patches (N*P, D) ─► [class, dist, patches] + positions (N*T, D) ─► encoder x depth ─► norm
 *                                                class token ─head─► (N, C)     dist token ─head_dist─► (N, C)
 * </pre>
 *
 * <p>The same class without the token is the undistilled network. Tensor names are timm's. A training pass must be
 * followed by its {@link #backward} before an earlier one's; arrays of a training pass are valid until then.
 */
public final class DistilledTransformer implements Network {
  private final Kernels kernels;
  private final Scratch scratch;
  private final BodySpec spec;
  private final Embedding embedding;
  private final Parameter classToken; // (1, 1, D)
  private final Parameter distToken; // (1, 1, D), or null
  private final Parameter positions; // (1, T, D), or (1, P, D)
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNorm norm;
  private final Linear classHead;
  private final Linear distHead; // or null
  private final List<Parameter> parameters;

  private record Saved(
      int mark,
      INDArray input,
      List<Block.Saved> blocks,
      List<LayerNorm.Output> norms,
      int samples) {}

  /** @param seed of the initial weights */
  public DistilledTransformer(
      Kernels kernels, BodySpec spec, Embedding.Factory embedding, long seed) {
    this(kernels, spec, embedding, new Weights(kernels, seed));
  }

  /** @param weights that make the parameters, such as {@link Weights#zeros} where values are loaded anyway */
  public DistilledTransformer(
      Kernels kernels, BodySpec spec, Embedding.Factory embedding, Weights weights) {
    int width = spec.width();
    this.kernels = kernels;
    this.scratch = new Scratch(kernels);
    this.spec = spec;
    this.classToken = weights.normal("cls_token", false, 1, 1, width);
    this.distToken = spec.distilled() ? weights.normal("dist_token", true, 1, 1, width) : null;
    this.embedding = embedding.make(kernels, scratch, weights, width);
    int positioned =
        this.embedding.patches() + (spec.positionsOnSpecialTokens() ? spec.specialTokens() : 0);
    this.positions = weights.normal("pos_embed", false, 1, positioned, width);
    for (int i = 0; i < spec.depth(); i++) {
      blocks.add(new Block(kernels, scratch, weights, spec, i));
    }
    this.norm = new LayerNorm(kernels, scratch, weights, "norm", width, spec.epsilon());
    this.classHead = new Linear(kernels, scratch, weights, "head", width, spec.outputs());
    this.distHead = spec.distilled()
        ? new Linear(kernels, scratch, weights, "head_dist", width, spec.outputs())
        : null;
    this.parameters = weights.parameters();
  }

  public BodySpec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public Heads forward(INDArray input, Pass pass) {
    return forward(input, pass, null);
  }

  /**
   * As {@link #forward(INDArray, Pass)}, with given factors of branches instead of drawn ones.
   *
   * @param scales of each block's attention and MLP branch (N), null for one; null to draw them
   */
  Heads forward(INDArray input, Pass pass, List<INDArray[]> scales) {
    int mark = scratch.mark();
    int samples = embedding.samples(input);
    INDArray x = assemble(embedding.forward(input), samples);
    List<Block.Saved> saved = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      int before = scratch.mark();
      Block block = blocks.get(i);
      Block.Output out = scales == null
          ? block.forward(x, samples, pass)
          : block.forward(x, samples, scales.get(i)[0], scales.get(i)[1]);
      if (pass.isTraining()) {
        saved.add(out.saved());
        x = out.y();
      } else { // the memory of one block, however many there are
        x.assign(out.y());
        scratch.release(before);
      }
    }
    List<LayerNorm.Output> norms = new ArrayList<>();
    for (int token = 0; token < spec.specialTokens(); token++) {
      INDArray rows = scratch.take(samples, spec.width());
      kernels.takeToken(
          x, token, rows); // the norm works row by row, so only the rows that heads read need it
      norms.add(norm.forward(rows));
    }
    INDArray classOutput = classHead.forward(norms.get(0).y());
    INDArray distOutput =
        distHead == null ? null : distHead.forward(norms.get(1).y());
    if (pass.isTraining()) {
      return new Heads(classOutput, distOutput, new Saved(mark, input, saved, norms, samples));
    }
    Heads heads = new Heads(
        copy(classOutput, classOutput.shape()),
        distOutput == null ? null : copy(distOutput, distOutput.shape()),
        null);
    scratch.release(mark);
    return heads;
  }

  @Override
  public void backward(Heads heads, INDArray classGradient, INDArray distGradient) {
    Saved saved = (Saved) heads.saved();
    INDArray[] dtokens = new INDArray[spec.specialTokens()];
    dtokens[0] = headBackward(classHead, classGradient, saved.norms().get(0));
    if (distHead != null) {
      dtokens[1] = headBackward(distHead, distGradient, saved.norms().get(1));
    }
    long tokens = embedding.patches() + spec.specialTokens();
    INDArray dx = scratch.take(saved.samples() * tokens, spec.width());
    kernels.takeTokensBackward(dtokens, dx);
    for (int i = blocks.size() - 1; i >= 0; i--) {
      dx = blocks.get(i).backward(dx, saved.blocks().get(i));
    }
    INDArray dpatches = scratch.take((long) saved.samples() * embedding.patches(), spec.width());
    INDArray dspecial = scratch.take(spec.specialTokens(), spec.width());
    kernels.zero(dspecial);
    kernels.assembleBackward(dx, dpatches, dspecial, plane(positions.gradient()));
    plane(classToken.gradient()).addi(dspecial.getRow(0, true));
    if (distToken != null) {
      plane(distToken.gradient()).addi(dspecial.getRow(1, true));
    }
    embedding.backward(dpatches, saved.input());
    scratch.release(saved.mark());
  }

  /** An evaluation pass that keeps what every layer said; for looking, not for training. */
  public LayerTokens layers(INDArray input) {
    int mark = scratch.mark();
    int samples = embedding.samples(input);
    INDArray x = assemble(embedding.forward(input), samples);
    long tokens = x.size(0) / samples;
    List<INDArray> after = new ArrayList<>(List.of(copy(x, samples, tokens, spec.width())));
    List<INDArray> attention = new ArrayList<>();
    for (Block block : blocks) {
      int before = scratch.mark();
      Block.Output out = block.forward(x, samples, Pass.EVALUATION);
      INDArray probabilities = out.saved().attention().probabilities();
      attention.add(copy(probabilities, samples, spec.heads(), tokens, tokens));
      x.assign(out.y());
      scratch.release(before);
      after.add(copy(x, samples, tokens, spec.width()));
    }
    INDArray normed = copy(norm.forward(x).y(), samples, tokens, spec.width());
    scratch.release(mark);
    return new LayerTokens(after, normed, attention);
  }

  private INDArray headBackward(Linear head, INDArray gradient, LayerNorm.Output normed) {
    return norm.backward(head.backward(gradient, normed.y()), normed.saved(), null);
  }

  private INDArray assemble(INDArray patches, int samples) {
    INDArray special = scratch.take(spec.specialTokens(), spec.width());
    special.getRow(0, true).assign(plane(classToken.value()));
    if (distToken != null) {
      special.getRow(1, true).assign(plane(distToken.value()));
    }
    INDArray x =
        scratch.take((long) samples * (embedding.patches() + spec.specialTokens()), spec.width());
    kernels.assemble(patches, special, plane(positions.value()), x);
    return x;
  }

  /** (1, n, D) as (n, D). */
  private static INDArray plane(INDArray x) {
    return x.reshape('c', x.size(1), x.size(2));
  }

  private INDArray copy(INDArray x, long... shape) {
    INDArray fresh = kernels.allocate(shape);
    fresh.assign(x.reshape('c', shape));
    return fresh;
  }

  /** Elements of all arrays that a step reuses; constant after the first steps. */
  public long scratchElements() {
    return scratch.allocatedElements();
  }
}
