package alphadistill.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The fast float32 kernels against the plain ones in double, on the same float32 numbers and over awkward sizes; and
 * against themselves on other numbers of threads, bit for bit.
 */
class KernelsTwinTest {
  /** Largest gap over the largest reference value of the array: golden/README.md for single layers. */
  private static final double ALLOWED = 3e-6;

  /** Samples, tokens, width, heads: one of each, odd ones, no multiple of a vector, more rows than a block. */
  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(1, 1, 1, 1),
        Arguments.of(1, 2, 6, 3),
        Arguments.of(3, 5, 7, 1),
        Arguments.of(5, 17, 32, 4),
        Arguments.of(2, 66, 40, 2),
        Arguments.of(37, 9, 33, 3),
        Arguments.of(8, 66, 128, 4));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void fastKernelsAgreeWithPlainOnes(int samples, int tokens, int width, int heads) {
    List<INDArray> truth = results(new Nd4jKernels(DataType.DOUBLE), samples, tokens, width, heads);
    List<INDArray> fast = results(new CpuKernels(2), samples, tokens, width, heads);
    for (int i = 0; i < truth.size(); i++) {
      INDArray expected = truth.get(i);
      // an array of one element can cancel to nearly nothing; what went in is of size one
      double scale = Math.max(0.1, expected.amaxNumber().doubleValue());
      double gap =
          fast.get(i).castTo(DataType.DOUBLE).sub(expected).amaxNumber().doubleValue();
      assertThat(gap / scale).as("result %d", i).isLessThan(ALLOWED);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void threadsChangeNoBit(int samples, int tokens, int width, int heads) {
    List<INDArray> alone = results(new CpuKernels(1), samples, tokens, width, heads);
    for (int threads : new int[] {2, 3}) {
      List<INDArray> together = results(new CpuKernels(threads), samples, tokens, width, heads);
      for (int i = 0; i < alone.size(); i++) {
        assertThat(bits(together.get(i))).as("result %d", i).isEqualTo(bits(alone.get(i)));
      }
    }
  }

  /** Everything the interface offers, once; the order of the results is that of the calls. */
  private static List<INDArray> results(
      Kernels kernels, int samples, int tokens, int width, int heads) {
    Inputs in = new Inputs(kernels, Draws.of(41, "twins", samples, tokens, width));
    List<INDArray> out = new ArrayList<>();
    int rows = samples * tokens;
    int outputs = width + 3;

    INDArray x = in.normal(rows, width);
    INDArray w = in.normal(outputs, width);
    INDArray dy = in.normal(rows, outputs);
    INDArray y = in.junk(rows, outputs);
    kernels.linear(x, w, in.normal(outputs), y);
    out.add(y);
    INDArray withoutBias = in.junk(rows, outputs);
    kernels.linear(x, w, null, withoutBias);
    out.add(withoutBias);
    INDArray dx = in.junk(rows, width);
    INDArray dw = in.normal(outputs, width);
    INDArray db = in.normal(outputs);
    kernels.linearBackward(dy, x, w, dx, dw, db);
    out.addAll(List.of(dx, dw, db));

    int patch = 1 + width % 4;
    INDArray images = in.normal(samples, 3, (long) tokens * patch, 2L * patch);
    INDArray patches = in.junk(rows * 2L, 3L * patch * patch);
    kernels.cutPatches(images, patch, patches);
    out.add(patches);

    INDArray gain = in.normal(width);
    INDArray normed = in.junk(rows, width);
    INDArray normalised = in.junk(rows, width);
    INDArray inverseStd = in.junk(rows);
    INDArray wide = in.normal(rows, width).addi(3);
    kernels.layerNorm(wide, gain, in.normal(width), 1e-2, normed, normalised, inverseStd);
    INDArray again = in.junk(rows, width);
    kernels.scaleAndShift(normalised, gain, in.normal(width), again);
    out.addAll(List.of(normed, normalised, inverseStd, again));
    INDArray dnorm = in.junk(rows, width);
    INDArray dgain = in.normal(width);
    INDArray dshift = in.normal(width);
    kernels.layerNormBackward(
        in.normal(rows, width),
        normalised,
        inverseStd,
        gain,
        in.normal(rows, width),
        dnorm,
        dgain,
        dshift);
    out.addAll(List.of(dnorm, dgain, dshift));

    INDArray activated = in.junk(rows, width);
    INDArray spread = in.normal(rows, width).muli(4);
    kernels.gelu(spread, activated);
    INDArray activatedToo = in.junk(rows, width);
    kernels.geluWithSlope(spread, activatedToo, spread);
    INDArray product = in.normal(rows, width);
    kernels.multiply(spread, product);
    out.addAll(List.of(activated, activatedToo, spread, product));

    INDArray qkv = in.normal(rows, 3 * width);
    INDArray probabilities = in.junk((long) rows * heads, tokens);
    INDArray mixed = in.junk(rows, width);
    kernels.attentionProbabilities(qkv, samples, heads, probabilities);
    kernels.attention(qkv, samples, heads, mixed);
    INDArray dqkv = in.junk(rows, 3 * width);
    kernels.attentionBackward(in.normal(rows, width), qkv, samples, heads, dqkv);
    out.addAll(List.of(probabilities, mixed, dqkv));

    INDArray gamma = in.normal(width);
    INDArray scale = in.normal(samples);
    for (INDArray[] pair : new INDArray[][] {{gamma, scale}, {gamma, null}, {null, scale}}) {
      INDArray added = in.junk(rows, width);
      INDArray branch = in.normal(rows, width);
      kernels.addBranch(x, branch, pair[0], pair[1], added);
      INDArray dbranch = in.junk(rows, width);
      INDArray dgamma = pair[0] == null ? null : in.normal(width);
      kernels.addBranchBackward(x, branch, pair[0], pair[1], dbranch, dgamma);
      out.addAll(List.of(added, dbranch));
      if (dgamma != null) {
        out.add(dgamma);
      }
    }

    for (int positioned : new int[] {tokens + 2, tokens}) {
      INDArray assembled = in.junk((long) samples * (tokens + 2), width);
      kernels.assemble(x, in.normal(2, width), in.normal(positioned, width), assembled);
      INDArray dpatches = in.junk(rows, width);
      INDArray dspecial = in.normal(2, width);
      INDArray dpositions = in.normal(positioned, width);
      kernels.assembleBackward(assembled, dpatches, dspecial, dpositions);
      INDArray taken = in.junk(samples, width);
      kernels.takeToken(assembled, 1, taken);
      INDArray spreadBack = in.junk((long) samples * (tokens + 2), width);
      kernels.takeTokensBackward(new INDArray[] {in.normal(samples, width), taken}, spreadBack);
      out.addAll(List.of(assembled, dpatches, dspecial, dpositions, taken, spreadBack));
    }

    INDArray value = in.normal(outputs, width);
    INDArray m = in.normal(outputs, width);
    INDArray v = in.normal(outputs, width);
    v.muli(v);
    kernels.adamW(value, in.normal(outputs, width), m, v, 0.01, 0.05, 0.9, 0.999, 1e-8, 3);
    INDArray direction = in.junk(outputs, width);
    INDArray slope = in.normal(outputs, width);
    INDArray lambM = in.normal(outputs, width);
    INDArray lambV = in.normal(outputs, width);
    lambV.muli(lambV);
    kernels.lambDirection(value, slope, 0.3, lambM, lambV, direction, 0.05, 0.9, 0.999, 1e-6, 3);
    INDArray moved = in.normal(outputs, width);
    kernels.addScaled(direction, -0.01, moved);
    out.addAll(List.of(lambM, lambV, direction, moved));
    INDArray average = in.normal(outputs, width);
    kernels.decayTowards(average, value, 0.7);
    INDArray scaled = in.normal(outputs, width);
    kernels.scale(scaled, -1.7);
    INDArray zero = in.normal(outputs, width);
    kernels.zero(zero);
    INDArray squares = kernels.allocate(1);
    squares.putScalar(0, kernels.sumOfSquares(qkv));
    out.addAll(List.of(value, m, v, average, scaled, zero, squares));
    return out;
  }

  /** The same float32 numbers for every implementation. */
  private record Inputs(Kernels kernels, Draws draws) {
    INDArray normal(long... shape) {
      INDArray array = kernels.allocate(shape);
      float[] values = new float[(int) array.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) draws.normal();
      }
      array.assign(Nd4j.createFromArray(values).reshape('c', shape).castTo(kernels.type()));
      return array;
    }

    /** An output: what was there before must not matter. */
    INDArray junk(long... shape) {
      INDArray array = kernels.allocate(shape);
      array.assign(-77);
      return array;
    }
  }

  private static float[] bits(INDArray array) {
    return array.reshape('c', new long[] {array.length()}).toFloatVector();
  }
}
