package alphadistill.teacher.ipca;

import alphadistill.teacher.regression.Cholesky;
import java.util.Arrays;
import java.util.List;

/**
 * Alternating least squares of one sample: the arrays that sweeps work on, and the two halves of a sweep. With
 * {@code h_t} the factors of a period, those to be found first and the given ones (a constant for alpha) behind them,
 * and {@code G} the loadings of all of them (L, K + M):
 *
 * <pre>{@code
 * f_t   = (B' W_t B)^-1 B' (Q_t - W_t A g_t)                    G = [B, A], h_t = [f_t; g_t]
 * vec G = [sum_t w_t W_t (x) h_t h_t']^-1 [sum_t w_t Q_t (x) h_t]
 * }</pre>
 *
 * <p>Both are sums of the same (T, pairs) matrix of cross products times a small one: {@code G' W_t G} is linear in
 * W_t, and so is the normal matrix of G. The matrix is kept both ways round, so that the inner loop always runs over
 * neighbours.
 */
final class Sweeps {
  /** A rise of the sum of squares by less is rounding. */
  private static final double ROUNDING = 1e-13;

  private final ManagedPortfolios sample;
  private final int periods;
  private final int characteristics;
  private final int free; // K
  private final int width; // K + M
  private final double[][] byPeriod; // [period][pair of characteristics]
  private final double[][] byPair; // the same, turned
  private final double[] weight; // [period]
  private final double[] loadings; // G: [characteristic * width + factor]
  private final double[][] factors; // h: [factor][period]
  private final double[][] factorGram; // G' W_t G: [pair of factors][period]
  private final double[] pairCoefficients; // of one pair of factors, by pair of characteristics
  private final double[] periodCoefficients; // of one pair of factors, by period
  private final double[] pairSums; // of one pair of factors, by pair of characteristics
  private final double[] normal; // packed normal matrix of G
  private final double[] right; // its right side, then G
  private final double[] small; // packed (K, K)
  private final double[] products; // G' Q_t of one period (K + M)
  private final double[] solution; // (K)
  private final double[] point; // loadings before the last sweep
  private final Acceleration acceleration;
  private double squaredError = Double.POSITIVE_INFINITY; // of the loadings before the last sweep
  private boolean swept;
  private final double[][] formerFactors;

  /** Gives a starting loading of a characteristic on a factor. */
  @FunctionalInterface
  interface Start {
    double loading(int characteristic, int factor);
  }

  Sweeps(ManagedPortfolios sample, int free, int given, Weighting weighting) {
    this.sample = sample;
    this.free = free;
    periods = sample.periods();
    characteristics = sample.characteristics().size();
    width = free + given;
    byPeriod = sample.gram();
    int pairs = Cholesky.size(characteristics);
    byPair = new double[pairs][periods];
    for (int period = 0; period < periods; period++) {
      for (int pair = 0; pair < pairs; pair++) {
        byPair[pair][period] = byPeriod[period][pair];
      }
    }
    weight = new double[periods];
    for (int period = 0; period < periods; period++) {
      weight[period] = weighting.of(sample.rows(period));
    }
    loadings = new double[characteristics * width];
    factors = new double[width][periods];
    factorGram = new double[Cholesky.size(width)][periods];
    pairCoefficients = new double[pairs];
    periodCoefficients = new double[periods];
    pairSums = new double[pairs];
    normal = new double[Cholesky.size(loadings.length)];
    right = new double[loadings.length];
    small = new double[Cholesky.size(free)];
    products = new double[width];
    solution = new double[free];
    point = new double[loadings.length];
    acceleration = new Acceleration(loadings.length);
    formerFactors = new double[free][periods];
  }

  /** Return of a factor that is given, counted from the first one that is. */
  void setGiven(int period, int given, double value) {
    factors[free + given][period] = value;
  }

  void start(Start found, Start given) {
    for (int l = 0; l < characteristics; l++) {
      for (int a = 0; a < width; a++) {
        loadings[l * width + a] = a < free ? found.loading(l, a) : given.loading(l, a - free);
      }
    }
  }

  /**
   * One sweep from an extrapolation of the former ones, or, where that would raise the sum of squares, from the last.
   * Afterwards loadings and factors are those of the plain sweep.
   *
   * @return the largest change of a loading by the sweep, or of a factor since the last; the first changed from zero
   */
  double sweep() {
    for (int k = 0; k < free; k++) {
      System.arraycopy(factors[k], 0, formerFactors[k], 0, periods);
    }
    double former = squaredError;
    if (swept) {
      System.arraycopy(loadings, 0, right, 0, right.length); // where a plain sweep would start
      acceleration.extrapolate(point, loadings);
    }
    squaredError = updateFactors();
    if (swept && squaredError > former * (1 + ROUNDING)) {
      System.arraycopy(right, 0, loadings, 0, right.length);
      acceleration.forget();
      squaredError = updateFactors();
    }
    System.arraycopy(loadings, 0, point, 0, loadings.length);
    updateLoadings();
    Identification.restore(loadings, factors, free);
    swept = true;
    double change = 0;
    for (int i = 0; i < loadings.length; i++) {
      change = Math.max(change, Math.abs(loadings[i] - point[i]));
    }
    for (int k = 0; k < free; k++) {
      for (int period = 0; period < periods; period++) {
        change = Math.max(change, Math.abs(factors[k][period] - formerFactors[k][period]));
      }
    }
    return change;
  }

  /** The factors that belong to the last loadings, and the result. */
  IpcaFit finish(Ipca choices, List<String> given, int sweeps, double change) {
    updateFactors();
    Identification.restore(loadings, factors, free);
    return new IpcaFit(choices, sample, given, loadings, factors, sweeps, change);
  }

  /** The factors that fit best to the loadings; returns the weighted sum of squared errors. */
  private double updateFactors() {
    for (int a = 0; a < width; a++) {
      for (int b = 0; b <= a; b++) {
        for (int l = 0; l < characteristics; l++) {
          for (int m = 0; m < l; m++) {
            pairCoefficients[Cholesky.row(l) + m] =
                loadings[l * width + a] * loadings[m * width + b]
                    + loadings[m * width + a] * loadings[l * width + b];
          }
          pairCoefficients[Cholesky.row(l) + l] = loadings[l * width + a] * loadings[l * width + b];
        }
        sumOfRows(pairCoefficients, byPair, factorGram[Cholesky.row(a) + b]);
      }
    }
    double errors = 0;
    for (int period = 0; period < periods; period++) {
      double[] q = sample.cross()[period];
      for (int a = 0; a < width; a++) {
        double sum = 0;
        for (int l = 0; l < characteristics; l++) {
          sum += loadings[l * width + a] * q[l];
        }
        products[a] = sum;
      }
      for (int k = 0; k < free; k++) {
        double sum = products[k];
        for (int g = free; g < width; g++) {
          sum -= factorGram[Cholesky.row(g) + k][period] * factors[g][period];
        }
        solution[k] = sum;
      }
      for (int pair = 0; pair < small.length; pair++) {
        small[pair] = factorGram[pair][period];
      }
      if (!(Cholesky.factor(small, free) > ManagedPortfolios.SMALLEST_PIVOT)) {
        throw new IllegalArgumentException(
            "the %d assets of period %d cannot tell %d factors apart: their characteristics are collinear; leave the period out"
                .formatted(sample.rows(period), period, free));
      }
      Cholesky.solveLower(small, solution, free);
      Cholesky.solveUpper(small, solution, free);
      for (int k = 0; k < free; k++) {
        factors[k][period] = solution[k];
      }
      errors += weight[period] * squaredError(period);
    }
    return errors;
  }

  /** {@code y'y - 2 h'G'Q + h'G'W G h} of one period. */
  private double squaredError(int period) {
    double explained = 0;
    for (int a = 0; a < width; a++) {
      double fitted = factorGram[Cholesky.row(a) + a][period] * factors[a][period];
      for (int b = 0; b < a; b++) {
        fitted += 2 * factorGram[Cholesky.row(a) + b][period] * factors[b][period];
      }
      explained += factors[a][period] * (2 * products[a] - fitted);
    }
    return sample.returns()[period].squares() - explained;
  }

  private void updateLoadings() {
    Arrays.fill(right, 0);
    for (int a = 0; a < width; a++) {
      for (int period = 0; period < periods; period++) {
        double factor = weight[period] * factors[a][period];
        double[] q = sample.cross()[period];
        for (int l = 0; l < characteristics; l++) {
          right[l * width + a] += factor * q[l];
        }
      }
      for (int b = 0; b <= a; b++) {
        for (int period = 0; period < periods; period++) {
          periodCoefficients[period] = weight[period] * factors[a][period] * factors[b][period];
        }
        sumOfRows(periodCoefficients, byPeriod, pairSums);
        place(a, b);
      }
    }
    if (!(Cholesky.factor(normal, right.length) > ManagedPortfolios.SMALLEST_PIVOT)) {
      throw new IllegalArgumentException(
          "the factors of %d periods are collinear: ask for fewer factors, or leave out a given factor that is constant beside the intercept"
              .formatted(periods));
    }
    Cholesky.solveLower(normal, right, right.length);
    Cholesky.solveUpper(normal, right, right.length);
    System.arraycopy(right, 0, loadings, 0, right.length);
  }

  /** Puts the sums of factors a and b into the lower triangle of the normal matrix, whose rows are (l, a). */
  private void place(int a, int b) {
    for (int l = 0; l < characteristics; l++) {
      int rowA = Cholesky.row(l * width + a);
      int rowB = Cholesky.row(l * width + b);
      for (int m = 0; m < l; m++) {
        double sum = pairSums[Cholesky.row(l) + m];
        normal[rowA + m * width + b] = sum;
        normal[rowB + m * width + a] = sum;
      }
      normal[rowA + l * width + b] = pairSums[Cholesky.row(l) + l];
    }
  }

  /** {@code target = sum_r coefficients[r] rows[r]}, four rows at a time. */
  private static void sumOfRows(double[] coefficients, double[][] rows, double[] target) {
    Arrays.fill(target, 0);
    int row = 0;
    for (; row + 3 < rows.length; row += 4) {
      addFour(
          coefficients[row],
          rows[row],
          coefficients[row + 1],
          rows[row + 1],
          coefficients[row + 2],
          rows[row + 2],
          coefficients[row + 3],
          rows[row + 3],
          target);
    }
    for (; row < rows.length; row++) {
      double c = coefficients[row];
      double[] values = rows[row];
      for (int i = 0; i < target.length; i++) {
        target[i] += c * values[i];
      }
    }
  }

  private static void addFour(
      double a,
      double[] x,
      double b,
      double[] y,
      double c,
      double[] z,
      double d,
      double[] v,
      double[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] += (a * x[i] + b * y[i]) + (c * z[i] + d * v[i]);
    }
  }
}
