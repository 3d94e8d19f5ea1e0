package alphadistill.vision.inspect;

import alphadistill.engine.kernels.HostCopy;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * How alike class token and distillation token are. In the DeiT paper the learned tokens have a cosine of 0.06 and what
 * the last layer makes of them 0.93: they end near each other, but are not the same.
 */
public final class TokenCosine {
  private TokenCosine() {}

  /**
   * Mean cosine over the samples, for each layer.
   *
   * @param tokens of each layer (N, T, D) with the class token first and the distillation token second
   */
  public static double[] byLayer(List<INDArray> tokens) {
    return tokens.stream()
        .mapToDouble(layer ->
            Arrays.stream(between(token(layer, 0), token(layer, 1))).average().orElseThrow())
        .toArray();
  }

  /**
   * Cosine of each row of one array with the same row of another.
   *
   * @return (N), in [-1, 1]; NaN where a row is zero
   */
  public static double[] between(INDArray a, INDArray b) {
    double[][] rowsOfA = HostCopy.rows(a);
    double[][] rowsOfB = HostCopy.rows(b);
    double[] cosines = new double[rowsOfA.length];
    for (int n = 0; n < cosines.length; n++) {
      cosines[n] = cosine(rowsOfA[n], rowsOfB[n]);
    }
    return cosines;
  }

  static double cosine(double[] a, double[] b) {
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      squaresOfA += a[i] * a[i];
      squaresOfB += b[i] * b[i];
    }
    return product / Math.sqrt(squaresOfA * squaresOfB);
  }

  private static INDArray token(INDArray layer, int token) {
    return layer.get(NDArrayIndex.all(), NDArrayIndex.point(token), NDArrayIndex.all());
  }
}
