package alphadistill.teacher.regression;

import java.util.Arrays;
import java.util.List;

/** One fitted least-squares regression. Immutable; n observations, k coefficients. */
public final class Regression {
  private final Design design;
  private final double[] coefficients;
  private final double[] residuals;
  private final double[][] inverseGram;
  private final double residualSquares;
  private final double totalSquares;
  private final boolean centred;

  Regression(
      Design design,
      double[] coefficients,
      double[] residuals,
      double totalSquares,
      boolean centred,
      double[][] inverseGram) {
    this.design = design;
    this.coefficients = coefficients;
    this.residuals = residuals;
    this.inverseGram = inverseGram;
    this.totalSquares = totalSquares;
    this.centred = centred;
    double sum = 0;
    for (double residual : residuals) {
      sum += residual * residual;
    }
    this.residualSquares = sum;
  }

  /** Names of the coefficients, in order. */
  public List<String> names() {
    return design.names();
  }

  /** Coefficients (k), a copy, in the order of {@link #names()}. */
  public double[] coefficients() {
    return coefficients.clone();
  }

  /** @throws IllegalArgumentException if there is no such regressor */
  public double coefficient(String name) {
    int index = names().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no regressor '%s'; there are %s".formatted(name, names()));
    }
    return coefficients[index];
  }

  /** Residuals (n), a copy. */
  public double[] residuals() {
    return residuals.clone();
  }

  public int observations() {
    return residuals.length;
  }

  /** n - k. */
  public int degreesOfFreedom() {
    return residuals.length - coefficients.length;
  }

  /** Sum of squared residuals. */
  public double residualSquares() {
    return residualSquares;
  }

  /** Residual variance, sum of squares / (n - k); NaN when n = k. */
  public double residualVariance() {
    return degreesOfFreedom() == 0 ? Double.NaN : residualSquares / degreesOfFreedom();
  }

  /** 1 - residual / total squares; total squares about the mean if there is a constant, else about zero. */
  public double rSquared() {
    return 1 - residualSquares / totalSquares;
  }

  /** R2 corrected for degrees of freedom. */
  public double adjustedRSquared() {
    int total = residuals.length - (centred ? 1 : 0);
    return 1 - (1 - rSquared()) * total / degreesOfFreedom();
  }

  /** Standard errors of the coefficients (k) by a stated rule. */
  public double[] standardErrors(ErrorRule rule) {
    double[][] covariance = covariance(rule);
    double[] errors = new double[coefficients.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.sqrt(covariance[i][i]);
    }
    return errors;
  }

  /** Covariance of the coefficients (k, k) by a stated rule. */
  public double[][] covariance(ErrorRule rule) {
    return rule.covariance(this);
  }

  /**
   * Influence of each observation on the coefficients, {@code n (X'X)^-1 x_t e_t} (n, k): to first order, what the
   * observation adds to the coefficients, times n. Their mean is zero; their long-run covariance over n is the
   * {@link ErrorRule#hac} covariance, and joined with the influences of other fits on the same rows the joint one.
   */
  public double[][] influences() {
    double[][] influences = scores();
    double[] row = new double[coefficients.length];
    for (double[] score : influences) {
      for (int a = 0; a < row.length; a++) {
        row[a] = 0;
        for (int b = 0; b < row.length; b++) {
          row[a] += residuals.length * inverseGram[a][b] * score[b];
        }
      }
      System.arraycopy(row, 0, score, 0, row.length);
    }
    return influences;
  }

  /** Leverage of each observation, {@code x_t' (X'X)^-1 x_t} (n), in [0, 1]; they add up to k. */
  public double[] leverages() {
    double[] leverages = new double[residuals.length];
    for (int row = 0; row < leverages.length; row++) {
      for (int a = 0; a < coefficients.length; a++) {
        for (int b = 0; b < coefficients.length; b++) {
          leverages[row] += design.value(row, a) * inverseGram[a][b] * design.value(row, b);
        }
      }
    }
    return leverages;
  }

  /** Which columns are not constant; all, if none is. */
  boolean[] variableColumns() {
    boolean[] variable = new boolean[coefficients.length];
    boolean any = false;
    for (int column = 0; column < variable.length; column++) {
      variable[column] = !design.isConstant(column);
      any |= variable[column];
    }
    if (!any) {
      Arrays.fill(variable, true);
    }
    return variable;
  }

  /** {@code (X'X)^-1} (k, k), of the rows times the root of their weight where there are weights. */
  public double[][] inverseGram() {
    return inverseGram;
  }

  /** {@code x_t e_t} (n, k): what the sandwich is made of. They are not demeaned. */
  double[][] scores() {
    double[][] scores = new double[residuals.length][coefficients.length];
    for (int row = 0; row < scores.length; row++) {
      for (int column = 0; column < coefficients.length; column++) {
        scores[row][column] = design.value(row, column) * residuals[row];
      }
    }
    return scores;
  }
}
