package alphadistill.student.teach;

import alphadistill.augment.window.TeacherInputs;
import alphadistill.data.feature.Returns;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.student.study.Study;
import alphadistill.student.study.TeacherSpec;
import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.statistical.StatisticalHistory;
import alphadistill.teacher.timeseries.ExcessReturns;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Betas on factor returns: those of a file, or those of factors found in the study's own returns. Betas are estimated on
 * the sample's own returns, so a mixed or spliced sample gets the betas of what the student sees; they are shrunk, so the
 * answer to a mix is not the mix of answers. Expected decimal returns become deviations by the mean label deviation of
 * the days whose labels the model's day knows.
 */
final class ReturnTeaching extends FactorTeaching {
  private final int days; // of a sample's history
  private final float[] returns; // (day, asset), decimal
  private final FactorReturns factors;
  private final int firstFactorDay;
  private final double[] deviation; // by day: mean label deviation of what is known then

  /** @param factors on the study's days that betas are estimated on, known at the close of their day */
  private ReturnTeaching(
      Study study, FactorHistory history, FactorReturns factors, double[] deviation) {
    super(study, history, firstKnown(deviation));
    this.days = study.spec().teacher().returnDays();
    this.returns = Returns.daily(study.prices());
    this.factors = factors;
    this.firstFactorDay = IntStream.range(0, study.dates().size())
        .filter(day -> Arrays.stream(factors.returns()[day]).noneMatch(Double::isNaN))
        .findFirst()
        .orElseThrow();
    this.deviation = deviation;
  }

  /** Fits the study's teacher on returns. */
  static ReturnTeaching fitted(Study study) {
    TeacherSpec spec = study.spec().teacher();
    int horizon = study.spec().label().horizon();
    if (spec.type() == TeacherSpec.Type.STATISTICAL) {
      StatisticalHistory found = spec.onReturns(horizon).fit(returns(study));
      return new ReturnTeaching(study, found, found.factorReturns(), knownDeviation(study));
    }
    FactorReturns given = study
        .factors()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "a time-series teacher needs factor returns: name factor files in data.factors, or use another teacher.type"));
    return new ReturnTeaching(
        study, spec.onFactors(horizon).fit(returns(study)), given, knownDeviation(study));
  }

  /** Returns minus cash where it is known, total returns otherwise. */
  private static ExcessReturns returns(Study study) {
    Panel daily = Panel.builder(study.prices().dates(), study.prices().assets())
        .field(
            new FieldSpec("return", "decimal return", "close / previous close - 1", 1),
            Returns.daily(study.prices()))
        .build();
    return study
        .factors()
        .map(given -> ExcessReturns.of(daily, "return", given))
        .orElseGet(() -> ExcessReturns.ofExcess(daily, "return"));
  }

  /** Labels may start after the models: features take longer to warm up than betas. */
  private static int firstKnown(double[] deviation) {
    return IntStream.range(0, deviation.length)
        .filter(day -> !Double.isNaN(deviation[day]))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "no label is known on any day, so expected returns have no unit; use more days or shorter features"));
  }

  private static double[] knownDeviation(Study study) {
    double[] known = new double[study.dates().size()];
    double sum = 0;
    int count = 0;
    for (int day = 0; day < known.length; day++) {
      int labelled = day - study.spec().label().knownAt(0); // the newest label that is known today
      if (labelled >= 0 && study.labelDeviation(labelled) > 0) {
        sum += study.labelDeviation(labelled);
        count++;
      }
      known[day] = count == 0 ? Double.NaN : sum / count;
    }
    return known;
  }

  @Override
  public TeacherInputs inputs(int[] day, int[] asset) {
    int k = factors.names().size();
    double[] own = new double[day.length * days];
    double[] factor = new double[own.length * k];
    for (int n = 0; n < day.length; n++) {
      for (int i = 0; i < days; i++) {
        int at = day[n] - days + 1 + i;
        int row = n * days + i;
        own[row] = at < 0 ? Double.NaN : assetReturn(at, asset[n]);
        for (int f = 0; f < k; f++) {
          factor[row * k + f] = at < 0 ? Double.NaN : factors.returns()[at][f];
        }
      }
    }
    return new TeacherInputs.ReturnHistory(days, k, own, factor);
  }

  @Override
  public double[] answers(TeacherInputs inputs, ModelOf model) {
    TeacherInputs.ReturnHistory history = (TeacherInputs.ReturnHistory) inputs;
    int k = history.factors();
    double[] answers = new double[history.samples()];
    for (int n = 0; n < answers.length; n++) {
      double[] own = Arrays.copyOfRange(history.asset(), n * days, (n + 1) * days);
      double[][] rows = new double[days][];
      for (int i = 0; i < days; i++) {
        int row = (n * days + i) * k;
        rows[i] = Arrays.copyOfRange(history.factor(), row, row + k);
      }
      LinearFactorModel answering = model.get(n);
      double expected = answering.expectedReturn(answering.betas(own, rows));
      answers[n] = expected / deviation[study().prices().dayIndex(answering.fittedThrough())];
    }
    return answers;
  }

  @Override
  public int firstHistoryDay() {
    return firstFactorDay;
  }

  @Override
  public double factorReturn(int day, int factor) {
    return factors.returns()[day][factor];
  }

  @Override
  public double assetReturn(int day, int asset) {
    return returns[day * study().assets() + asset] - factors.riskFree()[day];
  }
}
