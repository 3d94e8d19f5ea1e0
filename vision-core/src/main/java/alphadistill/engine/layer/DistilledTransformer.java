package alphadistill.engine.layer;

import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

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
  /** Rows of tokens that an evaluation pass takes through all blocks together: what a block makes of them stays in cache. */
  private static final int ROWS_TOGETHER = 4096;

  private final Kernels kernels;
  private final StepMemory memory;
  private final BodySpec spec;
  private final Embedding embedding;
  private final List<SpecialToken> tokens = new ArrayList<>(); // class token first
  private final INDArray special; // (S, D): the values of both beside each other
  private final INDArray dspecial; // (S, D)
  private final INDArray positions; // (T, D), or (P, D)
  private final INDArray dpositions;
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNorm norm;
  private final Linear classHead;
  private final Linear distHead; // or null
  private final List<Parameter> parameters;

  /**
   * What {@link #backward} needs again.
   *
   * @param mark position of the whole pass's arrays before it
   * @param norms of each special token's rows, which its head read
   */
  private record Saved(
      int mark, INDArray input, List<Kept> blocks, List<LayerNorm.Saved> norms, int samples) {}

  /**
   * What one block keeps.
   *
   * @param mark position of the kept arrays from which on they are the block's
   * @param saved null where the block is to be run again
   * @param x its input (N*T, D), overwritten when it is run again; null otherwise
   */
  private record Kept(int mark, Block.Saved saved, INDArray x, Block.Drops drops) {}

  /**
   * A special token as its parameter and its row of {@link #special} have it, all (1, D). Views are made once: even they
   * are buffers to ND4J.
   */
  private record SpecialToken(
      int index, INDArray value, INDArray gradient, INDArray row, INDArray drow) {}

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
    this.memory = new StepMemory(kernels);
    this.spec = spec;
    this.special = kernels.allocate(spec.specialTokens(), width);
    this.dspecial = kernels.allocate(spec.specialTokens(), width);
    tokens.add(token(weights.normal("cls_token", false, 1, 1, width)));
    if (spec.distilled()) {
      tokens.add(token(weights.normal("dist_token", true, 1, 1, width)));
    }
    this.embedding = embedding.make(kernels, memory.passing(), weights, width);
    int positioned =
        this.embedding.patches() + (spec.positionsOnSpecialTokens() ? spec.specialTokens() : 0);
    Parameter places = weights.normal("pos_embed", false, 1, positioned, width);
    this.positions = plane(places.value());
    this.dpositions = plane(places.gradient());
    for (int i = 0; i < spec.depth(); i++) {
      blocks.add(new Block(kernels, memory, weights, spec, i));
    }
    this.norm = new LayerNorm(
        kernels, memory.whole(), memory.passing(), weights, "norm", width, spec.epsilon());
    this.classHead = new Linear(kernels, weights, "head", width, spec.outputs());
    this.distHead =
        spec.distilled() ? new Linear(kernels, weights, "head_dist", width, spec.outputs()) : null;
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
    int samples = embedding.samples(input);
    int most = Math.max(1, ROWS_TOGETHER / (int) rows(1));
    return pass.isTraining() || samples <= most
        ? forward(input, pass, null)
        : inParts(input, samples, (samples + most - 1) / most);
  }

  /** An evaluation pass in parts of the batch, so that its memory does not grow with it. */
  private Heads inParts(INDArray input, int samples, int parts) {
    int mark = memory.whole().mark();
    long length = input.length() / samples;
    INDArray flat = input.reshape('c', samples, length);
    INDArray classOutput = kernels.allocate(samples, spec.outputs());
    INDArray distOutput = distHead == null ? null : kernels.allocate(samples, spec.outputs());
    int most = (samples + parts - 1) / parts;
    for (int first = 0; first < samples; first += most) {
      int count = Math.min(most, samples - first);
      long[] shape = input.shape().clone();
      shape[0] = count;
      INDArray part = memory.whole().take(shape);
      part.reshape('c', count, length).assign(rows(flat, first, count));
      Heads heads = forward(part, Pass.EVALUATION, null);
      rows(classOutput, first, count).assign(heads.classOutput());
      if (distOutput != null) {
        rows(distOutput, first, count).assign(heads.distOutput());
      }
      memory.whole().release(mark);
    }
    return new Heads(classOutput, distOutput, null);
  }

  private static INDArray rows(INDArray x, int first, int count) {
    return x.get(NDArrayIndex.interval(first, first + count), NDArrayIndex.all());
  }

  /**
   * As {@link #forward(INDArray, Pass)}, with given factors of branches instead of drawn ones.
   *
   * @param drops of each block; null to draw them
   */
  Heads forward(INDArray input, Pass pass, List<Block.Drops> drops) {
    int passing = memory.passing().mark();
    int samples = embedding.samples(input);
    int mark = memory.whole().mark();
    INDArray x = assemble(input, samples);
    List<Kept> kept = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      Block.Drops own = drops == null ? draw(blocks.get(i), samples, pass) : drops.get(i);
      kept.add(forward(blocks.get(i), x, samples, own, pass));
    }
    List<LayerNorm.Output> norms = new ArrayList<>();
    for (int token = 0; token < spec.specialTokens(); token++) {
      // the norm works row by row, so only the rows that heads read need it
      INDArray rows = memory.passing().take(samples, spec.width());
      kernels.takeToken(x, token, rows);
      norms.add(norm.forward(rows));
    }
    INDArray classOutput = say(classHead, norms.get(0));
    INDArray distOutput = distHead == null ? null : say(distHead, norms.get(1));
    memory.passing().release(passing);
    if (pass.isTraining()) {
      return new Heads(
          classOutput,
          distOutput,
          new Saved(
              mark, input, kept, norms.stream().map(LayerNorm.Output::saved).toList(), samples));
    }
    Heads heads = new Heads(
        copy(classOutput, classOutput.shape()),
        distOutput == null ? null : copy(distOutput, distOutput.shape()),
        null);
    memory.whole().release(mark);
    return heads;
  }

  /** Runs a block on x in place, and keeps what the pass wants kept. */
  private Kept forward(Block block, INDArray x, int samples, Block.Drops drops, Pass pass) {
    INDArray input = null;
    if (pass.recompute()) {
      input = memory.whole().take(x.shape());
      input.assign(x);
    }
    int mark = memory.kept().mark();
    Block.Saved saved = block.forward(x, samples, drops, x);
    if (pass.isTraining() && !pass.recompute()) {
      return new Kept(mark, saved, null, drops);
    }
    memory.kept().release(mark); // the memory of one block, however many there are
    return new Kept(mark, null, input, drops);
  }

  private static Block.Drops draw(Block block, int samples, Pass pass) {
    return pass.isTraining() ? block.draw(pass.draws(), samples) : Block.Drops.NONE;
  }

  private INDArray say(Linear head, LayerNorm.Output normed) {
    INDArray output = memory.whole().take(normed.y().size(0), head.outputs());
    head.forward(normed.y(), output);
    return output;
  }

  @Override
  public void backward(Heads heads, INDArray classGradient, INDArray distGradient) {
    Saved saved = (Saved) heads.saved();
    int passing = memory.passing().mark();
    INDArray[] dtokens = new INDArray[spec.specialTokens()];
    dtokens[0] = headBackward(classHead, classGradient, saved.norms().get(0));
    if (distHead != null) {
      dtokens[1] = headBackward(distHead, distGradient, saved.norms().get(1));
    }
    INDArray gradient = memory.passing().take(rows(saved.samples()), spec.width());
    kernels.takeTokensBackward(dtokens, gradient);
    for (int i = blocks.size() - 1; i >= 0; i--) {
      backward(blocks.get(i), gradient, saved.blocks().get(i), saved.samples());
    }
    INDArray dpatches =
        memory.passing().take((long) saved.samples() * embedding.patches(), spec.width());
    kernels.zero(dspecial);
    kernels.assembleBackward(gradient, dpatches, dspecial, dpositions);
    tokens.forEach(token -> {
      kernels.takeToken(dspecial, token.index(), token.drow());
      kernels.addScaled(token.drow(), 1, token.gradient());
    });
    embedding.backward(dpatches, saved.input());
    memory.passing().release(passing);
    memory.whole().release(saved.mark());
  }

  private void backward(Block block, INDArray gradient, Kept kept, int samples) {
    Block.Saved saved =
        kept.saved() == null ? block.again(kept.x(), samples, kept.drops()) : kept.saved();
    block.backward(gradient, saved);
    memory.kept().release(kept.mark());
  }

  /** An evaluation pass that keeps what every layer said; for looking, not for training. */
  public LayerTokens layers(INDArray input) {
    int whole = memory.whole().mark();
    int passing = memory.passing().mark();
    int samples = embedding.samples(input);
    INDArray x = assemble(input, samples);
    long tokens = x.size(0) / samples;
    List<INDArray> after = new ArrayList<>(List.of(copy(x, samples, tokens, spec.width())));
    List<INDArray> attention = new ArrayList<>();
    for (Block block : blocks) {
      int before = memory.kept().mark();
      Block.Saved saved = block.forward(x, samples, Block.Drops.NONE, x);
      attention.add(block.probabilities(saved));
      memory.kept().release(before);
      after.add(copy(x, samples, tokens, spec.width()));
    }
    INDArray normed = copy(norm.forward(x).y(), samples, tokens, spec.width());
    memory.whole().release(whole);
    memory.passing().release(passing);
    return new LayerTokens(after, normed, attention);
  }

  private INDArray headBackward(Linear head, INDArray gradient, LayerNorm.Saved normed) {
    INDArray drows = memory.passing().take(normed.normalised().shape());
    int mark = memory.passing().mark();
    head.backward(gradient, norm.again(normed), drows);
    memory.passing().release(mark);
    norm.backward(drows, normed, null, drows);
    return drows;
  }

  /** Class token, distillation token and patches of every sample with their positions (N*T, D), kept. */
  private INDArray assemble(INDArray input, int samples) {
    int mark = memory.passing().mark();
    INDArray x = memory.whole().take(rows(samples), spec.width());
    tokens.forEach(token -> token.row().assign(token.value()));
    kernels.assemble(embedding.forward(input), special, positions, x);
    memory.passing().release(mark);
    return x;
  }

  /** N*T. */
  private long rows(int samples) {
    return (long) samples * (embedding.patches() + spec.specialTokens());
  }

  private SpecialToken token(Parameter parameter) {
    int index = tokens.size();
    return new SpecialToken(
        index,
        plane(parameter.value()),
        plane(parameter.gradient()),
        special.getRow(index, true),
        kernels.allocate(1, spec.width()));
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
    return memory.allocatedElements();
  }
}
