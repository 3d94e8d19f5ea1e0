package alphadistill.teacher.pricing;

import alphadistill.teacher.famamacbeth.MeanSlopes;
import alphadistill.teacher.regression.Regression;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * A fitted {@link TwoPassModel}: N assets, K factors, T dates and q premia (K, or K + 1 with a constant). Immutable.
 *
 * <p>Three errors of the premia, from least to most cautious in what they take for granted: {@link #famaMacBethErrors}
 * takes betas as known, {@link #shankenErrors} adds their sampling error for residuals of constant variance,
 * {@link #jointErrors} adds it for any.
 */
public final class TwoPassFit {
  private final TwoPassModel model;
  private final PricingSample sample;
  private final List<Regression> firstPass;
  private final SecondPass second;
  private final double[] premia;
  private final double[] pricingErrors;
  private final double[][] influences; // by date: on premia, then on pricing errors
  private final double[][] jointCovariance; // in the same order

  TwoPassFit(
      TwoPassModel model, PricingSample sample, List<Regression> firstPass, SecondPass second) {
    this.model = model;
    this.sample = sample;
    this.firstPass = firstPass;
    this.second = second;
    double[] means = sample.assets().means();
    this.premia = second.projection().operate(means);
    double[] fitted = second.exposures().operate(premia);
    this.pricingErrors = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      pricingErrors[i] = means[i] - fitted[i];
    }
    double scale = model.debiased()
        ? Math.sqrt((double) sample.periods() / (sample.periods() - factors() - 1))
        : 1;
    this.influences = InfluenceRows.scaled(influences(fitted), scale);
    this.jointCovariance = InfluenceRows.covariance(influences, model.lag());
  }

  /** Names of the premia (q): {@code constant} first if the model has one, then the factors. */
  public List<String> names() {
    return second.names();
  }

  /** Slopes of the first pass (N, K). */
  public double[][] betas() {
    return firstPass.stream()
        .map(fit -> Arrays.copyOfRange(fit.coefficients(), 1, 1 + factors()))
        .toArray(double[][]::new);
  }

  /** Premia (q), decimal a period per unit of beta. */
  public double[] premia() {
    return premia.clone();
  }

  /** Mean returns minus what betas and premia explain (N), decimal a period. */
  public double[] pricingErrors() {
    return pricingErrors.clone();
  }

  /**
   * Deviation (divisor T - 1) of the premia of each date over sqrt(T). Contains the factors' own variance, as betas are
   * those of the whole sample; too small by the sampling error of the betas.
   */
  public double[] famaMacBethErrors() {
    return MeanSlopes.of(new Array2DRowRealMatrix(sample.assets().values(), false)
            .multiply(second.projection().transpose())
            .getData())
        .standardErrors();
  }

  /**
   * Errors of Shanken (1992): {@code (A S A' (1 + c) + O) / T} with the projection A, residual covariance S and factor
   * covariance O divided by T; a constant has no part in O.
   */
  public double[] shankenErrors() {
    RealMatrix a = second.projection();
    RealMatrix ofResiduals = a.multiply(residualCovariance()).multiply(a.transpose());
    double[][] ofFactors = sample.factorCovariance();
    double[] errors = new double[premia.length];
    for (int c = 0; c < errors.length; c++) {
      double own = c < constants() ? 0 : ofFactors[c - constants()][c - constants()];
      double variance = ofResiduals.getEntry(c, c) * (1 + shankenCorrection()) + own;
      errors[c] = Math.sqrt(variance / sample.periods());
    }
    return errors;
  }

  /** Shanken's {@code c = l'O^-1 l} with the premia l of the factors: the share by which estimated betas add variance. */
  public double shankenCorrection() {
    return Mahalanobis.squared(sample.factorCovariance(), factorPremia(), "the factors");
  }

  /** Errors from the joint moments of betas, premia and pricing errors, robust by the model's lag. */
  public double[] jointErrors() {
    return roots(0, premia.length);
  }

  /** The same for the pricing errors (N). */
  public double[] pricingErrorErrors() {
    return roots(premia.length, pricingErrors.length);
  }

  /** Joint covariance of premia (q) and pricing errors (N), in that order, a copy. */
  public double[][] jointCovariance() {
    return Arrays.stream(jointCovariance).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Test that all pricing errors are zero, {@code a' ((1 + c) M S M' / T)^+ a} with {@code M = I - B A}; the
   * pseudo-inverse keeps the N - q largest directions, all that pricing errors can have. Chi-square with N - q degrees.
   */
  public JointTest shankenTest() {
    RealMatrix m = MatrixUtils.createRealIdentityMatrix(pricingErrors.length)
        .subtract(second.exposures().multiply(second.projection()));
    RealMatrix covariance = m.multiply(residualCovariance())
        .multiply(m.transpose())
        .scalarMultiply((1 + shankenCorrection()) / sample.periods());
    EigenDecomposition eigen =
        new EigenDecomposition(covariance.add(covariance.transpose()).scalarMultiply(0.5));
    RealVector errors = new ArrayRealVector(pricingErrors, false);
    double statistic = 0;
    for (int i = 0; i < degrees(); i++) { // eigenvalues fall
      double along = eigen.getEigenvector(i).dotProduct(errors);
      statistic += along * along / eigen.getRealEigenvalue(i);
    }
    return JointTest.chiSquare(statistic, degrees());
  }

  /**
   * The test with the inverse of the whole joint covariance of the pricing errors, as the package linearmodels reports
   * it: for comparison only. That covariance is nearly singular in K directions and the answer hangs on them. With a
   * constant it is exactly singular in one more: the weighted sum of pricing errors is zero whatever the data, so one
   * asset is redundant and left out here; a program that inverts all the same gets rounding in the third or fourth
   * digit.
   */
  public JointTest jointTest() {
    int count = pricingErrors.length - constants();
    double[][] ofErrors = Arrays.stream(influences)
        .map(row -> Arrays.copyOfRange(row, premia.length, premia.length + count))
        .toArray(double[][]::new);
    double[] errors = Arrays.copyOf(pricingErrors, count);
    return JointTest.chiSquare(InfluenceRows.distance(ofErrors, model.lag(), errors), degrees());
  }

  /** Share of the variance of mean returns across assets that betas explain, about their average; may be negative. */
  public double crossSectionalRSquared() {
    double[] means = sample.assets().means();
    double average = ReturnTable.mean(means);
    double left = Arrays.stream(pricingErrors).map(e -> e * e).sum();
    return 1
        - left / Arrays.stream(means).map(r -> (r - average) * (r - average)).sum();
  }

  /**
   * Influences of each date on premia and pricing errors (T, q + N). The premia l solve {@code B'W(r - B l) = 0}, so a
   * change of the betas of asset i by d moves them by {@code (B'WB)^-1 (W a)_i d - A_i (l . d)}, a being the pricing
   * errors; the pricing errors move by the change of {@code r - B l}.
   */
  private double[][] influences(double[] fitted) {
    double[][] all = new double[sample.periods()][premia.length + pricingErrors.length];
    double[][][] ofFirstPass =
        firstPass.stream().map(Regression::influences).toArray(double[][][]::new);
    double[] weightedErrors = second.weights().operate(pricingErrors);
    double[] ofFactors = factorPremia();
    double[] surprise = new double[pricingErrors.length];
    for (int t = 0; t < all.length; t++) {
      double[] throughBetas = new double[premia.length];
      for (int i = 0; i < surprise.length; i++) {
        surprise[i] = sample.assets().values()[t][i] - fitted[i];
        for (int f = 0; f < ofFactors.length; f++) {
          double change = ofFirstPass[i][t][1 + f];
          surprise[i] -= ofFactors[f] * change;
          throughBetas[constants() + f] += weightedErrors[i] * change;
        }
      }
      double[] direct = second.projection().operate(surprise);
      double[] indirect = second.inverseGram().operate(throughBetas);
      double[] ofPremia = new double[premia.length];
      for (int c = 0; c < ofPremia.length; c++) {
        ofPremia[c] = direct[c] + indirect[c];
      }
      double[] explained = second.exposures().operate(ofPremia);
      System.arraycopy(ofPremia, 0, all[t], 0, ofPremia.length);
      for (int i = 0; i < surprise.length; i++) {
        all[t][ofPremia.length + i] = surprise[i] - pricingErrors[i] - explained[i];
      }
    }
    return all;
  }

  private double[] roots(int from, int count) {
    double[] roots = new double[count];
    for (int i = 0; i < count; i++) {
      roots[i] = Math.sqrt(jointCovariance[from + i][from + i]);
    }
    return roots;
  }

  private double[] factorPremia() {
    return Arrays.copyOfRange(premia, constants(), premia.length);
  }

  private RealMatrix residualCovariance() {
    return new Array2DRowRealMatrix(sample.residualCovariance(firstPass), false);
  }

  private int constants() {
    return model.zeroBeta() ? 1 : 0;
  }

  private int factors() {
    return sample.factors().width();
  }

  private int degrees() {
    return pricingErrors.length - premia.length;
  }
}
