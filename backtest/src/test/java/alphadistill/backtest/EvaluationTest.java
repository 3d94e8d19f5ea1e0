package alphadistill.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.backtest.simulate.TradingCosts;
import alphadistill.backtest.weight.WeightRule;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final TradingCosts COSTS = new TradingCosts(0.0005, 0.0005, 0.01);
  private static final EvaluationSpec SPEC =
      EvaluationSpec.daily(1, new WeightRule.QuantileLongShort(0.2, 1), COSTS);

  private final Worlds world = new Worlds(400, 30, 1);

  @Test
  void aModelThatKnowsALittleEarnsAndIsSignificant() {
    Evaluation knowing = evaluate("knowing", world.scores(0.3, 2));

    assertThat(knowing.signal().rankIc().mean()).isBetween(0.1, 0.4);
    assertThat(knowing.signal().rankIc().hac().pValue()).isLessThan(0.01);
    assertThat(knowing.portfolio().gross().sharpe())
        .isGreaterThan(knowing.portfolio().net().sharpe())
        .isGreaterThan(2);
    assertThat(knowing.costSweep().breakEven()).isGreaterThan(0.0005);
    assertThat(knowing.warnings()).anyMatch(warning -> warning.contains("look for a leak"));
  }

  @Test
  void knowledgeOfTheNextReturnIsGoneAtTheSecondLag() {
    Evaluation knowing = evaluate("knowing", world.scores(0.3, 2));

    double first = knowing.lags().rows().get(1).sharpeGross();
    double second = knowing.lags().rows().get(2).sharpeGross();
    assertThat(knowing.lags().rows()).hasSize(6);
    assertThat(second).isLessThan(first / 2);
    double nearDecay = knowing.signal().decay().get(0).rankIc().mean();
    double farDecay = knowing.signal().decay().get(6).rankIc().mean();
    assertThat(farDecay).isLessThan(nearDecay / 2);
  }

  @Test
  void aModelThatSaysTheSameOfAllHasNoSkillNoPositionsAndARow() {
    Evaluation zero = evaluate("zero", world.constant(0));

    assertThat(zero.signal().rankIc().mean()).isZero();
    assertThat(zero.portfolio().net().totalReturn()).isZero();
    assertThat(zero.portfolio().turnoverAnnual()).isZero();
    assertThat(zero.benchmark().turnoverAnnual()).isPositive();
    assertThat(zero.warnings()).anyMatch(warning -> warning.contains("one score for all names"));
    Comparison alone = Comparison.of(List.of(zero), 1);
    assertThat(alone.rows().get(0).deflated().probability()).isNaN();
  }

  @Test
  void theBenchmarkHoldsAllScoredNamesAndIsExplainedByItsMarket() {
    EvaluationSpec everything =
        EvaluationSpec.daily(1, new WeightRule.EqualWeight(), TradingCosts.NONE);

    Evaluation evaluation = Evaluation.of(
        ModelScores.of("all", world.scores(0, 3)),
        world.prices,
        everything,
        EvaluationContext.NONE.withFactors(world.factors));

    assertThat(evaluation.portfolio().result().net())
        .containsExactly(evaluation.benchmark().result().net());
    Attribution attribution = evaluation.attribution().orElseThrow();
    assertThat(attribution.regression().loadings().get(0).beta()).isEqualTo(1, within(0.03));
    assertThat(attribution.regression().rSquared()).isGreaterThan(0.9);
    assertThat(attribution.regression().explainedAnnual()
            + attribution.regression().alphaAnnual())
        .isEqualTo(attribution.regression().meanAnnual(), within(1e-12));
    assertThat(attribution.rolling().betas()).hasDimensions(30, 1);
    assertThat(attribution.rollingDates()).hasSize(30);
  }

  @Test
  void seriesHaveOneEntryForEachDateAndWealthOneMore() {
    Portfolio portfolio = evaluate("knowing", world.scores(0.3, 2)).portfolio();
    int days = portfolio.dates().size();

    assertThat(portfolio.dates().get(0)).isEqualTo(world.prices.dates().get(1));
    assertThat(portfolio.netWealth()).hasSize(days + 1);
    assertThat(portfolio.underwater()).hasSize(days);
    assertThat(portfolio.rollingSharpe()).hasSize(days);
    assertThat(portfolio.result().turnover()).hasSize(days);
    assertThat(portfolio.netWealth()[days] - 1)
        .isEqualTo(portfolio.net().totalReturn(), within(1e-12));
    assertThat(portfolio.drawdowns().get(0).depth()).isEqualTo(portfolio.net().maximumDrawdown());
  }

  @Test
  void theEnsembleOfSeedsKnowsMoreThanASeedAndEachSeedStandsBeside() {
    ModelScores model = new ModelScores(
        "seeds", List.of(world.scores(0.2, 5), world.scores(0.2, 6), world.scores(0.2, 7)));

    Evaluation evaluation = Evaluation.of(model, world.prices, SPEC, EvaluationContext.NONE);
    Comparison.Row row = Comparison.of(List.of(evaluation), 3).rows().get(0);

    assertThat(row.seeds()).isEqualTo(3);
    assertThat(row.rankIc().mean()).isGreaterThan(row.rankIcBySeed().mean());
    assertThat(row.rankIcBySeed().deviation()).isPositive();
    assertThat(evaluation.predictionHashes()).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void pairsAreComparedDayByDayWithIntervalsAndInBothDirections() {
    Evaluation better = evaluate("better", world.scores(0.4, 8));
    Evaluation worse = evaluate("worse", world.scores(0, 9));

    Comparison table = Comparison.of(List.of(better, worse), 20);
    Comparison.Difference gain = table.difference("better", "worse").orElseThrow();

    assertThat(gain.rankIc().interval().low()).isPositive();
    assertThat(gain.rankIc().hac().t()).isGreaterThan(3);
    assertThat(gain.net().mean()).isPositive();
    assertThat(table.difference("worse", "better").orElseThrow().rankIc().mean())
        .isEqualTo(-gain.rankIc().mean(), within(1e-15));
    assertThat(table.difference("better", "nobody")).isEmpty();
    assertThat(table.rows().get(0).deflated().probability())
        .isLessThan(better.portfolio().net().sharpeRatio().probabilityAbove(0) + 1e-12);
    assertThat(table.warnings()).isEmpty();
  }

  @Test
  void identicalPredictionsAreReported() {
    Panel scores = world.scores(0.1, 4);

    Comparison table =
        Comparison.of(List.of(evaluate("student", scores), evaluate("teacher", scores)), 2);

    assertThat(table.warnings())
        .containsExactly("'student' and 'teacher' made identical predictions");
  }

  @Test
  void whatCannotBeUsedIsCounted() {
    List<LocalDate> dates = List.of(
        LocalDate.of(2015, 1, 3),
        LocalDate.of(2015, 1, 5),
        LocalDate.of(2015, 1, 6)); // a Saturday first
    Panel scores =
        Worlds.panel(dates, List.of("A0", "A1", "unknown"), ModelScores.FIELD, new double[][] {
          {1, 2, 3}, {1, Double.NaN, 3}, {1, 2, 3}
        });

    Coverage coverage = evaluate("few", scores).coverage();

    assertThat(coverage.daysWithoutPrices()).isEqualTo(1);
    assertThat(coverage.assetsWithoutPrices()).containsExactly("unknown");
    assertThat(coverage.scoredDays()).isEqualTo(2);
    assertThat(coverage.scores()).isEqualTo(3);
    assertThat(coverage.smallestDay()).isEqualTo(1);
    assertThat(coverage.largestDay()).isEqualTo(2);
  }

  @Test
  void resultsAreBrokenDownByYearRegimeAndGroup() {
    int days = world.prices.days();
    DayLabels regimes = new DayLabels(
        "weekday",
        List.of("early", "late"),
        world.prices.dates(),
        IntStream.range(0, days).map(day -> day == 0 ? -1 : day % 2).toArray());
    AssetGroups sectors = new AssetGroups(
        "sector",
        Map.of("A0", "tech", "A1", "tech", "A2", "tech", "A3", "tech", "A4", "tech", "A5", "tech"));

    Evaluation evaluation = Evaluation.of(
        ModelScores.of("knowing", world.scores(0.4, 2)),
        world.prices,
        SPEC,
        EvaluationContext.NONE.withRegimes(regimes).withGroups(sectors));

    assertThat(evaluation.breakdowns())
        .extracting(Breakdown::title)
        .containsExactly("year", "weekday", "sector");
    assertThat(evaluation.breakdowns().get(0).slices())
        .extracting(Breakdown.Slice::label)
        .containsExactly("2015", "2016");
    int labelled = evaluation.breakdowns().get(1).slices().stream()
        .mapToInt(Breakdown.Slice::days)
        .sum();
    assertThat(labelled).isEqualTo(evaluation.portfolio().dates().size());
    assertThat(evaluation.breakdowns().get(2).slices().get(0).rankIc().mean()).isPositive();
  }

  @Test
  void theTargetOfADayIsTheSameWhetherOrNotLaterScoresExist() {
    EvaluationSpec weekly = EvaluationSpec.daily(5, SPEC.rule(), COSTS);
    ModelScores all = new ModelScores("all", List.of(world.scores(0, 1), world.scores(0, 2)));
    for (int day : new int[] {0, 7, 123, 390}) {
      LocalDate date = world.prices.dates().get(day);
      ModelScores known = new ModelScores(
          "known", all.seeds().stream().map(seed -> seed.upTo(date)).toList());

      Map<String, Double> then = Evaluation.targets(known, world.prices, weekly).on(date);

      assertThat(then)
          .isNotEmpty()
          .isEqualTo(Evaluation.targets(all, world.prices, weekly).on(date));
    }
    assertThat(Evaluation.targets(all, world.prices, weekly).on(LocalDate.of(1999, 1, 1)))
        .isEmpty();
  }

  @Test
  void oneDayAndOneAssetAreDefinedCases() {
    Panel oneDay =
        Worlds.panel(Worlds.dates(1), world.prices.assets(), ModelScores.FIELD, new double[1][30]);
    assertThat(evaluate("one day", oneDay).portfolio().net().totalReturn()).isZero();

    Worlds lonely = new Worlds(60, 1, 2);
    Evaluation alone = Evaluation.of(
        ModelScores.of("one asset", lonely.scores(0.5, 1)),
        lonely.prices,
        SPEC,
        EvaluationContext.NONE);
    assertThat(alone.signal().rankIc().days()).isZero();
    assertThat(alone.portfolio().net().totalReturn()).isZero();
  }

  @Test
  void refusesScoresThatNeverMeetThePrices() {
    Panel elsewhere = Worlds.panel(
        List.of(LocalDate.of(1999, 1, 4)), List.of("A0"), ModelScores.FIELD, new double[][] {{1}});

    assertThatThrownBy(() -> evaluate("old", elsewhere))
        .hasMessageContaining(
            "the scores of 'old' (1 names, 1999-01-04 to 1999-01-04) share no name or no scored day");
  }

  @Test
  void refusesToCompareModelsThatWereTradedDifferently() {
    Panel scores = world.scores(0.1, 1);
    Evaluation one = evaluate("one", scores);
    Evaluation other = Evaluation.of(
        ModelScores.of("other", scores),
        world.prices,
        EvaluationSpec.daily(1, new WeightRule.SignalWeighted(1), COSTS),
        EvaluationContext.NONE);

    assertThatThrownBy(() -> Comparison.of(List.of(one, other), 2))
        .hasMessageContaining("'one' and 'other' were evaluated by different rules");
    assertThatThrownBy(() -> Comparison.of(List.of(one, one), 2))
        .hasMessageContaining("two models share a name");
    assertThatThrownBy(() -> Comparison.of(List.of(one), 0))
        .hasMessageContaining("1 models are compared but only 0 trials were counted");
  }

  @Test
  void refusesASignalJudgedAtAnotherLagThanItIsTradedAt() {
    assertThatThrownBy(() -> new EvaluationSpec(
            alphadistill.backtest.signal.SignalSpec.of(5, 2),
            SPEC.rule(),
            5,
            SPEC.backtest(),
            5,
            252,
            SPEC.bootstrap()))
        .hasMessageContaining("judged with a lag of 2 but traded with a lag of 1");
  }

  private Evaluation evaluate(String name, Panel scores) {
    return Evaluation.of(ModelScores.of(name, scores), world.prices, SPEC, EvaluationContext.NONE);
  }
}
