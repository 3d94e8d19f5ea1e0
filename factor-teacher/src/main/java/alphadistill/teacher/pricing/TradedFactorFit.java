package alphadistill.teacher.pricing;

import alphadistill.teacher.regression.Regression;
import java.util.Arrays;
import java.util.List;

/** A fitted {@link TradedFactorModel}: N assets, K factors, T dates. Immutable. */
public final class TradedFactorFit {
  private final TradedFactorModel model;
  private final PricingSample sample;
  private final List<Regression> regressions;

  TradedFactorFit(TradedFactorModel model, PricingSample sample, List<Regression> regressions) {
    this.model = model;
    this.sample = sample;
    this.regressions = regressions;
  }

  /** The regression of each asset on a constant and the factors. */
  public List<Regression> regressions() {
    return regressions;
  }

  /** Mean return that the factors leave unexplained, decimal a period, one an asset (N). */
  public double[] alphas() {
    return regressions.stream().mapToDouble(fit -> fit.coefficients()[0]).toArray();
  }

  /** Slopes on the factors (N, K). */
  public double[][] betas() {
    return regressions.stream()
        .map(fit -> Arrays.copyOfRange(fit.coefficients(), 1, 1 + factors()))
        .toArray(double[][]::new);
  }

  /** Errors of the alphas (N) by the model's rule. */
  public double[] alphaErrors() {
    return Arrays.stream(coefficientErrors()).mapToDouble(errors -> errors[0]).toArray();
  }

  /** Errors of alpha and betas of each asset (N, 1 + K) by the model's rule. */
  public double[][] coefficientErrors() {
    double[][] errors = new double[assets()][];
    for (int i = 0; i < errors.length; i++) {
      double[][] covariance =
          covarianceOf(InfluenceRows.scaled(regressions.get(i).influences(), coefficientScale()));
      errors[i] = new double[1 + factors()];
      for (int c = 0; c < errors[i].length; c++) {
        errors[i][c] = Math.sqrt(covariance[c][c]);
      }
    }
    return errors;
  }

  /** Mean return of each factor (K), decimal a period. */
  public double[] premia() {
    return sample.factors().means();
  }

  /** Errors of the premia (K) by the model's rule. */
  public double[] premiaErrors() {
    double[][] covariance = covarianceOf(premiaInfluences());
    double[] errors = new double[factors()];
    for (int f = 0; f < errors.length; f++) {
      errors[f] = Math.sqrt(covariance[f][f]);
    }
    return errors;
  }

  /**
   * Joint covariance of all numbers of the model: alpha and betas of asset 0, of asset 1 and so on, then the premia;
   * (N (K + 1) + K) squared. Takes a while and much memory for hundreds of assets.
   */
  public double[][] covariance() {
    double[][] all = premiaInfluences();
    for (int i = assets() - 1; i >= 0; i--) {
      all = InfluenceRows.joined(
          InfluenceRows.scaled(regressions.get(i).influences(), coefficientScale()), all);
    }
    return covarianceOf(all);
  }

  /**
   * Wald test that all alphas are zero, with their block of the joint covariance; chi-square with N degrees. Robust to
   * changing variances and, with a lag, to autocorrelation.
   */
  public JointTest robustTest() {
    double[][] ofAlphas = new double[periods()][assets()];
    for (int i = 0; i < assets(); i++) {
      double[][] influences = regressions.get(i).influences();
      for (int t = 0; t < ofAlphas.length; t++) {
        ofAlphas[t][i] = influences[t][0] * coefficientScale();
      }
    }
    return JointTest.chiSquare(
        Mahalanobis.squared(covarianceOf(ofAlphas), alphas(), "the alphas"), assets());
  }

  /**
   * Test of Gibbons, Ross and Shanken (1989) that all alphas are zero: exact for independent normal residuals,
   * {@code (T - N - K) / N . a'S^-1 a / (1 + m'O^-1 m)} with the covariances S of residuals and O of factors divided
   * by T; F with N and T - N - K degrees.
   */
  public JointTest grs() {
    int degrees = periods() - assets() - factors();
    return JointTest.f(degrees * iidDistance() / assets(), assets(), degrees);
  }

  /** The same distance as a Wald test, {@code T a'S^-1 a / (1 + m'O^-1 m)}: chi-square with N degrees in large samples. */
  public JointTest iidTest() {
    return JointTest.chiSquare(periods() * iidDistance(), assets());
  }

  /** Share of the assets' variance that the factors explain: squares summed over all assets, about each one's mean. */
  public double rSquared() {
    double residual = 0;
    double total = 0;
    for (int i = 0; i < assets(); i++) {
      residual += regressions.get(i).residualSquares();
      double deviation = ReturnTable.deviation(sample.assets().series(i));
      total += deviation * deviation * (periods() - 1);
    }
    return 1 - residual / total;
  }

  private double iidDistance() {
    double alphaSquare = Mahalanobis.squared(
        sample.residualCovariance(regressions), alphas(), "the test assets' residuals");
    double sharpeSquare = Mahalanobis.squared(sample.factorCovariance(), premia(), "the factors");
    return alphaSquare / (1 + sharpeSquare);
  }

  private double[][] premiaInfluences() {
    double scale = model.debiased() ? Math.sqrt(periods() / (periods() - 1.0)) : 1;
    double[] means = premia();
    double[][] rows = new double[periods()][factors()];
    for (int t = 0; t < rows.length; t++) {
      for (int f = 0; f < means.length; f++) {
        rows[t][f] = scale * (sample.factors().values()[t][f] - means[f]);
      }
    }
    return rows;
  }

  private double[][] covarianceOf(double[][] influences) {
    return InfluenceRows.covariance(influences, model.lag());
  }

  private double coefficientScale() {
    return model.debiased() ? Math.sqrt((double) periods() / (periods() - factors() - 1)) : 1;
  }

  private int assets() {
    return regressions.size();
  }

  private int factors() {
    return sample.factors().width();
  }

  private int periods() {
    return sample.periods();
  }
}
