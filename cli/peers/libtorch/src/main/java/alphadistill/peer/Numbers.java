package alphadistill.peer;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The numbers that every side of the benchmark begins with, so that steps can be compared. */
final class Numbers {
  private Numbers() {}

  /** Element i of any tensor, about uniform in [-0.5, 0.5): whole numbers alone, so it has the same bits everywhere. */
  static double at(long i) {
    return i * 7919 % 10007 / 10007.0 - 0.5;
  }

  /** A tensor of shift + scale * {@link #at}. */
  static Tensor tensor(double shift, double scale, long... shape) {
    float[] values = new float[Math.toIntExact(size(shape))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (shift + scale * at(i));
    }
    return Tensor.create(values, shape);
  }

  /** One class for each sample. */
  static Tensor classes(int samples, int classes, int stride) {
    long[] values = new long[samples];
    Arrays.setAll(values, n -> (long) n * stride % classes);
    return Tensor.create(values, samples).to(torch.ScalarType.Long);
  }

  private static long size(long... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
