package alphadistill.student.study;

import alphadistill.teacher.FactorEstimator;
import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.covariance.CovarianceEstimator;
import alphadistill.teacher.crosssection.IndustryStyleTeacher;
import alphadistill.teacher.famamacbeth.FamaMacBeth;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.ipca.Ipca;
import alphadistill.teacher.ipca.IpcaTeacher;
import alphadistill.teacher.penalised.Centring;
import alphadistill.teacher.penalised.PenalisedTeacher;
import alphadistill.teacher.penalised.Penalty;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.Window;
import alphadistill.teacher.statistical.FactorExtraction;
import alphadistill.teacher.statistical.StatisticalFactors;
import alphadistill.teacher.timeseries.TimeSeriesBetas;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which linear factor model teaches. A value of null stands for the type's own; what a type does not use is refused.
 *
 * @param type estimator
 * @param characteristics features that a teacher on characteristics sees; empty for all features of the study
 * @param window trading days an estimate looks back; 0 for all days so far, and for a teacher on returns for 252
 * @param minimum observations before there is an estimate: days of a regression or of loadings, or periods of slopes
 * @param factors number of factors to be found; null for 3
 * @param extraction how statistical factors are found; null for the correlations' components
 * @param intercept whether characteristics may predict returns without the factors of IPCA; null for false
 * @param centring whether the days' levels take part in a penalised regression; null for those of each date taken off
 * @param l1Ratio share of absolute values in the penalty of an elastic net; null for 0.5
 * @param refit trading days from one fit to the next; null for 21
 * @param gate smallest t statistic of the teacher's own forecasts in every training span, as
 *     {@link alphadistill.student.teach.TeacherGate} measures it; 0 for no gate
 */
public record TeacherSpec(
    Type type,
    List<String> characteristics,
    int window,
    int minimum,
    Integer factors,
    Extraction extraction,
    Boolean intercept,
    Centring centring,
    Double l1Ratio,
    Integer refit,
    double gate) {
  private static final int FACTORS = 3;
  private static final double L1_RATIO = 0.5;
  private static final int REFIT = 21;

  /** A teacher's loadings and betas look back a year of trading days. */
  private static final int YEAR = 252;

  /** Estimators that can teach. */
  public enum Type {
    FAMA_MACBETH(Key.CHARACTERISTICS),
    BARRA(Key.CHARACTERISTICS),
    IPCA(Key.CHARACTERISTICS, Key.FACTORS, Key.INTERCEPT, Key.REFIT),
    RIDGE(Key.CHARACTERISTICS, Key.CENTRING, Key.REFIT),
    ELASTIC_NET(Key.CHARACTERISTICS, Key.CENTRING, Key.L1_RATIO, Key.REFIT),
    TIME_SERIES,
    STATISTICAL(Key.FACTORS, Key.EXTRACTION, Key.REFIT);

    private final Set<Key> keys;

    Type(Key... keys) {
      this.keys = Set.of(keys);
    }

    /** Whether it learns from characteristics and the targets that followed, and not from returns. */
    public boolean seesCharacteristics() {
      return keys.contains(Key.CHARACTERISTICS);
    }

    /** As in configurations. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Keys that not every type uses. */
  private enum Key {
    CHARACTERISTICS("characteristics"),
    FACTORS("factors"),
    EXTRACTION("extraction"),
    INTERCEPT("intercept"),
    CENTRING("centring"),
    L1_RATIO("l1Ratio"),
    REFIT("refit");

    final String word;

    Key(String word) {
      this.word = word;
    }
  }

  /** Where statistical factors are found. */
  public enum Extraction {
    /** Principal components of the correlations: volatile assets do not count for more. */
    CORRELATION,
    /** Principal components of the sample covariance. */
    COVARIANCE,
    /** Asymptotic principal components: as of the covariance, but about zero. */
    ASYMPTOTIC
  }

  public TeacherSpec {
    characteristics = List.copyOf(characteristics);
    if (window < 0 || minimum < 2 || (window > 0 && window < minimum)) {
      throw new IllegalArgumentException(
          "window must be 0 (all days so far) or at least the minimum, and the minimum at least 2, were %d and %d"
              .formatted(window, minimum));
    }
    requireUsed(type, Key.CHARACTERISTICS, !characteristics.isEmpty(), "[]");
    requireUsed(type, Key.FACTORS, factors != null, "null");
    requireUsed(type, Key.EXTRACTION, extraction != null, "null");
    requireUsed(type, Key.INTERCEPT, intercept != null, "null");
    requireUsed(type, Key.CENTRING, centring != null, "null");
    requireUsed(type, Key.L1_RATIO, l1Ratio != null, "null");
    requireUsed(type, Key.REFIT, refit != null, "null");
    requirePositive(Key.FACTORS, factors);
    requirePositive(Key.REFIT, refit);
    if (l1Ratio != null) {
      new Penalty.ElasticNet(l1Ratio); // refuses what is no share
    }
    if (!(gate >= 0)) {
      throw new IllegalArgumentException(
          "gate must be 0 (none) or the t statistic it asks for, was " + gate);
    }
    int found = factors == null ? FACTORS : factors;
    if (type == Type.STATISTICAL && minimum < found + 2) {
      throw new IllegalArgumentException(
          "a minimum of %d days is too short for loadings and betas of %d factors, a constant and errors: use at least %d"
              .formatted(minimum, found, found + 2));
    }
  }

  /** A type with all its own values. */
  public TeacherSpec(Type type, List<String> characteristics, int window, int minimum) {
    this(type, characteristics, window, minimum, null, null, null, null, null, null, 0);
  }

  /** The same on other features. */
  public TeacherSpec on(List<String> features) {
    return new TeacherSpec(
        type,
        features,
        window,
        minimum,
        factors,
        extraction,
        intercept,
        centring,
        l1Ratio,
        refit,
        gate);
  }

  /** The same with a gate, or with none. */
  public TeacherSpec gated(double leastT) {
    return new TeacherSpec(
        type,
        characteristics,
        window,
        minimum,
        factors,
        extraction,
        intercept,
        centring,
        l1Ratio,
        refit,
        leastT);
  }

  /**
   * The estimator on characteristics and targets.
   *
   * @param minimumAssets complete rows a day needs
   */
  public FactorEstimator<LabelledCharacteristics, ? extends FactorHistory> onCharacteristics(
      int minimumAssets) {
    return switch (type) {
      case FAMA_MACBETH -> meanSlopes(minimumAssets);
      case IPCA -> new IpcaTeacher(ipca(), minimumAssets, minimum, periods(), refitDays());
      case RIDGE -> penalised(new Penalty.Ridge(), minimumAssets);
      case ELASTIC_NET ->
        penalised(new Penalty.ElasticNet(l1Ratio == null ? L1_RATIO : l1Ratio), minimumAssets);
      case BARRA, TIME_SERIES, STATISTICAL ->
        throw new IllegalStateException(type + " needs more than characteristics");
    };
  }

  /**
   * Cross-sections weighted by capitalisation.
   *
   * @param minimumAssets complete rows a day needs
   */
  public IndustryStyleTeacher onStyles(int minimumAssets) {
    return new IndustryStyleTeacher(meanSlopes(minimumAssets));
  }

  /** Betas on given factor returns, and the second step of those on found factors. */
  public TimeSeriesBetas onFactors(int horizon) {
    return new TimeSeriesBetas(
        new RollingRegression(Window.last(returnDays()), minimum),
        Window.expanding(),
        TimeSeriesBetas.Shrinkage.VASICEK,
        horizon);
  }

  /** Factors found in the returns; loadings and betas look back equally far. */
  public StatisticalFactors onReturns(int horizon) {
    FactorExtraction found =
        switch (extraction == null ? Extraction.CORRELATION : extraction) {
          case CORRELATION -> new FactorExtraction.OfCorrelation();
          case COVARIANCE ->
            new FactorExtraction.OfCovariance(
                new CovarianceEstimator.Sample(CovarianceEstimator.Divisor.ROWS_MINUS_ONE));
          case ASYMPTOTIC -> new FactorExtraction.Asymptotic();
        };
    return new StatisticalFactors(
        factorCount(), found, Window.last(returnDays()), minimum, refitDays(), onFactors(horizon));
  }

  /** Days of returns that a beta rests on. */
  public int returnDays() {
    return window == 0 ? YEAR : window;
  }

  private Window periods() {
    return window == 0 ? Window.expanding() : Window.last(window);
  }

  private FamaMacBeth meanSlopes(int minimumAssets) {
    return new FamaMacBeth(minimumAssets, minimum, periods(), OptionalInt.empty());
  }

  private PenalisedTeacher penalised(Penalty penalty, int minimumAssets) {
    return new PenalisedTeacher(
        penalty,
        centring == null ? Centring.BY_DATE : centring,
        minimumAssets,
        minimum,
        periods(),
        refitDays());
  }

  private Ipca ipca() {
    Ipca plain = Ipca.factors(factorCount());
    return intercept != null && intercept ? plain.withIntercept() : plain;
  }

  private int factorCount() {
    return factors == null ? FACTORS : factors;
  }

  private int refitDays() {
    return refit == null ? REFIT : refit;
  }

  private static void requirePositive(Key key, Integer value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(
          "%s must be at least 1, was %d".formatted(key.word, value));
    }
  }

  private static void requireUsed(Type type, Key key, boolean given, String none) {
    if (given && !type.keys.contains(key)) {
      throw new IllegalArgumentException("%s is not used by %s, only by %s: leave it %s"
          .formatted(
              key.word,
              type.word(),
              Arrays.stream(Type.values())
                  .filter(other -> other.keys.contains(key))
                  .map(Type::word)
                  .collect(Collectors.joining(", ")),
              none));
    }
  }
}
