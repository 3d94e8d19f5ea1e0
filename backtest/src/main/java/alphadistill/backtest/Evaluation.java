package alphadistill.backtest;

import alphadistill.backtest.attribution.FactorRegression;
import alphadistill.backtest.attribution.RollingExposures;
import alphadistill.backtest.signal.ForwardReturns;
import alphadistill.backtest.signal.IcSummary;
import alphadistill.backtest.signal.InformationCoefficients;
import alphadistill.backtest.signal.SignalSheet;
import alphadistill.backtest.simulate.BacktestResult;
import alphadistill.backtest.simulate.CostSweep;
import alphadistill.backtest.simulate.LagSensitivity;
import alphadistill.backtest.weight.Targets;
import alphadistill.backtest.weight.WeightRule;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Everything that is known about one model's scores: the front door of this module. The figures are those of the
 * ensemble over seeds (mean of the seeds' ranks inside each date); each seed's own results stand beside.
 *
 * <pre>{@code
 * EvaluationSpec spec = EvaluationSpec.daily(5, new WeightRule.QuantileLongShort(0.2, 1), costs);
 * Evaluation evaluation = Evaluation.of(ModelScores.of("ridge", scores), prices, spec, EvaluationContext.NONE);
 * }</pre>
 *
 * @param model name
 * @param spec how it was evaluated
 * @param coverage what of the scores could be used
 * @param signal scores against later returns, days from the first to the last score
 * @param portfolio the traded portfolio
 * @param benchmark all scored names equally, same execution and costs, same days
 * @param costSweep the portfolio at other costs
 * @param lags the portfolio filled at other lags
 * @param breakdowns by year, by regime, by group of assets
 * @param attribution to the factors of the context; empty without factors or without positions
 * @param seeds each seed on its own
 * @param warnings what a suspicious reader should look at first
 */
public record Evaluation(
    String model,
    EvaluationSpec spec,
    Coverage coverage,
    SignalSheet signal,
    Portfolio portfolio,
    Portfolio benchmark,
    CostSweep costSweep,
    LagSensitivity lags,
    List<Breakdown> breakdowns,
    Optional<Attribution> attribution,
    List<SeedResult> seeds,
    List<String> warnings) {

  /** A daily rank IC above this is rarely honest: published models reach 0.03 to 0.05. */
  private static final double SUSPICIOUS_IC = 0.1;

  private static final int ROLLING_STEP = 5;

  /** Fewer days than this say nothing about loadings. */
  private static final int LEAST_REGRESSION_DAYS = 60;

  public Evaluation {
    breakdowns = List.copyOf(breakdowns);
    seeds = List.copyOf(seeds);
    warnings = List.copyOf(warnings);
  }

  /**
   * Evaluates a model.
   *
   * @param prices fields {@code close}, and {@code open} and {@code volume} where execution or costs need them; must
   *     reach past the last score for its return to be seen
   * @throws IllegalArgumentException if scores and prices share no name or no day
   */
  public static Evaluation of(
      ModelScores model, Panel prices, EvaluationSpec spec, EvaluationContext context) {
    Aligned aligned = Aligned.of(model, prices, spec);
    double[][] ensemble = aligned.ensemble();
    double[] riskFree = riskFree(context, aligned.market().dates());

    SignalSheet signal = signal(aligned, ensemble, spec);
    Targets targets = Targets.of(ensemble, spec.rule(), spec.rebalanceEvery());
    BacktestResult result = spec.backtest().runLean(targets, aligned.market());
    Portfolio portfolio = portfolio(spec.rule(), result, aligned, riskFree, spec);
    return new Evaluation(
        model.model(),
        spec,
        aligned.coverage(),
        signal,
        portfolio,
        portfolio(new WeightRule.EqualWeight(), ensemble, aligned, riskFree, spec),
        CostSweep.of(result, CostSweep.usualRates(), spec.annualisation()),
        LagSensitivity.of(spec.backtest(), targets, aligned.market(), spec.mostLag()),
        breakdowns(signal, portfolio, aligned, ensemble, spec, context),
        context.factors().flatMap(factors -> attribution(portfolio, factors, spec)),
        seeds(model, signal, portfolio, aligned, riskFree, spec),
        warnings(signal, aligned.coverage()));
  }

  /**
   * The target weights the evaluation trades, as they were decided at the close of each day: what a live user would
   * have been told. They depend on scores up to the day alone.
   */
  public static DatedTargets targets(ModelScores model, Panel prices, EvaluationSpec spec) {
    Aligned aligned = Aligned.of(model, prices, spec);
    return new DatedTargets(
        aligned.market().dates(),
        aligned.market().assets(),
        Targets.of(aligned.ensemble(), spec.rule(), spec.rebalanceEvery()));
  }

  /** Hash of what the model said: equal hashes of two models are a mistake somewhere. */
  public List<String> predictionHashes() {
    return seeds.stream().map(SeedResult::predictionHash).toList();
  }

  private static SignalSheet signal(Aligned aligned, double[][] scores, EvaluationSpec spec) {
    return SignalSheet.of(
        aligned.market().dates(), scores, aligned.fillPrices(spec), spec.signal());
  }

  private static Portfolio portfolio(
      WeightRule rule, double[][] scores, Aligned aligned, double[] riskFree, EvaluationSpec spec) {
    Targets targets = Targets.of(scores, rule, spec.rebalanceEvery());
    return portfolio(
        rule, spec.backtest().runLean(targets, aligned.market()), aligned, riskFree, spec);
  }

  /** From the first day a fill was possible, so that all models with scores of the same days start alike. */
  private static Portfolio portfolio(
      WeightRule rule,
      BacktestResult result,
      Aligned aligned,
      double[] riskFree,
      EvaluationSpec spec) {
    int days = result.dates().size();
    int start = Math.min(aligned.firstScored() + spec.signal().lag(), days);
    return Portfolio.of(
        rule.describe(),
        result.from(start),
        Arrays.copyOfRange(riskFree, start, days),
        spec.rollingDays(),
        spec.annualisation());
  }

  private static double[] riskFree(EvaluationContext context, List<LocalDate> dates) {
    return context
        .factors()
        .map(factors -> factors.on(dates).riskFree())
        .orElseGet(() -> new double[dates.size()]);
  }

  private static List<Breakdown> breakdowns(
      SignalSheet signal,
      Portfolio portfolio,
      Aligned aligned,
      double[][] scores,
      EvaluationSpec spec,
      EvaluationContext context) {
    Dated rankIc = new Dated(signal.dates(), signal.coefficients().rankIc());
    List<DayLabels> labels = new ArrayList<>();
    labels.add(DayLabels.years(aligned.market().dates()));
    labels.addAll(context.regimes());
    List<Breakdown> breakdowns = new ArrayList<>();
    for (DayLabels label : labels) {
      breakdowns.add(Breakdown.byDay(
          label, rankIc, portfolio.netReturns(), spec.signal().horizon(), spec.annualisation()));
    }
    for (AssetGroups groups : context.groups()) {
      breakdowns.add(Breakdown.byGroup(
          groups, aligned.market().assets(), scores, aligned.fillPrices(spec), spec));
    }
    return breakdowns;
  }

  private static Optional<Attribution> attribution(
      Portfolio portfolio, FactorReturns factors, EvaluationSpec spec) {
    double[] excess = portfolio.excess();
    FactorReturns aligned = factors.on(portfolio.dates());
    long usable = IntStream.range(0, excess.length)
        .filter(day -> Arrays.stream(aligned.returns()[day]).allMatch(Double::isFinite))
        .count();
    if (Arrays.stream(excess).allMatch(value -> value == 0) || usable < LEAST_REGRESSION_DAYS) {
      return Optional.empty();
    }
    RollingExposures rolling = RollingExposures.of(
        excess,
        aligned.names(),
        aligned.returns(),
        spec.rollingDays(),
        ROLLING_STEP,
        spec.annualisation());
    return Optional.of(new Attribution(
        FactorRegression.of(excess, aligned.names(), aligned.returns(), spec.annualisation()),
        rolling,
        Arrays.stream(rolling.days()).mapToObj(portfolio.dates()::get).toList()));
  }

  private static List<SeedResult> seeds(
      ModelScores model,
      SignalSheet signal,
      Portfolio portfolio,
      Aligned aligned,
      double[] riskFree,
      EvaluationSpec spec) {
    if (model.seeds().size() == 1) { // the ensemble is the seed
      return List.of(seed(0, model, signal.dates(), signal.coefficients(), portfolio, spec));
    }
    List<SeedResult> results = new ArrayList<>();
    double[][] forward = ForwardReturns.of(
        aligned.fillPrices(spec), spec.signal().horizon(), spec.signal().lag());
    for (int seed = 0; seed < model.seeds().size(); seed++) {
      double[][] scores = aligned.seeds().get(seed);
      int[] days = SignalSheet.scoredDays(scores);
      InformationCoefficients ics = InformationCoefficients.of(
          SignalSheet.rows(scores, days),
          SignalSheet.rows(forward, days),
          spec.signal().minimumNames());
      List<LocalDate> dates =
          Arrays.stream(days).mapToObj(aligned.market().dates()::get).toList();
      Portfolio own = portfolio(spec.rule(), scores, aligned, riskFree, spec);
      results.add(seed(seed, model, dates, ics, own, spec));
    }
    return results;
  }

  private static SeedResult seed(
      int seed,
      ModelScores model,
      List<LocalDate> dates,
      InformationCoefficients ics,
      Portfolio portfolio,
      EvaluationSpec spec) {
    return new SeedResult(
        seed,
        model.seeds().get(seed).contentHash(),
        new Dated(dates, ics.ic()),
        new Dated(dates, ics.rankIc()),
        portfolio.netReturns(),
        IcSummary.of(ics.ic(), spec.signal().horizon()),
        IcSummary.of(ics.rankIc(), spec.signal().horizon()),
        portfolio.net(),
        portfolio.turnoverAnnual());
  }

  private static List<String> warnings(SignalSheet signal, Coverage coverage) {
    List<String> warnings = new ArrayList<>();
    double rankIc = signal.rankIc().mean();
    if (Math.abs(rankIc) > SUSPICIOUS_IC) {
      warnings.add(
          "mean rank IC of %.3f: published models reach 0.03 to 0.05; look for a leak before believing it"
              .formatted(rankIc));
    }
    InformationCoefficients ics = signal.coefficients();
    if (ics.constantScores() > 0) {
      warnings.add("%d of %d days have one score for all names; they count as an IC of 0"
          .formatted(ics.constantScores(), ics.ic().length));
    }
    if (ics.tooFewNames() > 0) {
      warnings.add(
          "%d of %d days have fewer than %d names with a score and a later return; they have no IC"
              .formatted(ics.tooFewNames(), ics.ic().length, signal.spec().minimumNames()));
    }
    if (coverage.daysWithoutPrices() > 0) {
      warnings.add("%d days of scores are no trading days of the prices and were left out"
          .formatted(coverage.daysWithoutPrices()));
    }
    if (!coverage.assetsWithoutPrices().isEmpty()) {
      warnings.add("%d names have scores but no prices and were left out, such as %s"
          .formatted(
              coverage.assetsWithoutPrices().size(),
              coverage.assetsWithoutPrices().get(0)));
    }
    return warnings;
  }
}
