package alphadistill.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class BatchInputTest {
  private final BatchInput input = new BatchInput(new CpuKernels(1), 2, 3);

  @Test
  void batchesOfOneSizeShareAnArrayAndThoseOfAnotherHaveTheirOwn() {
    INDArray two = input.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    INDArray one = input.of(new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6});
    assertThat(two.shape()).containsExactly(2, 2, 3);
    assertThat(two.getFloat(1, 0, 2)).isEqualTo(9);
    assertThat(one.shape()).containsExactly(1, 2, 3);
    assertThat(one.getFloat(0, 1, 0)).isEqualTo(0.4f);
    assertThat(input.of(new double[12])).isSameAs(two);
    assertThat(two.getFloat(1, 0, 2)).isZero();
    assertThat(one.getFloat(0, 1, 0)).isEqualTo(0.4f);
  }

  @Test
  void refusesPartsOfSamples() {
    assertThatThrownBy(() -> input.of(new float[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("7 numbers are no whole samples of shape [2, 3]");
  }
}
