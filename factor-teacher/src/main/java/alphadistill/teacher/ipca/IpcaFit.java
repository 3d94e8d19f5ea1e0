package alphadistill.teacher.ipca;

import alphadistill.teacher.regression.Cholesky;
import java.util.List;

/**
 * Loadings, factors and fit of one sample. Immutable. Signs and order are those {@link Ipca} states, or, where a fit was
 * aligned to an earlier one, its signs and order.
 */
public final class IpcaFit {
  private final Ipca choices;
  private final List<String> characteristics;
  private final List<String> given;
  private final double[] loadings; // [characteristic * width + factor]: found, given, alpha
  private final double[][] factors; // [factor][period]
  private final int sweeps;
  private final double lastChange;
  private final RSquared rSquared;

  /**
   * Shares of the returns that a fit explains.
   *
   * @param total {@code 1 - sum (y - z'(alpha + beta f_t))^2 / sum y^2}: with the factors of the period; about zero, as
   *     in the papers
   * @param predictive the same with the mean of each factor in place of its value: what characteristics alone foretell
   * @param totalCentred {@code total}, the denominator being about the mean of all returns, as the authors' package
   *     prints
   * @param predictiveCentred {@code predictive}, likewise
   */
  public record RSquared(
      double total, double predictive, double totalCentred, double predictiveCentred) {}

  IpcaFit(
      Ipca choices,
      ManagedPortfolios sample,
      List<String> given,
      double[] loadings,
      double[][] factors,
      int sweeps,
      double lastChange) {
    this.choices = choices;
    this.characteristics = sample.characteristics();
    this.given = List.copyOf(given);
    this.loadings = loadings;
    this.factors = factors;
    this.sweeps = sweeps;
    this.lastChange = lastChange;
    this.rSquared = rSquared(sample);
  }

  private IpcaFit(IpcaFit fit, double[] loadings, double[][] factors) {
    choices = fit.choices;
    characteristics = fit.characteristics;
    given = fit.given;
    this.loadings = loadings;
    this.factors = factors;
    sweeps = fit.sweeps;
    lastChange = fit.lastChange;
    rSquared = fit.rSquared;
  }

  /** The choices it was fitted with. */
  public Ipca choices() {
    return choices;
  }

  /** Names of the characteristics, in the order of the loadings' rows. */
  public List<String> characteristics() {
    return characteristics;
  }

  /** Loadings of the found factors (L, K), a copy: {@code Gamma_beta}. */
  public double[][] beta() {
    return columns(0, choices.factors());
  }

  /** What characteristics predict without factors (L), a copy: {@code Gamma_alpha}; zeros without an intercept. */
  public double[] alpha() {
    double[] alpha = new double[characteristics.size()];
    for (int l = 0; l < alpha.length; l++) {
      alpha[l] = alpha(l);
    }
    return alpha;
  }

  /** Loadings of the given factors (L, M), a copy. */
  public double[][] givenBeta() {
    return columns(choices.factors(), choices.factors() + given.size());
  }

  /** The found factors (T, K), a copy. */
  public double[][] factors() {
    double[][] copy = new double[periods()][choices.factors()];
    for (int period = 0; period < copy.length; period++) {
      for (int k = 0; k < choices.factors(); k++) {
        copy[period][k] = factors[k][period];
      }
    }
    return copy;
  }

  /** Mean of each found factor over the periods (K). */
  public double[] factorMeans() {
    double[] means = new double[choices.factors()];
    for (int k = 0; k < means.length; k++) {
      means[k] = mean(factors[k]);
    }
    return means;
  }

  /** Expected return of a unit of each characteristic (L): alpha and loadings times mean factors. */
  public double[] premia() {
    double[] mean = meanOfAll();
    double[] premia = new double[characteristics.size()];
    for (int l = 0; l < premia.length; l++) {
      premia[l] = response(l, mean);
    }
    return premia;
  }

  /** {@code z' premia}. */
  public double expectedReturn(double[] z) {
    double[] premia = premia();
    if (z.length != premia.length) {
      throw new IllegalArgumentException("%d values for the %d characteristics %s"
          .formatted(z.length, premia.length, characteristics));
    }
    double sum = 0;
    for (int l = 0; l < premia.length; l++) {
      sum += z[l] * premia[l];
    }
    return sum;
  }

  /** Number of periods T. */
  public int periods() {
    return factors[0].length;
  }

  /** Sweeps until the fit stood still. */
  public int sweeps() {
    return sweeps;
  }

  /** Largest change in the last sweep; at most the tolerance. */
  public double lastChange() {
    return lastChange;
  }

  public RSquared rSquared() {
    return rSquared;
  }

  /** Response of a unit of each characteristic in each period (T, L): {@code alpha + beta f_t}. */
  double[][] responses() {
    double[][] responses = new double[periods()][characteristics.size()];
    double[] h = new double[factors.length];
    for (int period = 0; period < responses.length; period++) {
      for (int a = 0; a < h.length; a++) {
        h[a] = factors[a][period];
      }
      for (int l = 0; l < characteristics.size(); l++) {
        responses[period][l] = response(l, h);
      }
    }
    return responses;
  }

  double beta(int characteristic, int factor) {
    return loadings[characteristic * factors.length + factor];
  }

  double alpha(int characteristic) {
    return choices.intercept() ? loadings[characteristic * factors.length + factors.length - 1] : 0;
  }

  /** The same fit with each factor in the place and sign of the earlier factor it resembles most. */
  IpcaFit alignedTo(IpcaFit former) {
    int free = choices.factors();
    double[] alignedLoadings = loadings.clone();
    double[][] alignedFactors = factors.clone();
    boolean[] taken = new boolean[free];
    for (int place = 0; place < free; place++) {
      int best = -1;
      double overlap = 0;
      for (int k = 0; k < free; k++) {
        double product = taken[k] ? 0 : overlap(former, place, k);
        if (!taken[k] && (best < 0 || Math.abs(product) > Math.abs(overlap))) {
          best = k;
          overlap = product;
        }
      }
      taken[best] = true;
      double sign = overlap < 0 ? -1 : 1;
      for (int at = 0; at < loadings.length; at += factors.length) {
        alignedLoadings[at + place] = sign * loadings[at + best];
      }
      alignedFactors[place] = factors[best].clone();
      for (int period = 0; period < alignedFactors[place].length; period++) {
        alignedFactors[place][period] *= sign;
      }
    }
    return new IpcaFit(this, alignedLoadings, alignedFactors);
  }

  private double overlap(IpcaFit former, int formerFactor, int factor) {
    double sum = 0;
    for (int l = 0; l < characteristics.size(); l++) {
      sum += former.beta(l, formerFactor) * beta(l, factor);
    }
    return sum;
  }

  private double[][] columns(int from, int to) {
    double[][] columns = new double[characteristics.size()][to - from];
    for (int l = 0; l < columns.length; l++) {
      for (int a = from; a < to; a++) {
        columns[l][a - from] = loadings[l * factors.length + a];
      }
    }
    return columns;
  }

  private double[] meanOfAll() {
    double[] means = new double[factors.length];
    for (int a = 0; a < means.length; a++) {
      means[a] = mean(factors[a]);
    }
    return means;
  }

  private double response(int characteristic, double[] h) {
    double sum = 0;
    for (int a = 0; a < h.length; a++) {
      sum += loadings[characteristic * h.length + a] * h[a];
    }
    return sum;
  }

  /** From the portfolios alone: the squared error of a period is {@code y'y - 2 c'Q + c'W c} with c the responses. */
  private RSquared rSquared(ManagedPortfolios sample) {
    double[][] responses = responses();
    double[] premia = premia();
    double rows = 0;
    double sum = 0;
    double squares = 0;
    double total = 0;
    double predictive = 0;
    for (int period = 0; period < responses.length; period++) {
      ManagedPortfolios.Returns returns = sample.returns()[period];
      rows += returns.count();
      sum += returns.sum();
      squares += returns.squares();
      total += squaredError(sample, period, responses[period]);
      predictive += squaredError(sample, period, premia);
    }
    double centred = squares - sum * sum / rows;
    return new RSquared(
        1 - total / squares,
        1 - predictive / squares,
        1 - total / centred,
        1 - predictive / centred);
  }

  private static double squaredError(ManagedPortfolios sample, int period, double[] responses) {
    double[] gram = sample.gram()[period];
    double[] cross = sample.cross()[period];
    double explained = 0;
    for (int l = 0; l < responses.length; l++) {
      double fitted = gram[Cholesky.row(l) + l] * responses[l];
      for (int m = 0; m < l; m++) {
        fitted += 2 * gram[Cholesky.row(l) + m] * responses[m];
      }
      explained += responses[l] * (2 * cross[l] - fitted);
    }
    return Math.max(
        0, sample.returns()[period].squares() - explained); // rounding when all is explained
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
