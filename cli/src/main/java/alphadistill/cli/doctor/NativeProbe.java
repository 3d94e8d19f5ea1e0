package alphadistill.cli.doctor;

import alphadistill.engine.device.Backend;
import alphadistill.engine.kernels.CpuKernels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Loads the native libraries in a process of its own and multiplies two matrices with them: a library that does not fit
 * the processor kills the process that loads it. Prints the product's largest error.
 */
final class NativeProbe {
  static final String ANSWER = "largest error ";

  private NativeProbe() {}

  public static void main(String[] args) {
    int n = 17;
    float[][] rows = new float[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = (i * 7 + j * 3) % 11 - 5;
      }
    }
    INDArray a = Nd4j.createFromArray(rows);
    INDArray product = a.mmul(a);
    double error = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double exact = 0;
        for (int k = 0; k < n; k++) {
          exact += rows[i][k] * rows[k][j];
        }
        error = Math.max(error, Math.abs(product.getDouble(i, j) - exact));
      }
    }
    if (Backend.onClassPath() == Backend.CPU) {
      new CpuKernels(1); // loads OpenBLAS where ND4J has not
    }
    System.out.println(ANSWER + error + " by " + Nd4j.getBackend().getClass().getSimpleName());
  }
}
