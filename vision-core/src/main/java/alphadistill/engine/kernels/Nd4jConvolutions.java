package alphadistill.engine.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The plain truth: one product for each pixel of the window, in ND4J operations, in float32 or double. */
final class Nd4jConvolutions implements Convolutions {
  private final DataType type;

  Nd4jConvolutions(DataType type) {
    this.type = type;
  }

  @Override
  public void convolve(
      INDArray x,
      INDArray w,
      INDArray b,
      Window window,
      int groups,
      Activation activation,
      INDArray y) {
    INDArray padded = padded(x, window, 0);
    long inputs = x.size(3) / groups;
    long outputs = w.size(0) / groups;
    INDArray sums = Nd4j.zeros(type, y.length() / y.size(3), y.size(3));
    for (int pixel = 0; pixel < window.height() * window.width(); pixel++) {
      INDArray seen = seen(padded, window, pixel, y);
      for (int g = 0; g < groups; g++) {
        INDArray rows = seen.get(all(), part(g, inputs));
        INDArray weights = w.get(part(g, outputs), part(pixel, inputs)).dup('c').transpose();
        sums.get(all(), part(g, outputs)).addi(rows.mmul(weights));
      }
    }
    if (b != null) {
      sums.addiRowVector(b.reshape(1, b.length()));
    }
    y.assign(activated(sums, activation).reshape(y.shape()));
  }

  @Override
  public void maxPool(INDArray x, Window window, INDArray y) {
    INDArray padded = padded(x, window, -Float.MAX_VALUE);
    INDArray largest = seen(padded, window, 0, y);
    for (int pixel = 1; pixel < window.height() * window.width(); pixel++) {
      largest = Transforms.max(largest, seen(padded, window, pixel, y));
    }
    y.assign(largest.reshape(y.shape()));
  }

  @Override
  public void globalAverage(INDArray x, INDArray y) {
    long pixels = x.size(1) * x.size(2);
    for (long n = 0;
        n < x.size(0);
        n++) { // a product with a row of ones: long float32 sums are not trusted
      INDArray rows =
          x.get(NDArrayIndex.point(n), all(), all(), all()).dup('c').reshape(pixels, x.size(3));
      INDArray mean = Nd4j.ones(type, 1, pixels).mmul(rows).divi(pixels);
      y.get(NDArrayIndex.point(n), all(), all(), all()).assign(mean.reshape(1, 1, x.size(3)));
    }
  }

  @Override
  public void gate(INDArray x, INDArray gate, INDArray y) {
    for (long n = 0; n < x.size(0); n++) {
      INDArray rows = x.get(NDArrayIndex.point(n), all(), all(), all());
      INDArray factors =
          sigmoid(gate.reshape(x.size(0), x.size(3)).get(NDArrayIndex.interval(n, n + 1), all()));
      INDArray product =
          rows.dup('c').reshape(x.size(1) * x.size(2), x.size(3)).muliRowVector(factors);
      y.get(NDArrayIndex.point(n), all(), all(), all()).assign(product.reshape(rows.shape()));
    }
  }

  @Override
  public void add(INDArray x, INDArray other, Activation activation, INDArray y) {
    y.assign(activated(x.add(other), activation));
  }

  @Override
  public void activate(INDArray x, Activation activation, INDArray y) {
    y.assign(activated(x, activation));
  }

  private static INDArray activated(INDArray x, Activation activation) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> Transforms.relu(x, true);
      case SILU -> x.mul(sigmoid(x));
    };
  }

  private static INDArray sigmoid(INDArray x) {
    return Transforms.exp(x.neg()).addi(1).rdivi(1);
  }

  private INDArray padded(INDArray x, Window window, double value) {
    long rows = x.size(1);
    long columns = x.size(2);
    INDArray padded = Nd4j.valueArrayOf(
        new long[] {
          x.size(0),
          rows + window.top() + window.bottom(),
          columns + window.left() + window.right(),
          x.size(3)
        },
        value,
        type);
    padded
        .get(
            all(),
            NDArrayIndex.interval(window.top(), window.top() + rows),
            NDArrayIndex.interval(window.left(), window.left() + columns),
            all())
        .assign(x);
    return padded;
  }

  /** What pixel number {@code pixel} of the window is at each output: (N * outputHeight * outputWidth, C). */
  private static INDArray seen(INDArray padded, Window window, int pixel, INDArray y) {
    int row = pixel / window.width();
    int column = pixel % window.width();
    return padded
        .get(
            all(),
            NDArrayIndex.interval(
                row, window.strideY(), row + (y.size(1) - 1) * window.strideY() + 1),
            NDArrayIndex.interval(
                column, window.strideX(), column + (y.size(2) - 1) * window.strideX() + 1),
            all())
        .dup('c')
        .reshape(y.length() / y.size(3), padded.size(3));
  }

  private static INDArrayIndex all() {
    return NDArrayIndex.all();
  }

  private static INDArrayIndex part(long index, long width) {
    return NDArrayIndex.interval(index * width, (index + 1) * width);
  }
}
