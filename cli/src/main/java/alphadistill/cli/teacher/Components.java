package alphadistill.cli.teacher;

import alphadistill.teacher.covariance.Covariance;
import alphadistill.teacher.covariance.CovarianceEstimator;
import alphadistill.teacher.covariance.ReturnSample;
import alphadistill.teacher.statistical.AsymptoticComponents;
import alphadistill.teacher.statistical.BaiNg;
import alphadistill.teacher.statistical.PrincipalComponents;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Covariances and statistical factors of returns, in words and figures. */
public final class Components {
  private Components() {}

  /** What components are taken of. */
  public enum Of {
    /** The covariance matrix: volatile assets count more. */
    COVARIANCE,
    /** The correlation matrix: every asset counts alike. */
    CORRELATION,
    /** Connor and Korajczyk's T x T matrix, returns not demeaned. */
    ASYMPTOTIC
  }

  /** The estimators by the words of the command line. */
  public enum Method {
    SAMPLE,
    EW,
    NEWEY_WEST,
    LEDOIT_WOLF_IDENTITY,
    LEDOIT_WOLF_CONSTANT_CORRELATION,
    LEDOIT_WOLF_SINGLE_INDEX,
    OAS,
    DENOISED;

    /**
     * @param halflife of {@link #EW}
     * @param zeroMean whether {@link #EW} subtracts no mean
     * @param lag of {@link #NEWEY_WEST}
     */
    public CovarianceEstimator estimator(double halflife, boolean zeroMean, int lag) {
      return switch (this) {
        case SAMPLE -> new CovarianceEstimator.Sample(CovarianceEstimator.Divisor.ROWS_MINUS_ONE);
        case EW ->
          new CovarianceEstimator.ExponentiallyWeighted(
              halflife,
              zeroMean ? CovarianceEstimator.Mean.ZERO : CovarianceEstimator.Mean.REMOVED);
        case NEWEY_WEST -> new CovarianceEstimator.AutocorrelationCorrected(lag);
        case LEDOIT_WOLF_IDENTITY -> new CovarianceEstimator.ScaledIdentity();
        case LEDOIT_WOLF_CONSTANT_CORRELATION -> new CovarianceEstimator.ConstantCorrelation();
        case LEDOIT_WOLF_SINGLE_INDEX -> new CovarianceEstimator.SingleIndex();
        case OAS -> new CovarianceEstimator.OracleApproximating();
        case DENOISED -> new CovarianceEstimator.Denoised();
      };
    }
  }

  /**
   * @param market name of the factor that is the market of the single index; null for the mean of the assets
   */
  public static Findings covariance(Returns returns, CovarianceEstimator estimator, String market) {
    ReturnSample sample =
        market == null ? returns.sample() : returns.sample().withMarket(factor(returns, market));
    return returns.estimate(() -> {
      Covariance covariance = estimator.of(sample);
      Findings found = new Findings();
      found.say("%s", returns.inWords());
      if (Double.isFinite(covariance.shrinkage())) {
        found.say("weight of the target %.6f", covariance.shrinkage());
      }
      found.say("condition number %.4g", covariance.conditionNumber());
      found.row("", "deviation", "mean corr.");
      double[] deviations = covariance.deviations();
      double[][] correlation = covariance.correlation();
      for (int i = 0; i < deviations.length; i++) {
        double others = Arrays.stream(correlation[i]).sum() - 1;
        found.row(
            returns.assets().get(i), deviations[i], others / Math.max(1, deviations.length - 1));
      }
      found.json().put("observations", covariance.observations());
      Findings.put(found.json(), "shrinkage", covariance.shrinkage());
      Findings.put(found.json(), "conditionNumber", covariance.conditionNumber());
      Findings.put(found.json(), "assets", returns.assets());
      Findings.put(found.json(), "covariance", covariance.matrix());
      return found;
    });
  }

  private static double[] factor(Returns returns, String name) {
    int index = returns.factors().indexOf(name);
    return Arrays.stream(returns.factorValues()).mapToDouble(row -> row[index]).toArray();
  }

  /**
   * @param factors how many
   * @param mostTried largest number of factors in the criteria of Bai and Ng; 0 for none
   */
  public static Findings components(Returns returns, Of of, int factors, int mostTried) {
    ReturnSample sample = returns.sample();
    return returns.estimate(() -> {
      Findings found = new Findings();
      found.say("%s", returns.inWords());
      if (of == Of.ASYMPTOTIC) {
        AsymptoticComponents components = AsymptoticComponents.of(sample, factors);
        write(
            found, returns, components.eigenvalues(), components.loadings(), components.factors());
      } else {
        PrincipalComponents components = of == Of.COVARIANCE
            ? PrincipalComponents.ofCovariance(sample, factors)
            : PrincipalComponents.ofCorrelation(sample, factors);
        write(
            found,
            returns,
            components.eigenvalues(),
            components.loadings(),
            components.scores(sample));
      }
      if (mostTried > 0) {
        BaiNg criteria = BaiNg.of(sample, mostTried);
        found.say(
            "Bai and Ng's criteria IC_p1, IC_p2, IC_p3 choose %s factors of 0 to %d",
            Arrays.toString(criteria.choices()), mostTried);
        ObjectNode node = found.json().putObject("baiNg");
        Findings.put(node, "residualVariances", criteria.residualVariances());
        Findings.put(node, "criteria", criteria.criteria());
        Findings.put(node, "choices", Arrays.stream(criteria.choices()).boxed().toList());
      }
      return found;
    });
  }

  private static void write(
      Findings found,
      Returns returns,
      double[] eigenvalues,
      double[][] loadings,
      double[][] scores) {
    int factors = loadings[0].length;
    double total = Arrays.stream(eigenvalues).sum();
    List<Object> heading = new ArrayList<>();
    List<Object> own = new ArrayList<>();
    List<Object> shares = new ArrayList<>();
    for (int k = 0; k < factors; k++) {
      heading.add("factor " + (k + 1));
      own.add(eigenvalues[k]);
      shares.add(eigenvalues[k] / total);
    }
    found.row("", heading.toArray());
    found.row("eigenvalue", own.toArray());
    found.row("share", shares.toArray());
    for (int i = 0; i < loadings.length; i++) {
      found.row(returns.assets().get(i), Arrays.stream(loadings[i]).boxed().toArray(Object[]::new));
    }
    Findings.put(found.json(), "eigenvalues", eigenvalues);
    Findings.put(
        found.json(),
        "shares",
        Arrays.stream(eigenvalues).map(value -> value / total).toArray());
    ObjectNode byAsset = found.json().putObject("loadings");
    for (int i = 0; i < loadings.length; i++) {
      Findings.put(byAsset, returns.assets().get(i), loadings[i]);
    }
    ObjectNode byPeriod = found.json().putObject("factors");
    IntStream.range(0, scores.length)
        .forEach(t -> Findings.put(byPeriod, returns.periods().get(t).toString(), scores[t]));
  }
}
