package alphadistill.teacher.covariance;

import alphadistill.teacher.regression.NeweyWest;

/**
 * How a covariance matrix is estimated from T rows of N assets. Each variant states its mean and divisor, because both
 * change the number.
 *
 * <pre>{@code
 * Covariance covariance = new CovarianceEstimator.ConstantCorrelation().of(ReturnSample.of(assets, returns));
 * double[][] precision = covariance.inverse();
 * }</pre>
 */
public sealed interface CovarianceEstimator {
  /** @throws IllegalArgumentException if the rows cannot give this estimate; the message says why */
  Covariance of(ReturnSample sample);

  /** What a sum of squares about the mean is divided by. */
  enum Divisor {
    /** T: maximum likelihood. */
    ROWS,
    /** T - 1: unbiased. */
    ROWS_MINUS_ONE
  }

  /** What is subtracted before squaring. */
  enum Mean {
    /** The mean of the same rows, with the same weights. */
    REMOVED,
    /** Nothing: the mean of a short period is held to be noise. */
    ZERO
  }

  /** The sample covariance, about the mean. */
  record Sample(Divisor divisor) implements CovarianceEstimator {
    @Override
    public Covariance of(ReturnSample sample) {
      int rows = divisor == Divisor.ROWS ? sample.rows() : sample.rows() - 1;
      return plain(sample, CrossProducts.of(sample.centred(), rows));
    }
  }

  /**
   * Weights 0.5^(age / halflife), age 0 in the last row, scaled to sum to one; no other divisor.
   *
   * @param halflife rows after which a weight has halved, positive
   */
  record ExponentiallyWeighted(double halflife, Mean mean) implements CovarianceEstimator {
    public ExponentiallyWeighted {
      if (!(halflife > 0)) { // negated, so that NaN fails too
        throw new IllegalArgumentException("halflife must be positive, was " + halflife);
      }
    }

    @Override
    public Covariance of(ReturnSample sample) {
      double[] weights = new double[sample.rows()];
      double total = 0;
      for (int row = weights.length - 1; row >= 0; row--) {
        weights[row] = Math.pow(0.5, (weights.length - 1 - row) / halflife);
        total += weights[row];
      }
      double[][] scaled = new double[sample.assets().size()][weights.length];
      for (int asset = 0; asset < scaled.length; asset++) {
        double[] own = sample.series()[asset];
        double centre = mean == Mean.REMOVED ? CrossProducts.dot(weights, own) / total : 0;
        for (int row = 0; row < own.length; row++) {
          scaled[asset][row] = Math.sqrt(weights[row]) * (own[row] - centre);
        }
      }
      return plain(sample, CrossProducts.of(scaled, total));
    }
  }

  /**
   * Long-run covariance of one row's returns with Bartlett weights, divisor T: {@link NeweyWest#longRunCovariance}. Times
   * h it is the covariance of sums over h rows when returns are related over at most {@code lag} rows, as those of
   * thinly traded assets are.
   *
   * @param lag largest lag with a weight; 0 is the sample covariance with divisor T
   */
  record AutocorrelationCorrected(int lag) implements CovarianceEstimator {
    public AutocorrelationCorrected {
      if (lag < 0) {
        throw new IllegalArgumentException("lag must not be negative, was " + lag);
      }
    }

    @Override
    public Covariance of(ReturnSample sample) {
      if (lag >= sample.rows()) {
        throw new IllegalArgumentException(
            "a lag of %d needs more than %d rows".formatted(lag, sample.rows()));
      }
      double[][] rows = new double[sample.rows()][sample.assets().size()];
      for (int asset = 0; asset < rows[0].length; asset++) {
        for (int row = 0; row < rows.length; row++) {
          rows[row][asset] = sample.series()[asset][row];
        }
      }
      return plain(sample, NeweyWest.longRunCovariance(rows, lag));
    }
  }

  /**
   * Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices" (2004): towards the mean
   * variance times the identity. Divisor T.
   */
  record ScaledIdentity() implements CovarianceEstimator {
    @Override
    public Covariance of(ReturnSample sample) {
      return LedoitWolf.shrink(sample, LedoitWolf::scaledIdentity);
    }
  }

  /**
   * Ledoit and Wolf, "Honey, I shrunk the sample covariance matrix" (2004): towards the sample variances with one common
   * correlation, the mean of all pairs. Divisor T in all moments.
   */
  record ConstantCorrelation() implements CovarianceEstimator {
    @Override
    public Covariance of(ReturnSample sample) {
      return LedoitWolf.shrink(sample, LedoitWolf::constantCorrelation);
    }
  }

  /**
   * Ledoit and Wolf, "Improved estimation of the covariance matrix of stock returns" (2003): towards the covariance that
   * betas on the market imply, sample variances on the diagonal. Divisor T in all moments. The market is that of
   * {@link ReturnSample#withMarket}, else the equal-weighted mean of the assets.
   */
  record SingleIndex() implements CovarianceEstimator {
    @Override
    public Covariance of(ReturnSample sample) {
      return LedoitWolf.shrink(sample, moments -> LedoitWolf.singleIndex(moments, sample.market()));
    }
  }

  /**
   * Oracle approximating shrinkage of Chen, Wiesel, Eldar and Hero (2010) towards the mean variance times the identity.
   * Divisor T. The intensity is {@code (tr(S^2) + tr(S)^2) / ((T + 1) (tr(S^2) - tr(S)^2 / N))}, at most 1: the paper's
   * without its terms 2 / N, as scikit-learn has it.
   */
  record OracleApproximating() implements CovarianceEstimator {
    @Override
    public Covariance of(ReturnSample sample) {
      Covariance raw = LedoitWolf.maximumLikelihood(sample);
      double[][] matrix = raw.matrix();
      int n = matrix.length;
      double trace = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        trace += matrix[i][i];
        squares += CrossProducts.dot(matrix[i], matrix[i]);
      }
      double spread = (sample.rows() + 1.0) * (squares - trace * trace / n);
      double shrinkage = spread > 0 ? Math.min(1, (squares + trace * trace) / spread) : 1;
      double mean = trace / n;
      return LedoitWolf.blend(raw, shrinkage, (i, j) -> i == j ? mean : 0);
    }
  }

  /**
   * The sample covariance without what independent returns would show: {@link MarchenkoPastur} on the correlations, sample
   * variances kept, divisor T - 1.
   */
  record Denoised() implements CovarianceEstimator {
    @Override
    public Covariance of(ReturnSample sample) {
      Covariance raw = new Sample(Divisor.ROWS_MINUS_ONE).of(sample);
      double[][] matrix = MarchenkoPastur.denoise(raw.correlation(), sample.rows());
      double[] deviations = raw.deviations();
      for (int i = 0; i < matrix.length; i++) {
        for (int j = 0; j < matrix.length; j++) {
          matrix[i][j] *= deviations[i] * deviations[j];
        }
      }
      return plain(sample, matrix);
    }
  }

  private static Covariance plain(ReturnSample sample, double[][] matrix) {
    return new Covariance(sample.assets(), matrix, Double.NaN, sample.rows());
  }
}
