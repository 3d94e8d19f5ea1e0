package alphadistill.teacher.covariance;

import java.util.stream.IntStream;

/** Matrices of inner products, the stuff of covariances: {@code (a . b) / divisor} for each pair of vectors. */
public final class CrossProducts {
  private CrossProducts() {}

  /**
   * @param vectors of equal length, such as the centred returns of each asset
   * @return symmetric to the last bit, one row and column a vector; the same bits for any number of threads
   */
  public static double[][] of(double[][] vectors, double divisor) {
    double[][] products = new double[vectors.length][vectors.length];
    IntStream.range(0, vectors.length).parallel().forEach(i -> {
      for (int j = 0; j <= i; j++) {
        products[i][j] = dot(vectors[i], vectors[j]) / divisor;
      }
    });
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < i; j++) {
        products[j][i] = products[i][j];
      }
    }
    return products;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
