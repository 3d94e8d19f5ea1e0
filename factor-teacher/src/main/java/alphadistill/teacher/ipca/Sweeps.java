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
  private final double[][] pairCoefficients; // [pair of factors][pair of characteristics]
  private final double[][] periodCoefficients; // [pair of factors][period]
  private final double[][] pairSums; // [pair of factors][pair of characteristics]
  private final double[] normal; // packed normal matrix of G
  private final double[] right; // its right side, then G
  private final double[][] crossByCharacteristic; // Q: [characteristic][period]
  private final double[][] products; // G' Q_t: [factor][period]
  private final double[][] small; // B' W_t B: [pair of found factors][period]
  private final double[] unexplained; // [period]: the squared error less y'y
  private final double[][] byFactor; // [factor][characteristic]: G, then its right side
  private final double[][] weighted; // [factor][period]: h times the weight of its period
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
    pairCoefficients = new double[factorGram.length][pairs];
    periodCoefficients = new double[factorGram.length][periods];
    pairSums = new double[factorGram.length][pairs];
    normal = new double[Cholesky.size(loadings.length)];
    right = new double[loadings.length];
    crossByCharacteristic = new double[characteristics][periods];
    for (int period = 0; period < periods; period++) {
      for (int l = 0; l < characteristics; l++) {
        crossByCharacteristic[l][period] = sample.cross()[period][l];
      }
    }
    products = new double[width][periods];
    small = new double[Cholesky.size(free)][periods];
    unexplained = new double[periods];
    byFactor = new double[width][characteristics];
    weighted = new double[width][periods];
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
      for (int l = 0; l < characteristics; l++) {
        byFactor[a][l] = loadings[l * width + a];
      }
      for (int b = 0; b <= a; b++) {
        writeProducts(byFactor[a], byFactor[b], pairCoefficients[Cholesky.row(a) + b]);
      }
    }
    sumsOfRows(pairCoefficients, byPair, factorGram);
    sumsOfRows(byFactor, crossByCharacteristic, products);
    for (int k = 0; k < free; k++) {
      System.arraycopy(products[k], 0, factors[k], 0, periods);
      for (int g = free; g < width; g++) {
        PeriodSystems.subtractProduct(factorGram[Cholesky.row(g) + k], factors[g], factors[k]);
      }
    }
    for (int pair = 0; pair < small.length; pair++) {
      System.arraycopy(factorGram[pair], 0, small[pair], 0, periods);
    }
    int singular = PeriodSystems.factor(small, free, ManagedPortfolios.SMALLEST_PIVOT);
    if (singular >= 0) {
      throw new IllegalArgumentException(
          "the %d assets of period %d cannot tell %d factors apart: their characteristics are collinear; leave the period out"
              .formatted(sample.rows(singular), singular, free));
    }
    PeriodSystems.solve(small, factors, free);
    return squaredErrors();
  }

  /** Weighted sum over periods of {@code y'y - 2 h'G'Q + h'G'W G h}. */
  private double squaredErrors() {
    Arrays.fill(unexplained, 0);
    PeriodSystems.addQuadraticForm(factorGram, factors, unexplained);
    for (int a = 0; a < width; a++) {
      PeriodSystems.subtractProduct(products[a], factors[a], unexplained);
      PeriodSystems.subtractProduct(products[a], factors[a], unexplained);
    }
    double errors = 0;
    for (int period = 0; period < periods; period++) {
      errors += weight[period] * (sample.returns()[period].squares() + unexplained[period]);
    }
    return errors;
  }

  private void updateLoadings() {
    for (int a = 0; a < width; a++) {
      for (int period = 0; period < periods; period++) {
        weighted[a][period] = weight[period] * factors[a][period];
      }
      for (int b = 0; b <= a; b++) {
        double[] target = periodCoefficients[Cholesky.row(a) + b];
        for (int period = 0; period < periods; period++) {
          target[period] = weighted[a][period] * factors[b][period];
        }
      }
    }
    sumsOfRows(periodCoefficients, byPeriod, pairSums);
    sumsOfRows(weighted, sample.cross(), byFactor);
    for (int a = 0; a < width; a++) {
      for (int l = 0; l < characteristics; l++) {
        right[l * width + a] = byFactor[a][l];
      }
      for (int b = 0; b <= a; b++) {
        place(a, b, pairSums[Cholesky.row(a) + b]);
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
  private void place(int a, int b, double[] sums) {
    for (int l = 0; l < characteristics; l++) {
      int rowA = Cholesky.row(l * width + a);
      int rowB = Cholesky.row(l * width + b);
      for (int m = 0; m < l; m++) {
        double sum = sums[Cholesky.row(l) + m];
        normal[rowA + m * width + b] = sum;
        normal[rowB + m * width + a] = sum;
      }
      normal[rowA + l * width + b] = sums[Cholesky.row(l) + l];
    }
  }

  /** {@code targets[p] = sum_r coefficients[p][r] rows[r]}; four rows serve all targets before the next are read. */
  private static void sumsOfRows(double[][] coefficients, double[][] rows, double[][] targets) {
    for (double[] target : targets) {
      Arrays.fill(target, 0);
    }
    int row = 0;
    for (; row + 3 < rows.length; row += 4) {
      for (int p = 0; p < targets.length; p++) {
        double[] c = coefficients[p];
        addFour(
            c[row],
            rows[row],
            c[row + 1],
            rows[row + 1],
            c[row + 2],
            rows[row + 2],
            c[row + 3],
            rows[row + 3],
            targets[p]);
      }
    }
    for (; row < rows.length; row++) {
      for (int p = 0; p < targets.length; p++) {
        double c = coefficients[p][row];
        double[] values = rows[row];
        double[] target = targets[p];
        for (int i = 0; i < target.length; i++) {
          target[i] += c * values[i];
        }
      }
    }
  }

  /** What each pair of characteristics counts in {@code x' W y}, W being symmetric. */
  private static void writeProducts(double[] x, double[] y, double[] target) {
    for (int l = 0; l < x.length; l++) {
      int row = Cholesky.row(l);
      for (int m = 0; m < l; m++) {
        target[row + m] = x[l] * y[m] + x[m] * y[l];
      }
      target[row + l] = x[l] * y[l];
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
