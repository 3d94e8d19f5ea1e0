package alphadistill.teacher.regression;

import java.util.List;

/** A fitted penalised regression: an intercept and a coefficient a feature. Immutable. */
public abstract sealed class PenalisedFit permits Ridge.Fit, ElasticNet.Fit {
  private final List<String> features;
  private final double intercept;
  private final double[] coefficients;
  private final long rows;

  PenalisedFit(CrossProducts products, double[] coefficients) {
    this.features = products.features();
    this.intercept = products.intercept(coefficients);
    this.coefficients = coefficients;
    this.rows = products.rows();
  }

  public List<String> features() {
    return features;
  }

  public double intercept() {
    return intercept;
  }

  /** Coefficients, a copy, in the order of {@link #features()}. */
  public double[] coefficients() {
    return coefficients.clone();
  }

  /** Rows the fit has seen. */
  public long rows() {
    return rows;
  }

  /** Intercept plus features times coefficients; NaN if a feature is missing. */
  public double predict(double[] x) {
    requireWidth(x.length);
    double sum = intercept;
    for (int i = 0; i < x.length; i++) {
      sum += coefficients[i] * x[i];
    }
    return sum;
  }

  /** As {@link #predict(double[])}, for float32 features. */
  public double predict(float[] x) {
    requireWidth(x.length);
    double sum = intercept;
    for (int i = 0; i < x.length; i++) {
      sum += coefficients[i] * x[i];
    }
    return sum;
  }

  private void requireWidth(int length) {
    if (length != coefficients.length) {
      throw new IllegalArgumentException(
          "a row of %d values for %d features %s".formatted(length, coefficients.length, features));
    }
  }
}
