package alphadistill.cli.device;

import alphadistill.augment.Draws;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Losses;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What every kernel makes of the same drawn numbers, by name; sizes end inside a vector and inside a block. */
final class KernelOutputs {
  private static final int SAMPLES = 3;
  private static final int TOKENS = 13;
  private static final int WIDTH = 36;
  private static final int HEADS = 4;
  private static final int ROWS = SAMPLES * TOKENS;
  private static final int OUTPUTS = 2 * WIDTH + 1;
  private static final int PATCH = 4;

  private final Kernels kernels;
  private final Draws draws = Draws.of(1, "kernels of a device");
  private final Map<String, INDArray> outputs = new LinkedHashMap<>();

  private KernelOutputs(Kernels kernels) {
    this.kernels = kernels;
  }

  static Map<String, INDArray> of(Kernels kernels) {
    KernelOutputs made = new KernelOutputs(kernels);
    made.products();
    made.rows();
    made.attention();
    made.branches();
    made.tokens();
    made.losses();
    made.updates();
    return made.outputs;
  }

  private void products() {
    INDArray x = drawn(ROWS, WIDTH);
    INDArray w = drawn(OUTPUTS, WIDTH);
    kernels.linear(x, w, drawn(OUTPUTS), output("linear", ROWS, OUTPUTS));
    kernels.linearBackward(
        drawn(ROWS, OUTPUTS),
        x,
        w,
        output("linearBackward dx", ROWS, WIDTH),
        added("linearBackward dw", OUTPUTS, WIDTH),
        added("linearBackward db", OUTPUTS));
    kernels.linear(x, drawn(1, WIDTH), drawn(1), output("linear to one output", ROWS, 1));
    kernels.cutPatches(
        drawn(SAMPLES, 3, 3 * PATCH, 2 * PATCH),
        PATCH,
        output("cutPatches", SAMPLES * 6, 3 * PATCH * PATCH));
  }

  private void rows() {
    INDArray gain = drawn(WIDTH);
    INDArray normalised = output("layerNorm normalised", ROWS, WIDTH);
    INDArray inverseStd = output("layerNorm inverseStd", ROWS);
    kernels.layerNorm(
        drawn(ROWS, WIDTH).addi(3),
        gain,
        drawn(WIDTH),
        1e-6,
        output("layerNorm", ROWS, WIDTH),
        normalised,
        inverseStd);
    kernels.layerNormBackward(
        drawn(ROWS, WIDTH),
        normalised,
        inverseStd,
        gain,
        drawn(ROWS, WIDTH),
        output("layerNormBackward dx", ROWS, WIDTH),
        added("layerNormBackward dgain", WIDTH),
        added("layerNormBackward dshift", WIDTH));
    INDArray wide = drawn(ROWS, WIDTH).muli(4);
    kernels.gelu(wide, output("gelu", ROWS, WIDTH));
    INDArray slope = output("geluWithSlope slope", ROWS, WIDTH);
    kernels.geluWithSlope(wide, output("geluWithSlope", ROWS, WIDTH), slope);
    kernels.multiply(slope, added("multiply", ROWS, WIDTH));
    kernels.scaleAndShift(normalised, gain, drawn(WIDTH), output("scaleAndShift", ROWS, WIDTH));
  }

  private void attention() {
    INDArray qkv = drawn(ROWS, 3 * WIDTH);
    kernels.attentionProbabilities(
        qkv, SAMPLES, HEADS, output("attentionProbabilities", ROWS * HEADS, TOKENS));
    kernels.attention(qkv, SAMPLES, HEADS, output("attention", ROWS, WIDTH));
    kernels.attentionBackward(
        drawn(ROWS, WIDTH), qkv, SAMPLES, HEADS, output("attentionBackward", ROWS, 3 * WIDTH));
  }

  private void branches() {
    INDArray branch = drawn(ROWS, WIDTH);
    INDArray gamma = drawn(WIDTH);
    INDArray scale = drawn(SAMPLES);
    kernels.addBranch(drawn(ROWS, WIDTH), branch, gamma, scale, output("addBranch", ROWS, WIDTH));
    kernels.addBranchBackward(
        drawn(ROWS, WIDTH),
        branch,
        gamma,
        scale,
        output("addBranchBackward", ROWS, WIDTH),
        added("addBranchBackward dgamma", WIDTH));
  }

  private void tokens() {
    int all = SAMPLES * (TOKENS + 2);
    INDArray assembled = output("assemble", all, WIDTH);
    kernels.assemble(drawn(ROWS, WIDTH), drawn(2, WIDTH), drawn(TOKENS + 2, WIDTH), assembled);
    kernels.assembleBackward(
        drawn(all, WIDTH),
        output("assembleBackward dpatches", ROWS, WIDTH),
        added("assembleBackward dspecial", 2, WIDTH),
        added("assembleBackward dpositions", TOKENS + 2, WIDTH));
    kernels.takeToken(assembled, 1, output("takeToken", SAMPLES, WIDTH));
    kernels.takeTokensBackward(
        new INDArray[] {drawn(SAMPLES, WIDTH), drawn(SAMPLES, WIDTH)},
        output("takeTokensBackward", all, WIDTH));
  }

  private void losses() {
    Losses losses = kernels.losses();
    INDArray x = drawn(ROWS, OUTPUTS);
    INDArray t = drawn(ROWS, OUTPUTS);
    loss("squared", gradient -> losses.squared(x, t, gradient));
    loss("huber", gradient -> losses.huber(x, t, 1, gradient));
    loss("crossEntropy", gradient -> losses.crossEntropy(x, t, gradient));
    loss("hardCrossEntropy", gradient -> losses.hardCrossEntropy(x, t, gradient));
    loss("binaryCrossEntropy", gradient -> losses.binaryCrossEntropy(x, t, gradient));
    loss("divergence", gradient -> losses.divergence(x, t, 3, ROWS, gradient));
  }

  private void loss(String name, ToDoubleFunction<Losses.Gradient> loss) {
    INDArray gradient = output(name + " gradient", ROWS, OUTPUTS);
    number(name, loss.applyAsDouble(Losses.Gradient.into(gradient, 0.7)));
    loss.applyAsDouble(
        Losses.Gradient.addedTo(added(name + " added gradient", ROWS, OUTPUTS), 0.3));
  }

  private void number(String name, double value) {
    outputs.put(name, Nd4j.createFromArray(value).castTo(kernels.type()));
  }

  private void updates() {
    INDArray gradient = drawn(OUTPUTS, WIDTH);
    INDArray squares = added("adamW v", OUTPUTS, WIDTH);
    squares.muli(squares);
    INDArray value = added("adamW", OUTPUTS, WIDTH);
    INDArray first = added("adamW m", OUTPUTS, WIDTH);
    kernels.adamW(value, gradient, first, squares, 0.01, 0.05, 0.9, 0.999, 1e-8, 3);
    INDArray direction = output("lambDirection", OUTPUTS, WIDTH);
    kernels.lambDirection(
        value, gradient, 0.3, first, squares, direction, 0.05, 0.9, 0.999, 1e-6, 4);
    kernels.addScaled(direction, -0.01, added("addScaled", OUTPUTS, WIDTH));
    kernels.decayTowards(added("decayTowards", OUTPUTS, WIDTH), value, 0.7);
    kernels.scale(added("scale", OUTPUTS, WIDTH), -1.7);
    kernels.zero(added("zero", OUTPUTS, WIDTH));
    number("sumOfSquares", kernels.sumOfSquares(gradient));
  }

  /** Float32 numbers, whatever the type of the kernels, so that all work on the same. */
  private INDArray drawn(long... shape) {
    INDArray array = kernels.allocate(shape);
    float[] values = new float[(int) array.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.normal();
    }
    return array.assign(Nd4j.createFromArray(values).castTo(kernels.type()).reshape('c', shape));
  }

  /** What was there before must not matter. */
  private INDArray output(String name, long... shape) {
    outputs.put(name, kernels.allocate(shape).assign(-77));
    return outputs.get(name);
  }

  /** What was there before counts. */
  private INDArray added(String name, long... shape) {
    outputs.put(name, drawn(shape));
    return outputs.get(name);
  }
}
