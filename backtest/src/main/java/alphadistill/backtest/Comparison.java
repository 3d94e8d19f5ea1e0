package alphadistill.backtest;

import alphadistill.backtest.metric.PerformanceSummary;
import alphadistill.backtest.metric.SharpeRatio;
import alphadistill.backtest.signal.IcSummary;
import alphadistill.backtest.significance.DeflatedSharpe;
import alphadistill.backtest.significance.OverfittingProbability;
import alphadistill.backtest.significance.PairedDifference;
import alphadistill.backtest.significance.SharpeDifference;
import alphadistill.backtest.significance.Spread;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Several models over the same prices, rule and costs: one row each, and every pair compared day by day.
 *
 * <pre>{@code
 * Comparison table = Comparison.of(List.of(teacher, undistilled, distilled, ridge, zero), ledger.trials());
 * PairedDifference gain = table.difference("distilled student", "undistilled student").orElseThrow().rankIc();
 * }</pre>
 *
 * @param trials everything that was tried on these data, as the run ledger counts it; deflates the Sharpe ratios
 * @param rows one for each model, in the order given
 * @param differences every ordered pair
 * @param overfitting how often the best of these models on one half of the days is below the middle on the other;
 *     empty for fewer than two models with positions or fewer than 100 days
 * @param warnings such as two models with the same predictions
 */
public record Comparison(
    int trials,
    List<Row> rows,
    List<Difference> differences,
    Optional<OverfittingProbability> overfitting,
    List<String> warnings) {

  private static final int BLOCKS = 10;

  private static final int LEAST_DAYS = 100;

  /**
   * One model. Spreads are over seeds; the other figures are those of the ensemble.
   *
   * @param model name
   * @param seeds number of seeds
   * @param icBySeed mean Pearson coefficient
   * @param rankIcBySeed mean rank coefficient
   * @param icirBySeed mean over deviation of the rank coefficient, not annualised
   * @param sharpeBySeed annual, net, in excess of cash
   * @param annualReturnBySeed compound, net
   * @param maximumDrawdownBySeed of net wealth
   * @param turnoverBySeed two-way a year
   * @param ic of the ensemble
   * @param rankIc of the ensemble, with HAC t and p
   * @param net summary of the ensemble's net returns
   * @param breakEven rate of commission and slippage at which the ensemble's total net return is zero
   * @param deflated probability that the ensemble's Sharpe ratio is above the best of as many worthless trials; NaN
   *     without positions
   */
  public record Row(
      String model,
      int seeds,
      Spread icBySeed,
      Spread rankIcBySeed,
      Spread icirBySeed,
      Spread sharpeBySeed,
      Spread annualReturnBySeed,
      Spread maximumDrawdownBySeed,
      Spread turnoverBySeed,
      IcSummary ic,
      IcSummary rankIc,
      PerformanceSummary net,
      double breakEven,
      DeflatedSharpe deflated) {}

  /**
   * One model less another, over the days both have. Seeds are averaged a day before anything else; they are paired
   * one by one where both models have as many.
   *
   * @param model minuend
   * @param against subtrahend
   * @param days days with net returns of both
   * @param rankIc difference of daily rank coefficients
   * @param net difference of daily net returns
   * @param sharpe Jobson-Korkie-Memmel test of the ensembles' net returns
   */
  public record Difference(
      String model,
      String against,
      int days,
      PairedDifference rankIc,
      PairedDifference net,
      SharpeDifference sharpe) {}

  public Comparison {
    rows = List.copyOf(rows);
    differences = List.copyOf(differences);
    warnings = List.copyOf(warnings);
  }

  /**
   * Compares models.
   *
   * @param trials at least 1, and at least the number of models
   * @throws IllegalArgumentException if two models have one name or were evaluated by other rules
   */
  public static Comparison of(List<Evaluation> models, int trials) {
    requireComparable(models);
    if (trials < models.size()) {
      throw new IllegalArgumentException(
          "%d models are compared but only %d trials were counted: each model is a trial"
              .formatted(models.size(), trials));
    }
    List<Difference> differences = new ArrayList<>();
    for (Evaluation model : models) {
      for (Evaluation against : models) {
        if (model != against) {
          differences.add(difference(model, against));
        }
      }
    }
    return new Comparison(
        trials,
        models.stream().map(model -> row(model, trials)).toList(),
        differences,
        overfitting(models),
        twins(models));
  }

  /** One model less another; empty when either is not in the table. */
  public Optional<Difference> difference(String model, String against) {
    return differences.stream()
        .filter(pair -> pair.model().equals(model) && pair.against().equals(against))
        .findFirst();
  }

  private static Row row(Evaluation model, int trials) {
    SharpeRatio ratio = model.portfolio().net().sharpeRatio();
    return new Row(
        model.model(),
        model.seeds().size(),
        spread(model, seed -> seed.ic().mean()),
        spread(model, seed -> seed.rankIc().mean()),
        spread(model, seed -> seed.rankIc().icir()),
        spread(model, seed -> seed.net().sharpe()),
        spread(model, seed -> seed.net().annualReturn()),
        spread(model, seed -> seed.net().maximumDrawdown()),
        spread(model, SeedResult::turnoverAnnual),
        model.signal().ic(),
        model.signal().rankIc(),
        model.portfolio().net(),
        model.costSweep().breakEven(),
        DeflatedSharpe.ofTrialCount(ratio, trials));
  }

  private static Spread spread(Evaluation model, ToDoubleFunction<SeedResult> figure) {
    return new Spread(model.seeds().stream().mapToDouble(figure).toArray());
  }

  private static Difference difference(Evaluation model, Evaluation against) {
    List<LocalDate> icDays = shared(model.signal().dates(), against.signal().dates());
    List<LocalDate> netDays =
        shared(model.portfolio().dates(), against.portfolio().dates());
    EvaluationSpec spec = model.spec();
    return new Difference(
        model.model(),
        against.model(),
        netDays.size(),
        paired(model, against, SeedResult::dailyRankIc, icDays, spec.signal().horizon(), spec),
        paired(model, against, SeedResult::dailyNet, netDays, 1, spec),
        SharpeDifference.of(
            excess(model.portfolio(), netDays), excess(against.portfolio(), netDays)));
  }

  private static Optional<OverfittingProbability> overfitting(List<Evaluation> models) {
    List<Portfolio> traded = models.stream()
        .map(Evaluation::portfolio)
        .filter(portfolio -> portfolio.turnoverAnnual() > 0)
        .toList();
    List<LocalDate> days = traded.isEmpty() ? List.of() : traded.get(0).dates();
    for (Portfolio portfolio : traded) {
      days = shared(days, portfolio.dates());
    }
    if (traded.size() < 2 || days.size() < LEAST_DAYS) {
      return Optional.empty();
    }
    double[][] byTrial = new double[days.size()][traded.size()];
    for (int trial = 0; trial < traded.size(); trial++) {
      double[] excess = excess(traded.get(trial), days);
      for (int day = 0; day < excess.length; day++) {
        byTrial[day][trial] = excess[day];
      }
    }
    return Optional.of(OverfittingProbability.of(byTrial, BLOCKS));
  }

  private static double[] excess(Portfolio portfolio, List<LocalDate> days) {
    return new Dated(portfolio.dates(), portfolio.excess()).on(days);
  }

  private static PairedDifference paired(
      Evaluation model,
      Evaluation against,
      Function<SeedResult, Dated> series,
      List<LocalDate> days,
      int horizon,
      EvaluationSpec spec) {
    double[][] first = bySeed(model, series, days);
    double[][] second = bySeed(against, series, days);
    if (first.length != second.length && first.length > 1 && second.length > 1) {
      first = new double[][] {mean(first)}; // seeds that cannot be paired are averaged on each side
      second = new double[][] {mean(second)};
    }
    return PairedDifference.overSeeds(first, second, horizon, spec.bootstrap());
  }

  private static double[][] bySeed(
      Evaluation model, Function<SeedResult, Dated> series, List<LocalDate> days) {
    return model.seeds().stream().map(seed -> series.apply(seed).on(days)).toArray(double[][]::new);
  }

  private static double[] mean(double[][] seeds) {
    double[] mean = new double[seeds[0].length];
    for (double[] seed : seeds) {
      for (int day = 0; day < mean.length; day++) {
        mean[day] += seed[day] / seeds.length;
      }
    }
    return mean;
  }

  private static List<LocalDate> shared(List<LocalDate> first, List<LocalDate> second) {
    Set<LocalDate> others = new HashSet<>(second);
    return first.stream().filter(others::contains).toList();
  }

  private static void requireComparable(List<Evaluation> models) {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("nothing to compare");
    }
    if (models.stream().map(Evaluation::model).distinct().count() < models.size()) {
      throw new IllegalArgumentException(
          "two models share a name in " + models.stream().map(Evaluation::model).toList());
    }
    for (Evaluation model : models) {
      if (!model.spec().equals(models.get(0).spec())) {
        throw new IllegalArgumentException(
            "'%s' and '%s' were evaluated by different rules: %s and %s"
                .formatted(
                    models.get(0).model(), model.model(), models.get(0).spec(), model.spec()));
      }
    }
  }

  private static List<String> twins(List<Evaluation> models) {
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (models.get(i).predictionHashes().equals(models.get(j).predictionHashes())) {
          warnings.add("'%s' and '%s' made identical predictions"
              .formatted(models.get(j).model(), models.get(i).model()));
        }
      }
    }
    return warnings;
  }
}
