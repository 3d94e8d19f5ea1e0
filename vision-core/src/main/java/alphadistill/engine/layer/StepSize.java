package alphadistill.engine.layer;

/**
 * Elements of all arrays that a training step of a {@link DistilledTransformer} takes, told from its shapes: what {@link
 * DistilledTransformer#scratchElements} is after the step.
 *
 * @param activations what backward needs again, and the tokens
 * @param scratch what one layer hands to the next
 */
public record StepSize(long activations, long scratch) {

  /**
   * @param patches of a sample, P
   * @param cut numbers of a sample's patches that its embedding copies: all of an image's, none of a window's
   * @param batch samples in a step, N
   * @param recompute see {@link alphadistill.engine.Pass#recompute}
   */
  public static StepSize of(BodySpec body, int patches, long cut, int batch, boolean recompute) {
    long specials = body.specialTokens();
    long tokens = patches + specials;
    long rows = batch * tokens;
    long stream = rows * body.width(); // (N*T, D)
    long ratio = body.mlpRatio();
    boolean layerScale = body.layerScale() > 0;

    long norms = 2 * (stream + rows);
    long attention = (3 + 1) * stream;
    long branches = layerScale ? 2 * stream : 0;
    long block = norms + attention + ratio * stream + branches;
    long drops = 0;
    for (int i = 0; i < body.depth(); i++) {
      drops += body.dropRate(i) > 0 ? 2L * batch : 0;
    }
    long heads = specials * batch * (body.width() + 1L + body.outputs());
    long inputs = recompute ? body.depth() * stream : 0;
    long blocks = recompute ? block : body.depth() * block;

    Passing passing = new Passing();
    int s = (int) specials;
    long some = (long) batch * patches * body.width(); // (N*P, D)
    long read = (long) batch * body.width(); // rows of a special token
    long branch = layerScale ? 0 : stream; // kept with LayerScale
    long hidden = ratio * stream;
    long dist = distilled(body) * read;
    passing.takes(0, some, batch * cut); // tokens
    passing.takes(0, without(stream, branch, hidden)); // a block, forward
    passing.takes(0, read, read, dist, dist); // special tokens and their norms
    passing.takes(0, read, read, dist); // the same, backward
    passing.takes(s, stream, recompute ? stream : 0);
    passing.takes(s + 2, recompute ? without(branch, layerScale ? hidden : 0) : new long[0]);
    passing.takes(s, stream, stream, stream, stream, hidden, hidden); // MLP, backward
    passing.takes(s, stream, stream, stream, stream, stream, 3 * stream); // attention, backward
    passing.takes(s, stream, some, batch * cut); // embedding, backward
    return new StepSize(stream + drops + heads + inputs + blocks, passing.total());
  }

  /** What is not taken takes no place. */
  private static long[] without(long... lengths) {
    return java.util.Arrays.stream(lengths).filter(length -> length > 0).toArray();
  }

  private static long distilled(BodySpec body) {
    return body.distilled() ? 1 : 0;
  }

  public long total() {
    return activations + scratch;
  }

  /** Each array is as large as the largest of all that take its place. */
  private static final class Passing {
    private final long[] arrays = new long[8];

    void takes(int from, long... lengths) {
      for (int i = 0; i < lengths.length; i++) {
        arrays[from + i] = Math.max(arrays[from + i], lengths[i]);
      }
    }

    long total() {
      return java.util.Arrays.stream(arrays).sum();
    }
  }
}
