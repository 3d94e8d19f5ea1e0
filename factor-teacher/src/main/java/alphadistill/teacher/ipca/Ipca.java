package alphadistill.teacher.ipca;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Instrumented principal components (Kelly, Pruitt and Su 2019): {@code y = z' (alpha + beta f) + e}, where the loadings
 * of an asset are linear in its characteristics z, known before the return y. Fitted by alternating least squares on
 * {@link ManagedPortfolios}, which minimises the sum of squares over all assets and periods.
 *
 * <p>Identification, restored after every sweep: {@code beta' beta = I}; the factors' second moments {@code sum f f'}
 * are diagonal with falling entries; factor means are positive (for a mean of zero, the largest loading); alpha and the
 * loadings of given factors are orthogonal to beta. A loading therefore depends on the units of the characteristics.
 *
 * <p>The start is the left singular vectors of the portfolios' mean products {@code Q / n}, unless a former fit is given.
 * A sweep is a regression of each period on the loadings, then of all on the factors. Sweeps start from an extrapolation
 * of the former ones (Anderson 1965) unless that raises the sum of squares; the fixed point is the same.
 *
 * <pre>{@code
 * IpcaFit fit = Ipca.factors(3).withIntercept().fit(portfolios);
 * double expected = fit.expectedReturn(z);           // alpha and mean factors
 * double share = fit.rSquared().predictive();
 * }</pre>
 *
 * @param factors number K of factors to be found, at most the number of characteristics
 * @param intercept whether characteristics may predict returns without the factors (alpha)
 * @param tolerance largest change of a loading and of a factor in the last sweep
 * @param maximumSweeps sweeps after which a fit that still changes is an error
 * @param weighting what each period counts
 */
public record Ipca(
    int factors, boolean intercept, double tolerance, int maximumSweeps, Weighting weighting) {
  private static final double[][] NONE = {};

  public Ipca {
    if (factors < 1) {
      throw new IllegalArgumentException("factors must be at least 1, was " + factors);
    }
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("tolerance must be positive, was " + tolerance);
    }
    if (maximumSweeps < 1) {
      throw new IllegalArgumentException("maximumSweeps must be at least 1, was " + maximumSweeps);
    }
  }

  /** No intercept, observations with equal weight, a change of at most 1e-8 within 10,000 sweeps. */
  public static Ipca factors(int count) {
    return new Ipca(count, false, 1e-8, 10_000, Weighting.OBSERVATIONS);
  }

  /** The same with an intercept alpha. */
  public Ipca withIntercept() {
    return new Ipca(factors, true, tolerance, maximumSweeps, weighting);
  }

  /** The same with another end of the iteration. */
  public Ipca until(double largestChange, int sweeps) {
    return new Ipca(factors, intercept, largestChange, sweeps, weighting);
  }

  /** The same with another weighting. */
  public Ipca weighting(Weighting other) {
    return new Ipca(factors, intercept, tolerance, maximumSweeps, other);
  }

  /**
   * Fits a sample.
   *
   * @throws IllegalArgumentException if characteristics are collinear, or there are too few of them, of assets or of
   *     periods; the message says which
   * @throws NotConvergedException if the loadings still change after {@link #maximumSweeps}
   */
  public IpcaFit fit(ManagedPortfolios portfolios) {
    return fit(portfolios, List.of(), NONE);
  }

  /**
   * Fits a sample beside factors that are given, such as the market; their loadings are linear in characteristics too.
   *
   * @param names of the given factors
   * @param given {@code [period][factor]}, returns of the same periods
   */
  public IpcaFit fit(ManagedPortfolios portfolios, List<String> names, double[][] given) {
    return fit(portfolios, names, given, null);
  }

  /** As {@link #fit(ManagedPortfolios)}, started from the loadings of an earlier fit of the same characteristics. */
  IpcaFit fitFrom(IpcaFit former, ManagedPortfolios portfolios) {
    return fit(portfolios, List.of(), NONE, former);
  }

  private IpcaFit fit(
      ManagedPortfolios portfolios, List<String> names, double[][] given, IpcaFit former) {
    requireSample(portfolios, names, given);
    int fixed = names.size() + (intercept ? 1 : 0);
    Sweeps sweeps = new Sweeps(portfolios, factors, fixed, weighting);
    for (int period = 0; period < portfolios.periods(); period++) {
      for (int g = 0; g < names.size(); g++) {
        sweeps.setGiven(period, g, given[period][g]);
      }
      if (intercept) {
        sweeps.setGiven(period, fixed - 1, 1);
      }
    }
    if (former == null) {
      startFromPrincipalComponents(sweeps, portfolios);
    } else {
      sweeps.start((l, k) -> former.beta(l, k), (l, g) -> former.alpha(l));
    }
    double change = Double.POSITIVE_INFINITY;
    int count = 0;
    while (change > tolerance && count < maximumSweeps) {
      change = sweeps.sweep();
      count++;
    }
    if (!(change <= tolerance)) {
      throw new NotConvergedException(
          "IPCA with %d factors still changes by %.2g after %d sweeps (tolerance %.2g): ask for fewer factors, allow more sweeps or a larger tolerance"
              .formatted(factors, change, count, tolerance));
    }
    return sweeps.finish(this, names, count, change);
  }

  private void startFromPrincipalComponents(Sweeps sweeps, ManagedPortfolios portfolios) {
    int width = portfolios.characteristics().size();
    double[][] moments = new double[width][width];
    for (int period = 0; period < portfolios.periods(); period++) {
      double[] q = portfolios.cross()[period];
      double scale = 1.0 / ((double) portfolios.rows(period) * portfolios.rows(period));
      for (int a = 0; a < width; a++) {
        for (int b = 0; b < width; b++) {
          moments[a][b] += scale * q[a] * q[b];
        }
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(moments, false));
    sweeps.start((l, k) -> eigen.getV().getEntry(l, k), (l, g) -> 0);
  }

  private void requireSample(ManagedPortfolios portfolios, List<String> names, double[][] given) {
    int width = portfolios.characteristics().size();
    if (factors > width) {
      throw new IllegalArgumentException(
          "%d factors cannot be told apart by the %d characteristics %s; ask for at most %d"
              .formatted(factors, width, portfolios.characteristics(), width));
    }
    int regressors = factors + names.size() + (intercept ? 1 : 0);
    if (portfolios.periods() < regressors) {
      throw new IllegalArgumentException("%d periods are too few for %d factors%s"
          .formatted(
              portfolios.periods(), regressors, intercept ? ", the intercept included" : ""));
    }
    if (!names.isEmpty() && given.length != portfolios.periods()) {
      throw new IllegalArgumentException("%d periods of given factors %s for %d of portfolios"
          .formatted(given.length, names, portfolios.periods()));
    }
    for (int period = 0; period < portfolios.periods(); period++) {
      if (portfolios.rows(period) < factors) {
        throw new IllegalArgumentException(
            "period %d has %d assets, %d factors need as many; leave the period out"
                .formatted(period, portfolios.rows(period), factors));
      }
      for (int g = 0; g < names.size(); g++) {
        if (!Double.isFinite(given[period][g])) {
          throw new IllegalArgumentException("the given factor '%s' is %s in period %d"
              .formatted(names.get(g), given[period][g], period));
        }
      }
    }
    int collinear = portfolios.collinear();
    if (collinear >= 0) {
      throw new IllegalArgumentException(
          "characteristic '%s' is zero or a linear combination of %s in all %d periods; leave it out"
              .formatted(
                  portfolios.characteristics().get(collinear),
                  portfolios.characteristics().subList(0, collinear),
                  portfolios.periods()));
    }
  }
}
