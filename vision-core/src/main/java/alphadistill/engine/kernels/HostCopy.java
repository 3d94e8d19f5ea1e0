package alphadistill.engine.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The one way between a device's arrays and the host's, for everything above the kernels. On a GPU each call is one copy
 * that the host waits for, so a training step calls it for its figures alone: loss and gradient norm.
 *
 * <p>Values come in C order, whatever the order and the shape of the array.
 */
public final class HostCopy {
  private HostCopy() {}

  /** The first element, such as the only one of a sum. */
  public static double number(INDArray x) {
    return x.getDouble(0);
  }

  public static float[] floats(INDArray x) {
    return flat(x.castTo(DataType.FLOAT)).toFloatVector();
  }

  public static double[] doubles(INDArray x) {
    return flat(x.castTo(DataType.DOUBLE)).toDoubleVector();
  }

  /** @param x (N, C) */
  public static double[][] rows(INDArray x) {
    int columns = (int) x.size(1);
    double[] all = doubles(x);
    double[][] rows = new double[(int) x.size(0)][columns];
    for (int n = 0; n < rows.length; n++) {
      System.arraycopy(all, n * columns, rows[n], 0, columns);
    }
    return rows;
  }

  /**
   * Overwrites an array that owns its memory.
   *
   * @param values in C order, as many as the array has
   */
  public static void write(float[] values, INDArray into) {
    into.data().setData(values);
  }

  /** As {@link #write(float[], INDArray)}, rounded to the array's type. */
  public static void write(double[] values, INDArray into) {
    into.data().setData(values);
  }

  private static INDArray flat(INDArray x) {
    return x.reshape('c', new long[] {x.length()});
  }
}
