package alphadistill.engine.kernels;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Numbers that the host hands to the kernels batch by batch: windows, labels, a teacher's answers. There is one array for
 * each number of samples, used again for the next batch of that size, so a step allocates nothing.
 *
 * <pre>{@code
 * BatchInput labels = new BatchInput(kernels, 1);
 * INDArray y = labels.of(new double[] {0.3, -1.2});   // (2, 1), until the next batch of two
 * }</pre>
 */
public final class BatchInput {
  private final Kernels kernels;
  private final long[] sample;
  private final long numbers; // of a sample
  private final Map<Long, INDArray> arrays = new HashMap<>();

  /** @param sample shape of one sample */
  public BatchInput(Kernels kernels, long... sample) {
    this.kernels = kernels;
    this.sample = sample.clone();
    this.numbers = Arrays.stream(sample).reduce(1, Math::multiplyExact);
  }

  /**
   * @param values of all samples, in C order
   * @return (N, sample), until the next batch of N
   */
  public INDArray of(float[] values) {
    INDArray array = array(values.length);
    HostCopy.write(values, array);
    return array;
  }

  /** As {@link #of(float[])}, rounded to the kernels' type. */
  public INDArray of(double[] values) {
    INDArray array = array(values.length);
    HostCopy.write(values, array);
    return array;
  }

  private INDArray array(int length) {
    if (length % numbers != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no whole samples of shape %s".formatted(length, Arrays.toString(sample)));
    }
    return arrays.computeIfAbsent(length / numbers, n -> {
      long[] shape = new long[sample.length + 1];
      shape[0] = n;
      System.arraycopy(sample, 0, shape, 1, sample.length);
      return kernels.allocate(shape);
    });
  }
}
