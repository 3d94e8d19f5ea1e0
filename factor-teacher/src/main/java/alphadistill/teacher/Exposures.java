package alphadistill.teacher;

import alphadistill.teacher.regression.Regression;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.VasicekPrior;
import alphadistill.teacher.regression.Window;
import java.util.Arrays;
import java.util.List;

/** Where the exposures of a {@link LinearFactorModel} come from. */
public sealed interface Exposures {

  /** Exposures are given numbers of each asset, such as ranks of value or momentum at the close of the day. */
  record Characteristics() implements Exposures {}

  /**
   * Exposures are the slopes of an asset's excess returns on the factor returns of a window, shrunk towards the
   * cross-section. The rule is part of the model, so it can be applied to any window: a real one, a mix of two assets or
   * two regimes spliced together.
   *
   * @param factors names of the factors, in order
   * @param regression how slopes are estimated: the window the model itself used for the cross-section, the complete
   *     rows below which an asset's own slopes are not believed at all, weights, penalty and errors
   * @param priors one a factor
   */
  record RegressionBetas(
      List<String> factors, RollingRegression regression, List<VasicekPrior> priors)
      implements Exposures {

    /** Slopes by plain least squares. */
    public RegressionBetas(
        List<String> factors, Window window, int minimumObservations, List<VasicekPrior> priors) {
      this(factors, new RollingRegression(window, minimumObservations), priors);
    }

    public RegressionBetas {
      factors = List.copyOf(factors);
      priors = List.copyOf(priors);
      if (factors.size() != priors.size()) {
        throw new IllegalArgumentException(
            "%d factors %s but %d priors".formatted(factors.size(), factors, priors.size()));
      }
      if (regression.minimumObservations() < factors.size() + 2) {
        throw new IllegalArgumentException(
            "at least %d observations are needed for a constant, %d slopes and their errors, minimumObservations was %d"
                .formatted(factors.size() + 2, factors.size(), regression.minimumObservations()));
      }
    }

    /**
     * Shrunk slopes of one asset on the rows of a window; rows with a missing number are left out, and with fewer than
     * the minimum left the answer is the prior mean.
     *
     * @param excessReturns the asset's returns minus cash, decimals, one a row
     * @param factorReturns {@code [row][factor]}, of the same rows
     * @throws IllegalArgumentException if the factors of the window are collinear; the message names them
     */
    public double[] betas(double[] excessReturns, double[][] factorReturns) {
      if (excessReturns.length != factorReturns.length) {
        throw new IllegalArgumentException("%d excess returns and %d rows of factor returns"
            .formatted(excessReturns.length, factorReturns.length));
      }
      double[] y = new double[excessReturns.length];
      double[][] rows = new double[excessReturns.length][];
      int[] ages = new int[excessReturns.length];
      int complete = 0;
      for (int row = 0; row < y.length; row++) {
        requireFactors(factorReturns[row]);
        if (isComplete(excessReturns[row], factorReturns[row])) {
          y[complete] = excessReturns[row];
          ages[complete] = excessReturns.length - 1 - row;
          rows[complete++] = factorReturns[row];
        }
      }
      if (complete < regression.minimumObservations()) {
        return priors.stream().mapToDouble(VasicekPrior::mean).toArray();
      }
      Regression fit = regression
          .estimator()
          .fit(
              factors,
              Arrays.copyOf(rows, complete),
              Arrays.copyOf(y, complete),
              Arrays.copyOf(ages, complete));
      return shrink(
          fit.coefficients(), fit.standardErrors(regression.estimator().errors()));
    }

    /**
     * Slopes moved towards the prior by their errors.
     *
     * @param coefficients constant first, then a slope a factor
     * @param errors standard errors by the regression's rule, in the same order
     */
    public double[] shrink(double[] coefficients, double[] errors) {
      double[] betas = new double[factors.size()];
      for (int factor = 0; factor < betas.length; factor++) {
        betas[factor] = priors.get(factor).shrink(coefficients[factor + 1], errors[factor + 1]);
      }
      return betas;
    }

    private void requireFactors(double[] row) {
      if (row.length != factors.size()) {
        throw new IllegalArgumentException("a row of %d factor returns for the %d factors %s"
            .formatted(row.length, factors.size(), factors));
      }
    }

    private static boolean isComplete(double excessReturn, double[] factorReturns) {
      double sum = excessReturn; // one NaN makes the sum NaN
      for (double factorReturn : factorReturns) {
        sum += factorReturn;
      }
      return !Double.isNaN(sum);
    }
  }
}
