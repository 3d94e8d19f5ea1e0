package alphadistill.engine.kernels;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast float32 path. A convolution unfolds the windows of a few output rows into a matrix that fits the cache and
 * multiplies it with the weights; the whole unfolded picture, nine times its size, is never in memory. What each piece
 * covers depends on the shapes alone, so results have the same bits on any number of threads.
 */
final class CpuConvolutions implements Convolutions {
  private static final int UNFOLDED =
      1 << 16; // floats of unfolded windows in a piece: 256 KB of the second-level cache
  private static final int FEWEST_PIXELS = 128; // below this a product mostly packs its weights
  private static final int BLOCK = 1 << 14;

  private final Pieces pieces;

  CpuConvolutions(Pieces pieces) {
    this.pieces = pieces;
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
    Geometry at = new Geometry(x, window, y);
    float[] bias = b == null ? null : CpuKernels.array(b);
    if (groups > 1 && groups == at.channels && groups == at.outputs) {
      depthwise(at, x, CpuKernels.array(w), bias, activation, y);
    } else if (window.isPointwise() && groups == 1) {
      pointwise(at, x, w, bias, activation, y);
    } else {
      unfolded(at, x, w, bias, groups, activation, y);
    }
  }

  /** Sizes of one call and where things lie. */
  private static final class Geometry {
    private final Window window;
    private final int height;
    private final int width;
    private final int channels;
    private final int outHeight;
    private final int outWidth;
    private final int outputs;
    private final int outRows; // rows of all samples

    Geometry(INDArray x, Window window, INDArray y) {
      this.window = window;
      this.height = (int) x.size(1);
      this.width = (int) x.size(2);
      this.channels = (int) x.size(3);
      this.outHeight = (int) y.size(1);
      this.outWidth = (int) y.size(2);
      this.outputs = (int) y.size(3);
      this.outRows = Math.toIntExact(y.size(0) * outHeight);
    }

    /**
     * Loads the input row that row {@code k} of the window sees at an output row.
     *
     * @return false where that row is padding; then nothing is loaded
     */
    boolean load(FloatBuffer from, int outRow, int k, float[] line) {
      int row = outRow % outHeight * window.strideY() - window.top() + k;
      if (row < 0 || row >= height) {
        return false;
      }
      from.get((outRow / outHeight * height + row) * width * channels, line, 0, width * channels);
      return true;
    }

    /** The input column that column {@code k} of the window sees at an output column; may lie outside. */
    int column(int outColumn, int k) {
      return outColumn * window.strideX() - window.left() + k;
    }
  }

  // ---- products ----

  private void pointwise(
      Geometry at, INDArray x, INDArray w, float[] bias, Activation activation, INDArray y) {
    int rows = at.outRows * at.outWidth;
    int inPiece = Math.max(FEWEST_PIXELS, UNFOLDED / Math.max(at.channels, at.outputs));
    FloatBuffer into = CpuKernels.buffer(y);
    pieces.run((rows + inPiece - 1) / inPiece, (piece, work) -> {
      int first = piece * inPiece;
      int count = Math.min(inPiece, rows - first);
      CpuKernels.gemm(
          CpuKernels.NO_TRANSPOSE,
          CpuKernels.TRANSPOSE,
          count,
          at.outputs,
          at.channels,
          CpuKernels.address(x, (long) first * at.channels),
          at.channels,
          CpuKernels.address(w, 0),
          at.channels,
          0,
          CpuKernels.address(y, (long) first * at.outputs),
          at.outputs);
      finish(into, first * at.outputs, count, at.outputs, bias, activation, work);
    });
  }

  private void unfolded(
      Geometry at,
      INDArray x,
      INDArray w,
      float[] bias,
      int groups,
      Activation activation,
      INDArray y) {
    int groupInputs = at.channels / groups;
    int groupOutputs = at.outputs / groups;
    int patch = at.window.height() * at.window.width() * groupInputs;
    int pixels = Math.max(FEWEST_PIXELS, UNFOLDED / patch);
    int rowsInPiece = Math.max(1, pixels / at.outWidth);
    FloatBuffer from = CpuKernels.buffer(x);
    FloatBuffer into = CpuKernels.buffer(y);
    pieces.run((at.outRows + rowsInPiece - 1) / rowsInPiece, (piece, work) -> {
      int firstRow = piece * rowsInPiece;
      int rows = Math.min(rowsInPiece, at.outRows - firstRow);
      int first = firstRow * at.outWidth;
      int count = rows * at.outWidth;
      FloatPointer unfolded = work.nativeArray(count * patch);
      for (int g = 0; g < groups; g++) {
        float[] patches = work.array(0, count * patch);
        for (int r = 0; r < rows; r++) {
          unfold(at, from, firstRow + r, g * groupInputs, groupInputs, patches, r, work);
        }
        unfolded.put(patches, 0, count * patch);
        CpuKernels.gemm(
            CpuKernels.NO_TRANSPOSE,
            CpuKernels.TRANSPOSE,
            count,
            groupOutputs,
            patch,
            unfolded,
            patch,
            CpuKernels.address(w, (long) g * groupOutputs * patch),
            patch,
            0,
            CpuKernels.address(y, (long) first * at.outputs + (long) g * groupOutputs),
            at.outputs);
      }
      finish(into, first * at.outputs, count, at.outputs, bias, activation, work);
    });
  }

  /** Writes the windows of one output row, side by side, as row number {@code r} of rows of windows. */
  private static void unfold(
      Geometry at,
      FloatBuffer from,
      int outRow,
      int firstChannel,
      int count,
      float[] patches,
      int r,
      Pieces.Work work) {
    int columns = at.window.width();
    int patch = at.window.height() * columns * count;
    float[] line = work.array(1, at.width * at.channels);
    for (int k = 0; k < at.window.height(); k++) {
      boolean inside = at.load(from, outRow, k, line);
      int target = r * at.outWidth * patch + k * columns * count;
      for (int out = 0; out < at.outWidth; out++, target += patch) {
        int column = at.column(out, 0);
        if (!inside) {
          Arrays.fill(patches, target, target + columns * count, 0);
        } else if (count == at.channels && column >= 0 && column + columns <= at.width) {
          System.arraycopy(line, column * count, patches, target, columns * count);
        } else {
          for (int c = 0; c < columns; c++) {
            int to = target + c * count;
            if (column + c < 0 || column + c >= at.width) {
              Arrays.fill(patches, to, to + count, 0);
            } else {
              int start = (column + c) * at.channels + firstChannel;
              System.arraycopy(line, start, patches, to, count);
            }
          }
        }
      }
    }
  }

  /** One filter a channel: too little arithmetic for a product, so rows are added up as they lie. */
  private void depthwise(
      Geometry at, INDArray x, float[] w, float[] bias, Activation activation, INDArray y) {
    int channels = at.channels;
    int inWindow = at.window.height() * at.window.width();
    float[] byPixel =
        new float[w.length]; // of each pixel of the window its channels beside each other
    for (int i = 0; i < w.length; i++) {
      byPixel[i % inWindow * channels + i / inWindow] = w[i];
    }
    forRows(
        at,
        (FloatBuffer from, int outRow, Pieces.Work work, float[] line, float[] sums) -> {
          Arrays.fill(sums, 0, at.outWidth * channels, 0);
          for (int k = 0; k < at.window.height(); k++) {
            if (!at.load(from, outRow, k, line)) {
              continue;
            }
            for (int out = 0; out < at.outWidth; out++) {
              for (int c = 0; c < at.window.width(); c++) {
                int column = at.column(out, c);
                if (column >= 0 && column < at.width) {
                  addProducts(
                      line,
                      column * channels,
                      byPixel,
                      (k * at.window.width() + c) * channels,
                      sums,
                      out * channels,
                      channels);
                }
              }
            }
          }
          finish(sums, at.outWidth, channels, bias, activation);
        },
        x,
        y);
  }

  private static void addProducts(
      float[] x, int fromX, float[] w, int fromW, float[] sums, int to, int length) {
    for (int i = 0; i < length; i++) {
      sums[to + i] += x[fromX + i] * w[fromW + i];
    }
  }

  /** Adds the bias to rows of a product and activates them. */
  private static void finish(
      FloatBuffer y,
      int first,
      int rows,
      int channels,
      float[] bias,
      Activation activation,
      Pieces.Work work) {
    if (bias == null && activation == Activation.NONE) {
      return;
    }
    float[] block = work.array(2, VectorMath.padded(rows * channels));
    y.get(first, block, 0, rows * channels);
    finish(block, rows, channels, bias, activation);
    y.put(first, block, 0, rows * channels);
  }

  private static void finish(
      float[] block, int rows, int channels, float[] bias, Activation activation) {
    if (bias != null) {
      for (int r = 0; r < rows; r++) {
        int row = r * channels;
        for (int c = 0; c < channels; c++) {
          block[row + c] += bias[c];
        }
      }
    }
    activate(block, rows * channels, activation);
  }

  private static void activate(float[] x, int length, Activation activation) {
    if (activation == Activation.RELU) {
      for (int i = 0; i < length; i++) {
        x[i] = Math.max(x[i], 0);
      }
    } else if (activation == Activation.SILU) {
      VectorMath.silu(x, length);
    }
  }

  // ---- pools ----

  @Override
  public void maxPool(INDArray x, Window window, INDArray y) {
    Geometry at = new Geometry(x, window, y);
    int channels = at.channels;
    forRows(
        at,
        (FloatBuffer from, int outRow, Pieces.Work work, float[] line, float[] largest) -> {
          Arrays.fill(largest, 0, at.outWidth * channels, Float.NEGATIVE_INFINITY);
          for (int k = 0; k < window.height(); k++) {
            if (!at.load(from, outRow, k, line)) {
              continue;
            }
            for (int out = 0; out < at.outWidth; out++) {
              for (int c = 0; c < window.width(); c++) {
                int column = at.column(out, c);
                for (int i = 0; column >= 0 && column < at.width && i < channels; i++) {
                  largest[out * channels + i] =
                      Math.max(largest[out * channels + i], line[column * channels + i]);
                }
              }
            }
          }
        },
        x,
        y);
  }

  @FunctionalInterface
  private interface RowBody {
    /**
     * @param line room for one input row
     * @param result the output row, to be written
     */
    void run(FloatBuffer from, int outRow, Pieces.Work work, float[] line, float[] result);
  }

  /** Makes each output row from some input rows. */
  private void forRows(Geometry at, RowBody body, INDArray x, INDArray y) {
    FloatBuffer from = CpuKernels.buffer(x);
    FloatBuffer into = CpuKernels.buffer(y);
    int length = at.outWidth * at.outputs;
    int rowsInPiece = Math.max(1, BLOCK / length);
    pieces.run((at.outRows + rowsInPiece - 1) / rowsInPiece, (piece, work) -> {
      float[] line = work.array(1, at.width * at.channels);
      float[] result = work.array(2, VectorMath.padded(length));
      int end = Math.min(at.outRows, (piece + 1) * rowsInPiece);
      for (int row = piece * rowsInPiece; row < end; row++) {
        body.run(from, row, work, line, result);
        into.put(row * length, result, 0, length);
      }
    });
  }

  @Override
  public void globalAverage(INDArray x, INDArray y) {
    int channels = (int) x.size(3);
    int pixels = (int) (x.size(1) * x.size(2));
    FloatBuffer from = CpuKernels.buffer(x);
    FloatBuffer into = CpuKernels.buffer(y);
    pieces.run((int) x.size(0), (n, work) -> {
      float[] values = work.array(0, pixels * channels);
      from.get(n * pixels * channels, values, 0, pixels * channels);
      double[] sums = new double[channels];
      for (int i = 0; i < pixels; i++) {
        for (int c = 0; c < channels; c++) {
          sums[c] += values[i * channels + c];
        }
      }
      float[] means = work.array(1, channels);
      for (int c = 0; c < channels; c++) {
        means[c] = (float) (sums[c] / pixels);
      }
      into.put(n * channels, means, 0, channels);
    });
  }

  // ---- values by themselves ----

  @Override
  public void gate(INDArray x, INDArray gate, INDArray y) {
    int channels = (int) x.size(3);
    int pixels = (int) (x.size(1) * x.size(2));
    float[] gates = CpuKernels.array(gate);
    FloatBuffer from = CpuKernels.buffer(x);
    FloatBuffer into = CpuKernels.buffer(y);
    pieces.run((int) x.size(0), (n, work) -> {
      float[] factors = work.array(1, channels);
      for (int c = 0; c < channels; c++) {
        factors[c] = (float) (1 / (1 + Math.exp(-gates[n * channels + c])));
      }
      float[] values = work.array(0, pixels * channels);
      from.get(n * pixels * channels, values, 0, pixels * channels);
      for (int i = 0; i < pixels; i++) {
        int pixel = i * channels;
        for (int c = 0; c < channels; c++) {
          values[pixel + c] *= factors[c];
        }
      }
      into.put(n * pixels * channels, values, 0, pixels * channels);
    });
  }

  @Override
  public void add(INDArray x, INDArray other, Activation activation, INDArray y) {
    FloatBuffer more = CpuKernels.buffer(other);
    forBlocks(x, y, (values, first, count, work) -> {
      float[] added = work.array(1, count);
      more.get(first, added, 0, count);
      for (int i = 0; i < count; i++) {
        values[i] += added[i];
      }
      activate(values, count, activation);
    });
  }

  @Override
  public void activate(INDArray x, Activation activation, INDArray y) {
    forBlocks(x, y, (values, first, count, work) -> activate(values, count, activation));
  }

  @FunctionalInterface
  private interface BlockBody {
    void run(float[] values, int first, int count, Pieces.Work work);
  }

  private void forBlocks(INDArray x, INDArray y, BlockBody body) {
    int length = Math.toIntExact(x.length());
    FloatBuffer from = CpuKernels.buffer(x);
    FloatBuffer into = CpuKernels.buffer(y);
    pieces.run((length + BLOCK - 1) / BLOCK, (piece, work) -> {
      int first = piece * BLOCK;
      int count = Math.min(BLOCK, length - first);
      float[] values = work.array(0, VectorMath.padded(count));
      from.get(first, values, 0, count);
      body.run(values, first, count, work);
      into.put(first, values, 0, count);
    });
  }
}
