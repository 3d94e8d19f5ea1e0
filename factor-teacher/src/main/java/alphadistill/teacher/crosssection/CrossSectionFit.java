package alphadistill.teacher.crosssection;

import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.Regression;
import java.util.List;

/** Factor returns of one day, and the portfolios that would have earned them. Immutable. */
public final class CrossSectionFit {
  private final CrossSection section;
  private final double[][] restriction; // (factors, free)
  private final Design design; // columns of the free factors
  private final double[] weights;
  private final Regression regression;
  private final double[] factorReturns;
  private final double[] residuals;

  CrossSectionFit(
      CrossSection section,
      double[][] restriction,
      Design design,
      double[] weights,
      Regression regression,
      double[] returns) {
    this.section = section;
    this.restriction = restriction;
    this.design = design;
    this.weights = weights;
    this.regression = regression;
    double[] shares = section.industryShares();
    factorReturns = times(restriction, regression.coefficients());
    residuals = returns.clone();
    for (int asset = 0; asset < residuals.length; asset++) {
      for (int factor = 0; factor < factorReturns.length; factor++) {
        residuals[asset] -= section.exposure(asset, factor) * factorReturns[factor];
      }
    }
    for (int j = 0; j < shares.length; j++) {
      if (shares[j] == 0) {
        factorReturns[1 + j] = Double.NaN;
      }
    }
  }

  /** Names: country, industries, styles. */
  public List<String> factors() {
    return section.factors();
  }

  /** Return of each factor, a copy; NaN for an industry without assets. */
  public double[] factorReturns() {
    return factorReturns.clone();
  }

  /** What the factors leave of each return (n), a copy. */
  public double[] residuals() {
    return residuals.clone();
  }

  /** 1 - weighted squares of residuals over weighted squares of returns about their weighted mean. */
  public double rSquared() {
    return regression.rSquared();
  }

  /**
   * The pure portfolio of a factor (n): its return is the factor's. It has an exposure of one to its own style and of
   * none to other styles; that of the country is fully invested, the others are long and short.
   *
   * @throws IllegalArgumentException if there is no such factor
   */
  public double[] portfolio(String factor) {
    int index = factors().indexOf(factor);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no factor '%s'; there are %s".formatted(factor, factors()));
    }
    double[] free = times(regression.inverseGram(), restriction[index]); // symmetric
    double[] portfolio = new double[weights.length];
    for (int asset = 0; asset < portfolio.length; asset++) {
      for (int column = 0; column < free.length; column++) {
        portfolio[asset] += free[column] * design.value(asset, column);
      }
      portfolio[asset] *= weights[asset];
    }
    return portfolio;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    for (int row = 0; row < product.length; row++) {
      for (int column = 0; column < vector.length; column++) {
        product[row] += matrix[row][column] * vector[column];
      }
    }
    return product;
  }
}
