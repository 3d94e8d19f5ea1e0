package alphadistill.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The fast convolutions against the plain ones in double precision, on sizes that end inside a piece and a vector, with
 * uneven padding, groups and strides, and against themselves on other numbers of threads.
 */
class ConvolutionTwinTest {
  /** Largest gap over the largest value: single precision leaves 6e-8 a term, and sums here have up to 600. */
  private static final double CLOSE = 1e-5;

  @ParameterizedTest
  @CsvSource({
    // samples, height, width, inputs, outputs, window, stride, top and left, bottom and right,
    // groups
    "1,1,1,1,1,1,1,0,0,1",
    "2,5,7,3,5,3,1,1,1,1",
    "3,8,8,4,6,3,2,0,1,1",
    "2,9,6,6,4,1,2,0,0,1",
    "1,33,40,16,16,3,1,1,1,1",
    "2,7,7,67,13,1,1,0,0,1",
    "2,9,9,12,18,3,2,1,1,3",
    "2,6,5,24,24,5,1,2,2,24",
    "1,11,11,7,7,3,2,1,1,7",
    "1,16,16,3,8,7,2,3,3,1"
  })
  void convolutionsAgree(
      int samples,
      int height,
      int width,
      int inputs,
      int outputs,
      int side,
      int stride,
      int before,
      int after,
      int groups) {
    Window window = new Window(side, side, stride, stride, before, before, after, after);
    long[] shape = {samples, height, width, inputs};
    long[] out = {samples, window.outputHeight(height), window.outputWidth(width), outputs};
    for (Activation activation : Activation.values()) {
      agree(shape, (kernels, x) -> {
        INDArray w = normal(kernels, 2, outputs, (long) side * side * inputs / groups);
        INDArray b = activation == Activation.NONE ? null : normal(kernels, 3, outputs);
        INDArray y = kernels.allocate(out);
        kernels.convolutions().convolve(x, w, b, window, groups, activation, y);
        return y;
      });
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1,1,1,0", "2,9,7,5,3,2,1", "3,40,40,17,3,2,1", "1,8,8,3,2,2,0"})
  void largestValuesAgree(
      int samples, int height, int width, int channels, int side, int stride, int padding) {
    Window window = Window.square(side, stride, padding);
    agree(new long[] {samples, height, width, channels}, (kernels, x) -> {
      INDArray below = x.sub(10); // all negative, so that padding would show
      INDArray y = kernels.allocate(
          samples, window.outputHeight(height), window.outputWidth(width), channels);
      kernels.convolutions().maxPool(below, window, y);
      return y;
    });
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "3,7,5,19", "2,64,64,9"})
  void averagesGatesSumsAndActivationsAgree(int samples, int height, int width, int channels) {
    long[] shape = {samples, height, width, channels};
    agree(shape, (kernels, x) -> {
      INDArray y = kernels.allocate(samples, 1, 1, channels);
      kernels.convolutions().globalAverage(x, y);
      return y;
    });
    agree(shape, (kernels, x) -> {
      INDArray y = kernels.allocate(shape);
      kernels.convolutions().gate(x, normal(kernels, 5, samples, 1, 1, channels), y);
      return y;
    });
    agree(shape, (kernels, x) -> {
      kernels.convolutions().add(x, normal(kernels, 6, shape), Activation.RELU, x);
      return x;
    });
    agree(shape, (kernels, x) -> {
      kernels.convolutions().activate(x, Activation.SILU, x);
      return x;
    });
  }

  @Test
  void refusesPaddingThatAWindowCouldLieIn() {
    assertThatThrownBy(() -> Window.square(3, 1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("less than the window");
    assertThatThrownBy(() -> Window.square(3, 1, 0).outputHeight(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("smaller than the window of 3");
  }

  /** Runs the same on plain double kernels and on fast ones with one and with three threads. */
  private static void agree(long[] shape, BiFunction<Kernels, INDArray, INDArray> made) {
    List<double[]> results = java.util.stream.Stream.of(
            new Nd4jKernels(DataType.DOUBLE), new CpuKernels(1), new CpuKernels(3))
        .map(kernels -> {
          INDArray y = made.apply(kernels, normal(kernels, 1, shape));
          return y.castTo(DataType.DOUBLE).reshape(y.length()).toDoubleVector();
        })
        .toList();
    double largest = 1e-30;
    double gap = 0;
    for (int i = 0; i < results.get(0).length; i++) {
      largest = Math.max(largest, Math.abs(results.get(0)[i]));
      gap = Math.max(gap, Math.abs(results.get(0)[i] - results.get(1)[i]));
    }
    assertThat(gap / largest).isLessThan(CLOSE);
    assertThat(results.get(2)).as("on three threads").isEqualTo(results.get(1));
  }

  /** The same numbers in both precisions. */
  private static INDArray normal(Kernels kernels, long seed, long... shape) {
    INDArray array = kernels.allocate(shape);
    Random random = new Random(seed);
    float[] values = new float[(int) array.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return array.assign(Nd4j.createFromArray(values).castTo(kernels.type()).reshape(shape));
  }
}
