package alphadistill.teacher.covariance;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Linear shrinkage {@code (1 - d) S + d F} with the intensity of Ledoit and Wolf, one formula for all targets:
 * {@code d = kappa / T} cut to [0, 1],
 * {@code kappa = sum_ij (pi_ij - rho_ij) / sum_ij (f_ij - s_ij)^2}. Here pi_ij is the mean over rows of
 * {@code (x_i x_j - s_ij)^2}, the variance of s_ij, and rho_ij the covariance of f_ij with s_ij, both times T. x are
 * returns about their mean; all moments have divisor T.
 */
final class LedoitWolf {
  private LedoitWolf() {}

  /** Centred returns {@code [asset][row]} and their covariance S. */
  record Moments(double[][] x, Covariance sample) {
    double[][] s() {
      return sample.matrix();
    }

    int rows() {
      return sample.observations();
    }
  }

  /** An entry of a symmetric matrix. */
  @FunctionalInterface
  interface Entry {
    double at(int i, int j);
  }

  /**
   * @param value f_ij
   * @param covariance rho_ij
   */
  record Target(Entry value, Entry covariance) {}

  static Covariance shrink(ReturnSample sample, Function<Moments, Target> rule) {
    double[][] x = sample.centred();
    Moments moments = new Moments(x, maximumLikelihood(sample));
    Target target = rule.apply(moments);
    double[][] rows = IntStream.range(0, x.length)
        .parallel() // each row has its own sums, added in order: threads change no bit
        .mapToObj(i -> noiseAndDistance(moments, target, i))
        .toArray(double[][]::new);
    double noise = Arrays.stream(rows).mapToDouble(row -> row[0]).sum();
    double distance = Arrays.stream(rows).mapToDouble(row -> row[1]).sum();
    // at no distance S is the target, and any intensity gives the same matrix
    double shrinkage =
        distance > 0 ? Math.max(0, Math.min(1, noise / distance / sample.rows())) : 1;
    return blend(moments.sample(), shrinkage, target.value());
  }

  static Covariance maximumLikelihood(ReturnSample sample) {
    return new CovarianceEstimator.Sample(CovarianceEstimator.Divisor.ROWS).of(sample);
  }

  /** Row i of the two sums of kappa, off-diagonal pairs counted twice. */
  private static double[] noiseAndDistance(Moments moments, Target target, int i) {
    double noise = 0;
    double distance = 0;
    for (int j = 0; j <= i; j++) {
      double s = moments.s()[i][j];
      double gap = target.value().at(i, j) - s;
      double pi = meanOfProducts(moments, i, j, i, j);
      int times = i == j ? 1 : 2;
      noise += times * (pi - target.covariance().at(i, j));
      distance += times * gap * gap;
    }
    return new double[] {noise, distance};
  }

  /** Mean over rows of {@code (x_i x_j - s_ij) (x_k x_l - s_kl)}. */
  private static double meanOfProducts(Moments moments, int i, int j, int k, int l) {
    double[] xi = moments.x()[i];
    double[] xj = moments.x()[j];
    double[] xk = moments.x()[k];
    double[] xl = moments.x()[l];
    double sij = moments.s()[i][j];
    double skl = moments.s()[k][l];
    double sum = 0;
    for (int row = 0; row < xi.length; row++) {
      sum += (xi[row] * xj[row] - sij) * (xk[row] * xl[row] - skl);
    }
    return sum / xi.length;
  }

  /** The variance of the mean variance is of order 1 / N and left out, as in the paper: rho is zero. */
  static Target scaledIdentity(Moments moments) {
    double mean = IntStream.range(0, moments.s().length)
            .mapToDouble(i -> moments.s()[i][i])
            .sum()
        / moments.s().length;
    return new Target((i, j) -> i == j ? mean : 0, (i, j) -> 0);
  }

  static Target constantCorrelation(Moments moments) {
    double[][] s = moments.s();
    double[] deviation = moments.sample().deviations();
    double[][] correlations = moments.sample().correlation();
    double sum = 0;
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += correlations[i][j];
      }
    }
    double correlation = s.length == 1 ? 0 : 2 * sum / ((double) s.length * (s.length - 1));
    Entry value = (i, j) -> i == j ? s[i][i] : correlation * deviation[i] * deviation[j];
    // by the delta method: f_ij moves with s_ii and s_jj
    Entry covariance = (i, j) -> i == j
        ? meanOfProducts(moments, i, i, i, i)
        : correlation
            / 2
            * (deviation[j] / deviation[i] * meanOfProducts(moments, i, i, i, j)
                + deviation[i] / deviation[j] * meanOfProducts(moments, j, j, i, j));
    return new Target(value, covariance);
  }

  /** @param market return of the index in each row */
  static Target singleIndex(Moments moments, double[] market) {
    double[][] s = moments.s();
    double[] m = ReturnSample.centre(market);
    int rows = moments.rows();
    double variance = CrossProducts.dot(m, m) / rows;
    if (!(variance > 0)) {
      throw new IllegalArgumentException(
          "the market's return never changes, so there are no betas on it");
    }
    double[] beta = Arrays.stream(moments.x())
        .mapToDouble(x -> CrossProducts.dot(x, m) / rows / variance)
        .toArray();
    Entry value = (i, j) -> i == j ? s[i][i] : beta[i] * beta[j] * variance;
    // by the delta method: f_ij = s_im s_jm / s_mm moves with all three
    Entry covariance = (i, j) -> {
      if (i == j) {
        return meanOfProducts(moments, i, i, i, i);
      }
      double[] xi = moments.x()[i];
      double[] xj = moments.x()[j];
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += (beta[j] * xi[row] + beta[i] * xj[row] - beta[i] * beta[j] * m[row])
            * m[row]
            * xi[row]
            * xj[row];
      }
      return sum / rows - value.at(i, j) * s[i][j];
    };
    return new Target(value, covariance);
  }

  /** {@code (1 - d) S + d F}. */
  static Covariance blend(Covariance sample, double shrinkage, Entry target) {
    double[][] blend = new double[sample.matrix().length][sample.matrix().length];
    for (int i = 0; i < blend.length; i++) {
      for (int j = 0; j <= i; j++) {
        blend[i][j] = (1 - shrinkage) * sample.matrix()[i][j] + shrinkage * target.at(i, j);
        blend[j][i] = blend[i][j];
      }
    }
    return new Covariance(sample.assets(), blend, shrinkage, sample.observations());
  }
}
