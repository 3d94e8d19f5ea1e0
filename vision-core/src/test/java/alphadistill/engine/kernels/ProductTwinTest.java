package alphadistill.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The fast kernels against the plain ones in double precision, on sizes that end inside a block, a vector and a group of
 * rows, and against themselves on other numbers of threads.
 */
class ProductTwinTest {
  /** Largest gap over the largest value: single precision leaves 6e-8 a term, and sums here have up to 2,000. */
  private static final double CLOSE = 2e-5;

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,2", "511,7,70", "1024,32,33", "1700,13,65", "2049,64,130"})
  void productsAndTheirGradientsAgreeWithThePlainOnes(int rows, int inputs, int outputs) {
    Random random = new Random(rows);
    double[][] x = normal(random, rows, inputs);
    double[][] w = normal(random, outputs, inputs);
    double[][] dy = normal(random, rows, outputs);

    List<double[]> plain = linear(new Nd4jKernels(DataType.DOUBLE), x, w, dy);
    List<double[]> one = linear(new CpuKernels(1), x, w, dy);
    List<double[]> three = linear(new CpuKernels(3), x, w, dy);

    for (int i = 0; i < plain.size(); i++) {
      assertThat(gap(plain.get(i), one.get(i))).as("array %d", i).isLessThan(CLOSE);
      assertThat(three.get(i)).as("array %d on three threads", i).isEqualTo(one.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1,1",
    "3,2,3,2",
    "2,5,16,4",
    "5,6,24,3",
    "2,29,96,2",
    "1,31,144,3",
    "2,66,32,2",
    "1,198,128,2"
  })
  void attentionAndItsGradientAgreeWithThePlainOnes(int samples, int tokens, int width, int heads) {
    Random random = new Random(tokens);
    double[][] qkv = normal(random, samples * tokens, 3 * width);
    double[][] dy = normal(random, samples * tokens, width);

    List<double[]> plain = attention(new Nd4jKernels(DataType.DOUBLE), qkv, dy, samples, heads);
    List<double[]> one = attention(new CpuKernels(1), qkv, dy, samples, heads);
    List<double[]> three = attention(new CpuKernels(3), qkv, dy, samples, heads);

    for (int i = 0; i < plain.size(); i++) {
      assertThat(gap(plain.get(i), one.get(i))).as("array %d", i).isLessThan(CLOSE);
      assertThat(three.get(i)).as("array %d on three threads", i).isEqualTo(one.get(i));
    }
  }

  private static List<double[]> linear(Kernels kernels, double[][] x, double[][] w, double[][] dy) {
    INDArray input = array(kernels, x);
    INDArray weight = array(kernels, w);
    INDArray gradient = array(kernels, dy);
    INDArray bias = kernels.allocate(w.length);
    bias.assign(0.5);
    INDArray y = kernels.allocate(x.length, w.length);
    INDArray dx = kernels.allocate(x.length, x[0].length);
    INDArray dw = kernels.allocate(w.length, x[0].length);
    INDArray db = kernels.allocate(w.length);
    dw.assign(0.25); // gradients are added to
    db.assign(0.25);
    kernels.linear(input, weight, bias, y);
    kernels.linearBackward(gradient, input, weight, dx, dw, db);
    kernels.linearBackward(gradient, input, weight, null, dw, null);
    return values(y, dx, dw, db);
  }

  private static List<double[]> attention(
      Kernels kernels, double[][] qkv, double[][] dy, int samples, int heads) {
    INDArray packed = array(kernels, qkv);
    INDArray gradient = array(kernels, dy);
    int tokens = qkv.length / samples;
    INDArray probabilities = kernels.allocate((long) samples * heads * tokens, tokens);
    INDArray y = kernels.allocate(dy.length, dy[0].length);
    INDArray dqkv = kernels.allocate(qkv.length, qkv[0].length);
    kernels.attentionProbabilities(packed, samples, heads, probabilities);
    kernels.attention(packed, samples, heads, y);
    kernels.attentionBackward(gradient, packed, samples, heads, dqkv);
    return values(y, dqkv);
  }

  private static double[][] normal(Random random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian(); // the same numbers in both precisions
      }
    }
    return values;
  }

  private static INDArray array(Kernels kernels, double[][] values) {
    INDArray array = kernels.allocate(values.length, values[0].length);
    array.assign(Nd4j.createFromArray(values).castTo(kernels.type()));
    return array;
  }

  private static List<double[]> values(INDArray... arrays) {
    List<double[]> values = new ArrayList<>();
    for (INDArray array : arrays) {
      values.add(array.castTo(DataType.DOUBLE).reshape(array.length()).toDoubleVector());
    }
    return values;
  }

  private static double gap(double[] expected, double[] actual) {
    double largest = 1e-30;
    double gap = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      gap = Math.max(gap, Math.abs(expected[i] - actual[i]));
    }
    return gap / largest;
  }
}
