package alphadistill.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every layer's backward against central differences in double: with {@code loss = sum(dy * y)} the derivative of the
 * loss by y is dy.
 */
class GradientCheckTest {
  private static final int SAMPLES = 2;
  private static final int TOKENS = 3;
  private static final int WIDTH = 4;
  private static final double STEP = 1e-5;
  private static final double ALLOWED = 1e-8;

  private final Kernels kernels = new Nd4jKernels(DataType.DOUBLE);
  private final StepMemory memory = new StepMemory(kernels);
  private final Weights weights = new Weights(kernels, 5);
  private final Draws draws = Draws.of(17, "gradient check");

  @Test
  void linear() {
    Linear linear = new Linear(kernels, weights, "l", WIDTH, 5);
    INDArray x = normal(6, WIDTH);
    INDArray dy = normal(6, 5);
    check(
        x,
        dy,
        () -> filled(6, 5, y -> linear.forward(x, y)),
        () -> filled(6, WIDTH, dx -> linear.backward(dy, x, dx)));
  }

  @Test
  void layerNormWithAGradientThatGoesAroundIt() {
    LayerNorm norm =
        new LayerNorm(kernels, memory.kept(), memory.passing(), weights, "n", WIDTH, 1e-6);
    INDArray x = normal(6, WIDTH);
    INDArray dy = normal(6, WIDTH);
    INDArray around = normal(6, WIDTH); // y = norm(x), z = around * x: the loss is their sum
    spread();
    checkValue(
        x,
        () -> sum(norm.forward(x).y(), dy) + sum(x, around),
        () -> filled(6, WIDTH, dx -> norm.backward(dy, norm.forward(x).saved(), around, dx)));
  }

  @Test
  void mlp() {
    Mlp mlp = new Mlp(kernels, memory, weights, "m", WIDTH, 3);
    INDArray x = normal(6, WIDTH);
    INDArray dy = normal(6, WIDTH);
    check(
        x,
        dy,
        () -> filled(6, WIDTH, y -> mlp.forward(x, y)),
        () -> filled(6, WIDTH, dx -> mlp.backward(dy, x, mlp.forward(x, dx), dx)));
  }

  @Test
  void attention() {
    SelfAttention attention = new SelfAttention(kernels, memory, weights, "a", WIDTH, 2);
    INDArray x = normal(SAMPLES * TOKENS, WIDTH);
    INDArray dy = normal(SAMPLES * TOKENS, WIDTH);
    check(
        x,
        dy,
        () -> filled(SAMPLES * TOKENS, WIDTH, y -> attention.forward(x, SAMPLES, y)),
        () -> filled(
            SAMPLES * TOKENS,
            WIDTH,
            dx -> attention.backward(dy, x, attention.forward(x, SAMPLES, dx), dx)));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0.5, false", "0, true", "0.5, true"})
  void block(double layerScale, boolean drops) {
    BodySpec spec = new BodySpec(WIDTH, 1, 2, 2, 1, false, 0, false, layerScale, true, 1e-6);
    Block block = new Block(kernels, memory, weights, spec, 0);
    Block.Drops scales = drops
        ? new Block.Drops(Nd4j.createFromArray(0.0, 1.25), Nd4j.createFromArray(1.25, 0.0))
        : Block.Drops.NONE;
    INDArray x = normal(SAMPLES * TOKENS, WIDTH);
    INDArray dy = normal(SAMPLES * TOKENS, WIDTH);
    check(
        x,
        dy,
        () -> filled(SAMPLES * TOKENS, WIDTH, y -> block.forward(x, SAMPLES, scales, y)),
        () -> filled(SAMPLES * TOKENS, WIDTH, gradient -> {
          Block.Saved saved = block.forward(x, SAMPLES, scales, gradient);
          gradient.assign(dy);
          block.backward(gradient, saved);
        }));
  }

  /** Embedding, tokens, positions, encoder, norm and both heads, with and without the distillation token. */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void wholeNetwork(boolean distilled, boolean positionsOnSpecialTokens) {
    BodySpec spec =
        new BodySpec(WIDTH, 2, 2, 2, 3, distilled, 0, false, 0, positionsOnSpecialTokens, 1e-6);
    DistilledTransformer network =
        new DistilledTransformer(kernels, spec, WindowEmbedding.of(TOKENS, 5), 3);
    spread(network.parameters());
    INDArray x = normal(SAMPLES, TOKENS, 5);
    INDArray dclass = normal(SAMPLES, 3);
    INDArray ddist = distilled ? normal(SAMPLES, 3) : null;
    Pass pass = Pass.training(Draws.of(1, "no drop path"));
    network.parameters().forEach(p -> p.gradient().assign(0));
    network.backward(network.forward(x, pass), dclass, ddist);
    DoubleSupplier loss = () -> {
      Heads heads = network.forward(x, Pass.EVALUATION);
      return sum(heads.classOutput(), dclass) + (distilled ? sum(heads.distOutput(), ddist) : 0);
    };
    for (Parameter p : network.parameters()) {
      assertClose(p.name(), p.gradient(), p.value(), loss);
    }
  }

  @Test
  void patchesOfImages() {
    PatchEmbedding embedding =
        (PatchEmbedding) PatchEmbedding.of(4, 6, 2).make(kernels, memory.passing(), weights, WIDTH);
    INDArray images = normal(SAMPLES, 3, 4, 6);
    INDArray dy = normal(SAMPLES * 6, WIDTH);
    spread();
    weights.parameters().forEach(p -> p.gradient().assign(0));
    embedding.forward(images);
    embedding.backward(dy, images);
    for (Parameter p : weights.parameters()) {
      assertClose(p.name(), p.gradient(), p.value(), () -> sum(embedding.forward(images), dy));
    }
  }

  private void check(
      INDArray x, INDArray dy, Supplier<INDArray> forward, Supplier<INDArray> backward) {
    spread();
    checkValue(x, () -> sum(forward.get(), dy), backward);
  }

  private void checkValue(INDArray x, DoubleSupplier loss, Supplier<INDArray> backward) {
    weights.parameters().forEach(p -> p.gradient().assign(0));
    INDArray dx = backward.get().dup('c');
    assertClose("x", dx, x, loss);
    for (Parameter p : weights.parameters()) {
      assertClose(p.name(), p.gradient(), p.value(), loss);
    }
  }

  private void assertClose(String name, INDArray gradient, INDArray at, DoubleSupplier loss) {
    INDArray flat = at.reshape('c', new long[] {at.length()});
    INDArray slope = gradient.reshape('c', new long[] {gradient.length()});
    List<String> wrong = new ArrayList<>();
    for (long i = 0; i < flat.length(); i++) {
      double kept = flat.getDouble(i);
      flat.putScalar(i, kept + STEP);
      double up = free(loss);
      flat.putScalar(i, kept - STEP);
      double down = free(loss);
      flat.putScalar(i, kept);
      double numeric = (up - down) / (2 * STEP);
      if (!(Math.abs(numeric - slope.getDouble(i)) <= ALLOWED * Math.max(1, Math.abs(numeric)))) {
        wrong.add("[%d] %.12g, by differences %.12g".formatted(i, slope.getDouble(i), numeric));
      }
    }
    assertThat(wrong).as("gradient of " + name).isEmpty();
  }

  /** The scratch arrays of one evaluation are given back, so that many evaluations need the memory of one. */
  private double free(DoubleSupplier loss) {
    int kept = memory.kept().mark();
    int passing = memory.passing().mark();
    double value = loss.getAsDouble();
    memory.kept().release(kept);
    memory.passing().release(passing);
    return value;
  }

  /** Weights of deviation 0.02 would make nearly linear layers, in which mistakes hide. */
  private void spread() {
    spread(weights.parameters());
  }

  private void spread(List<Parameter> parameters) {
    parameters.forEach(p -> p.value().addi(normal(p.value().shape()).muli(0.5)));
  }

  /** A fresh array that a layer writes. */
  private INDArray filled(long rows, long columns, Consumer<INDArray> layer) {
    INDArray array = kernels.allocate(rows, columns);
    layer.accept(array);
    return array;
  }

  private INDArray normal(long... shape) {
    INDArray array = Nd4j.zeros(DataType.DOUBLE, shape);
    INDArray flat = array.reshape('c', new long[] {array.length()});
    for (long i = 0; i < flat.length(); i++) {
      flat.putScalar(i, draws.normal());
    }
    return array;
  }

  private static double sum(INDArray a, INDArray b) {
    return a.mul(b).sumNumber().doubleValue();
  }
}
