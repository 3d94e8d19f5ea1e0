package alphadistill.engine.kernels;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast float32 path: whole rows, in pieces that depend on the shape alone, each copied into heap arrays of its
 * thread. Arithmetic is in double from the first subtraction to the derivative, which is rounded once; the pieces' sums
 * are added in their order, so values have the same bits on any number of threads.
 */
final class CpuLosses implements Losses {
  private static final int BLOCK = 4096; // elements in a piece; an exponential takes some 20 ns

  private final Pieces pieces;
  private double[] sums = {}; // of the pieces

  CpuLosses(Pieces pieces) {
    this.pieces = pieces;
  }

  @Override
  public double squared(INDArray output, INDArray target, Gradient gradient) {
    return mean(output, target, gradient, output.length(), (x, t, d, length, columns, by) -> {
      double sum = 0;
      for (int i = 0; i < length; i++) {
        double gap = (double) x[i] - t[i];
        sum += gap * gap;
        d[i] = (float) (2 * by * gap);
      }
      return sum;
    });
  }

  @Override
  public double huber(INDArray output, INDArray target, double delta, Gradient gradient) {
    return mean(output, target, gradient, output.length(), (x, t, d, length, columns, by) -> {
      double sum = 0;
      for (int i = 0; i < length; i++) {
        double gap = (double) x[i] - t[i];
        double inner = Math.max(-delta, Math.min(delta, gap));
        sum += inner * (2 * gap - inner); // gap^2, or delta * (2 |gap| - delta)
        d[i] = (float) (2 * by * inner);
      }
      return sum;
    });
  }

  @Override
  public double crossEntropy(INDArray output, INDArray target, Gradient gradient) {
    return mean(output, target, gradient, output.size(0), (x, t, d, length, columns, by) -> {
      double sum = 0;
      for (int row = 0; row < length; row += columns) {
        float largest = largest(x, row, columns);
        double all = exponentials(x, row, columns, largest, d);
        double share = 0; // one, unless the target is not a distribution
        double named = 0;
        for (int i = row; i < row + columns; i++) {
          share += t[i];
          named += t[i] * ((double) x[i] - largest);
        }
        sum += share * Math.log(all) - named;
        for (int i = row; i < row + columns; i++) {
          d[i] = (float) (by * (share * d[i] / all - t[i]));
        }
      }
      return sum;
    });
  }

  @Override
  public double hardCrossEntropy(INDArray output, INDArray answer, Gradient gradient) {
    return mean(output, answer, gradient, output.size(0), (x, t, d, length, columns, by) -> {
      double sum = 0;
      for (int row = 0; row < length; row += columns) {
        int named = row;
        for (int i = row + 1; i < row + columns; i++) {
          named = t[i] > t[named] ? i : named;
        }
        float largest = largest(x, row, columns);
        double all = exponentials(x, row, columns, largest, d);
        sum += Math.log(all) - ((double) x[named] - largest);
        for (int i = row; i < row + columns; i++) {
          d[i] = (float) (by * (d[i] / all - (i == named ? 1 : 0)));
        }
      }
      return sum;
    });
  }

  @Override
  public double binaryCrossEntropy(INDArray output, INDArray target, Gradient gradient) {
    return mean(output, target, gradient, output.length(), (x, t, d, length, columns, by) -> {
      double sum = 0;
      for (int i = 0; i < length; i++) {
        double e = Math.exp(-Math.abs((double) x[i]));
        // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)
        sum += Math.max(x[i], 0) + Math.log(1 + e) - (double) t[i] * x[i];
        double sigmoid = x[i] > 0 ? 1 / (1 + e) : e / (1 + e);
        d[i] = (float) (by * (sigmoid - t[i]));
      }
      return sum;
    });
  }

  @Override
  public double divergence(
      INDArray output, INDArray answer, double temperature, double divisor, Gradient gradient) {
    double cold = 1 / temperature;
    double value = mean(output, answer, gradient, divisor, (x, t, d, length, columns, by) -> {
      double sum = 0;
      for (int row = 0; row < length; row += columns) {
        float largest = largest(x, row, columns);
        float largestAnswer = largest(t, row, columns);
        double all = 0;
        double allAnswers = 0;
        double weighted = 0;
        for (int i = row; i < row + columns; i++) {
          double own = ((double) x[i] - largest) * cold;
          double taught = ((double) t[i] - largestAnswer) * cold;
          double q = Math.exp(own);
          double p = Math.exp(taught);
          all += q;
          allAnswers += p;
          weighted += p * (taught - own);
          d[i] = (float) q;
          t[i] = (float) p; // the thread's own copy
        }
        // log p = taught - log(allAnswers), log q = own - log(all), and the p sum to one
        sum += weighted / allAnswers + Math.log(all) - Math.log(allAnswers);
        for (int i = row; i < row + columns; i++) {
          // tau^2 of the loss, over tau of the inner derivative
          d[i] = (float) (by * temperature * (d[i] / all - t[i] / allAnswers));
        }
      }
      return sum;
    });
    return temperature * temperature * value;
  }

  /** NaN where one of the row is. */
  private static float largest(float[] x, int row, int columns) {
    float largest = x[row];
    for (int i = row + 1; i < row + columns; i++) {
      largest = Math.max(largest, x[i]);
    }
    return largest;
  }

  /**
   * Writes {@code exp(x - largest)} of a row.
   *
   * @return their sum, of the numbers before they are rounded
   */
  private static double exponentials(float[] x, int row, int columns, float largest, float[] e) {
    double sum = 0;
    for (int i = row; i < row + columns; i++) {
      double one = Math.exp((double) x[i] - largest);
      sum += one;
      e[i] = (float) one; // exactly one for the largest
    }
    return sum;
  }

  // ---- pieces of rows ----

  @FunctionalInterface
  private interface Rows {
    /**
     * Some whole rows.
     *
     * @param x outputs
     * @param t targets or answers, which may be overwritten
     * @param d derivatives times {@code by}, written
     * @param length elements of all rows together
     * @return the rows' part of the loss, before its divisor
     */
    double run(float[] x, float[] t, float[] d, int length, int columns, double by);
  }

  /** The sum over all rows, over the divisor; gradients likewise. */
  private double mean(
      INDArray output, INDArray target, Gradient gradient, double divisor, Rows loss) {
    int columns = Math.toIntExact(output.size(1));
    int elements = Math.toIntExact(output.length());
    int inPiece = Math.max(1, BLOCK / columns) * columns;
    int count = (elements + inPiece - 1) / inPiece;
    if (sums.length < count) {
      sums = new double[count];
    }
    double[] parts = sums;
    double by = gradient.factor() / divisor;
    FloatBuffer said = CpuKernels.buffer(output);
    FloatBuffer wanted = CpuKernels.buffer(target);
    FloatBuffer into = CpuKernels.buffer(gradient.array());
    pieces.run(count, (piece, work) -> {
      int first = piece * inPiece;
      int length = Math.min(inPiece, elements - first);
      float[] x = loaded(said, first, length, work.array(0, length));
      float[] t = loaded(wanted, first, length, work.array(1, length));
      float[] d = work.array(2, length);
      parts[piece] = loss.run(x, t, d, length, columns, by);
      if (gradient.added()) {
        float[] others = loaded(into, first, length, work.array(3, length));
        for (int i = 0; i < length; i++) {
          d[i] += others[i];
        }
      }
      into.put(first, d, 0, length);
    });
    double sum = 0;
    for (int piece = 0; piece < count; piece++) {
      sum += parts[piece];
    }
    return sum / divisor;
  }

  private static float[] loaded(FloatBuffer from, int first, int length, float[] into) {
    from.get(first, into, 0, length);
    return into;
  }
}
