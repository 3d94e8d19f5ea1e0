package alphadistill.teacher.ipca;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A panel whose loadings are linear in characteristics: {@code y = z'(alpha + beta f) + noise}. */
final class SimulatedIpca {
  final double[][][] z; // [period][characteristic][asset]
  final double[][] y; // [period][asset]
  final double[][] beta; // orthonormal
  final double[] alpha; // orthogonal to beta
  final double[][] factors;

  SimulatedIpca(
      int periods,
      int assets,
      int characteristics,
      int k,
      double alphaSize,
      double noise,
      long seed) {
    Random random = new Random(seed);
    double[][] basis = orthonormal(random, characteristics, k + 1);
    beta = new double[characteristics][k];
    alpha = new double[characteristics];
    for (int l = 0; l < characteristics; l++) {
      System.arraycopy(basis[l], 0, beta[l], 0, k);
      alpha[l] = alphaSize * basis[l][k];
    }
    factors = new double[periods][k];
    z = new double[periods][characteristics][];
    y = new double[periods][];
    for (int t = 0; t < periods; t++) {
      for (int f = 0; f < k; f++) {
        factors[t][f] = (0.004 + 0.04 * random.nextGaussian()) / (f + 1);
      }
      int here = assets - random.nextInt(1 + assets / 10); // an unbalanced panel
      y[t] = new double[here];
      for (int l = 0; l < characteristics; l++) {
        z[t][l] = random.doubles(here, -0.5, 0.5).toArray();
      }
      for (int i = 0; i < here; i++) {
        y[t][i] = noise * random.nextGaussian();
        for (int l = 0; l < characteristics; l++) {
          double response = alpha[l];
          for (int f = 0; f < k; f++) {
            response += beta[l][f] * factors[t][f];
          }
          y[t][i] += z[t][l][i] * response;
        }
      }
    }
  }

  ManagedPortfolios portfolios() {
    List<String> names = IntStream.range(0, z[0].length).mapToObj(l -> "z" + l).toList();
    ManagedPortfolios.Builder builder = ManagedPortfolios.builder(names, z.length);
    IntStream.range(0, z.length).parallel().forEach(t -> builder.set(t, z[t], y[t]));
    return builder.build();
  }

  private static double[][] orthonormal(Random random, int rows, int columns) {
    double[][] basis = new double[rows][Math.min(rows, columns)];
    for (int c = 0; c < basis[0].length; c++) {
      for (double[] row : basis) {
        row[c] = random.nextGaussian();
      }
      for (int before = 0; before <= c; before++) {
        double product = 0;
        for (double[] row : basis) {
          product += row[c] * row[before];
        }
        for (double[] row : basis) {
          row[c] = before < c ? row[c] - product * row[before] : row[c] / Math.sqrt(product);
        }
      }
    }
    double[][] padded = new double[rows][columns]; // no room for alpha when k = L
    for (int l = 0; l < rows; l++) {
      System.arraycopy(basis[l], 0, padded[l], 0, basis[l].length);
    }
    return padded;
  }
}
