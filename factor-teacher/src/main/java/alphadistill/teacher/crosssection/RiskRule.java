package alphadistill.teacher.crosssection;

import alphadistill.teacher.regression.NeweyWest;
import java.util.Arrays;
import java.util.List;

/**
 * How risk is estimated from daily factor returns and residuals.
 *
 * <p>Factors: deviations from the weighted mean times the root of their weight, then Newey-West with Bartlett weights;
 * the result is the long-run variance of a day and has no negative direction. Weights are {@code 0.5^(age / half-life)}
 * and add up to one; a day on which a factor has no return is left out.
 *
 * <p>Assets: weighted mean of squared residuals about zero, deviation s. It is shrunk to the mean m of all assets that
 * have one: {@code v m + (1 - v) s} with {@code v = q |s - m| / (d + q |s - m|)} and d the root mean square of
 * {@code s - m}, so that what lies far out moves most (the form of Barra's USE4 notes, over all assets and not by size).
 * An asset with too few residuals gets m.
 *
 * @param factorHalfLife days, positive
 * @param lag Newey-West lag of factor returns, at least 0
 * @param specificHalfLife days, positive
 * @param shrinkage q, at least 0; 0 does not shrink
 * @param minimumObservations days that covariances need, and residuals that an asset needs to have a risk of its own
 */
public record RiskRule(
    double factorHalfLife,
    int lag,
    double specificHalfLife,
    double shrinkage,
    int minimumObservations) {

  public RiskRule {
    if (!(factorHalfLife > 0 && specificHalfLife > 0)) {
      throw new IllegalArgumentException(
          "half-lives must be positive numbers of days, were %s and %s"
              .formatted(factorHalfLife, specificHalfLife));
    }
    if (lag < 0) {
      throw new IllegalArgumentException("lag must not be negative, was " + lag);
    }
    if (!(shrinkage >= 0 && shrinkage < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("shrinkage must not be negative, was " + shrinkage);
    }
    if (minimumObservations < 2) {
      throw new IllegalArgumentException(
          "minimumObservations must be at least 2, was " + minimumObservations);
    }
  }

  /** Half-lives of 90 days, two lags, a shrinkage of 0.1, 60 days. */
  public static RiskRule standard() {
    return new RiskRule(90, 2, 90, 0.1, 60);
  }

  /** Long-run covariance of a day (F, F) of factor returns {@code [day][factor]} in time order. */
  double[][] factorCovariance(List<String> factors, double[][] returns) {
    double[][] complete = Arrays.stream(returns)
        .filter(row -> Arrays.stream(row).noneMatch(Double::isNaN))
        .toArray(double[][]::new);
    if (complete.length < minimumObservations) {
      throw new IllegalArgumentException(
          "of %d days with factor returns %d have all %d of them, %d are needed%s"
              .formatted(
                  returns.length,
                  complete.length,
                  factors.size(),
                  minimumObservations,
                  emptiest(factors, returns)));
    }
    double[] weights = weights(returns, factorHalfLife);
    double[] mean = new double[factors.size()];
    for (int t = 0; t < complete.length; t++) {
      for (int f = 0; f < mean.length; f++) {
        mean[f] += weights[t] * complete[t][f];
      }
    }
    for (int t = 0; t < complete.length; t++) {
      complete[t] = complete[t].clone();
      for (int f = 0; f < mean.length; f++) {
        complete[t][f] = Math.sqrt(weights[t]) * (complete[t][f] - mean[f]);
      }
    }
    return NeweyWest.weightedCrossProducts(complete, lag);
  }

  /** Variance of each asset's residual of a day, from {@code [day][asset]} in time order, NaN = none. */
  double[] specificVariance(double[][] residuals) {
    int assets = residuals.length == 0 ? 0 : residuals[0].length;
    double[] deviation = new double[assets];
    double sum = 0;
    int known = 0;
    for (int asset = 0; asset < assets; asset++) {
      deviation[asset] = deviation(residuals, asset);
      if (!Double.isNaN(deviation[asset])) {
        sum += deviation[asset];
        known++;
      }
    }
    if (known == 0) {
      throw new IllegalArgumentException(
          "no asset has %d residuals in %d days".formatted(minimumObservations, residuals.length));
    }
    double mean = sum / known;
    double squares = 0;
    for (double s : deviation) {
      squares += Double.isNaN(s) ? 0 : (s - mean) * (s - mean);
    }
    double spread = Math.sqrt(squares / known);
    double[] variance = new double[assets];
    for (int asset = 0; asset < assets; asset++) {
      double s = Double.isNaN(deviation[asset]) ? mean : deviation[asset];
      double distance = shrinkage * Math.abs(s - mean);
      double share = distance == 0 ? 0 : distance / (spread + distance);
      double shrunk = share * mean + (1 - share) * s;
      variance[asset] = shrunk * shrunk;
    }
    return variance;
  }

  private double deviation(double[][] residuals, int asset) {
    double squares = 0;
    double weightSum = 0;
    int count = 0;
    for (int t = 0; t < residuals.length; t++) {
      double e = residuals[t][asset];
      if (!Double.isNaN(e)) {
        double weight = Math.pow(0.5, (residuals.length - 1 - t) / specificHalfLife);
        squares += weight * e * e;
        weightSum += weight;
        count++;
      }
    }
    return count < minimumObservations ? Double.NaN : Math.sqrt(squares / weightSum);
  }

  /** Weights of the complete rows, by their age among all rows; they add up to one. */
  private static double[] weights(double[][] rows, double halfLife) {
    double[] weights = new double[rows.length];
    int complete = 0;
    double sum = 0;
    for (int t = 0; t < rows.length; t++) {
      if (Arrays.stream(rows[t]).noneMatch(Double::isNaN)) {
        weights[complete] = Math.pow(0.5, (rows.length - 1 - t) / halfLife);
        sum += weights[complete++];
      }
    }
    for (int i = 0; i < complete; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static String emptiest(List<String> factors, double[][] returns) {
    int worst = -1;
    long most = 0;
    for (int f = 0; f < factors.size(); f++) {
      int factor = f;
      long missing =
          Arrays.stream(returns).filter(row -> Double.isNaN(row[factor])).count();
      if (missing > most) {
        most = missing;
        worst = f;
      }
    }
    return worst < 0
        ? ""
        : "; '%s' lacks %d: join it with another industry".formatted(factors.get(worst), most);
  }
}
