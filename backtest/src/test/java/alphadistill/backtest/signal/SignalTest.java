package alphadistill.backtest.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SignalTest {
  private static final double NAN = Double.NaN;

  @Test
  void equalValuesShareTheMeanOfTheirRanksAndMinusZeroIsZero() {
    assertThat(Ranks.average(new double[] {3, -0.0, NAN, 0.0, 5, 3}))
        .containsExactly(3.5, 1.5, NAN, 1.5, 5, 3.5);
  }

  @Test
  void centredRanksRunFromMinusOneToOne() {
    assertThat(Ranks.centred(new double[] {10, 30, NAN, 20})).containsExactly(-1, 1, NAN, 0);
    assertThat(Ranks.centred(new double[] {7, 7, 7})).containsExactly(0, 0, 0);
    assertThat(Ranks.centred(new double[] {7})).containsExactly(0);
  }

  @Test
  void aForwardReturnStartsAtTheFillAndNotAtTheScore() {
    double[][] prices = {{100}, {110}, {121}, {242}};

    double[][] forward = ForwardReturns.of(prices, 1, 1);

    assertThat(forward[0][0]).isEqualTo(0.1, within(1e-12));
    assertThat(forward[1][0]).isEqualTo(1.0, within(1e-12));
    assertThat(forward[2][0]).isNaN();
    assertThatThrownBy(() -> ForwardReturns.of(prices, 1, 0))
        .hasMessage(
            "a lag of 0 fills at a price the score has seen; at least 1 trading day is needed");
  }

  @Test
  void aModelThatSaysNothingHasNoSkillInsteadOfNoResult() {
    double[][] scores = {{0, 0, 0}, {1, 1, 1}};
    double[][] forward = {{0.1, 0.2, 0.3}, {0.1, 0.2, 0.3}};

    InformationCoefficients ics = InformationCoefficients.of(scores, forward, 2);
    IcSummary summary = IcSummary.of(ics.rankIc(), 1);

    assertThat(ics.constantScores()).isEqualTo(2);
    assertThat(summary.mean()).isZero();
    assertThat(summary.icir()).isZero();
    assertThat(summary.hac().t()).isNaN();
  }

  @Test
  void datesWithTooFewNamesOrEqualReturnsAreCountedAndLeftOut() {
    double[][] scores = {{1, 2, NAN}, {1, 2, 3}, {1, 2, 3}};
    double[][] forward = {{0.1, 0.2, 0.3}, {0.1, 0.1, 0.1}, {0.1, 0.2, 0.3}};

    InformationCoefficients ics = InformationCoefficients.of(scores, forward, 3);

    assertThat(ics.tooFewNames()).isEqualTo(1);
    assertThat(ics.constantReturns()).isEqualTo(1);
    assertThat(ics.rankIc()).containsExactly(NAN, NAN, 1);
  }

  @Test
  void tiesShareABucketAndLeaveOthersEmpty() {
    assertThat(QuantileLabels.of(new double[] {1, 1, 1, 1, 9}, 5)).containsExactly(1, 1, 1, 1, 5);
    assertThat(QuantileLabels.of(new double[] {4, 4, 4}, 3)).containsExactly(1, 1, 1);
    assertThat(QuantileLabels.of(new double[] {NAN, NAN}, 3)).containsExactly(0, 0);
  }

  @Test
  void emptyBucketsHaveNoReturn() {
    double[][] scores = {{1, 1, 1, 1, 9}};
    double[][] forward = {{0, 0, 0, 0, 0.5}};

    QuantileReturns returns = QuantileReturns.raw(scores, forward, 5);

    assertThat(returns.byDate()[0]).containsExactly(0, NAN, NAN, NAN, 0.5);
    assertThat(returns.spreadMean()).isEqualTo(0.5);
  }

  @Test
  void aDateWithoutNamesHasNoPortfolioReturn() {
    double[][] scores = {{NAN, NAN}};
    double[][] forward = {{0.1, 0.1}};

    assertThat(FactorPortfolio.returns(scores, forward)).containsExactly(NAN);
    assertThat(FactorPortfolio.longShort(scores, forward, 0.2)).containsExactly(NAN);
    assertThat(RankAutocorrelation.of(scores, 1)).containsExactly(NAN);
  }

  @Test
  void aConstantCrossSectionTakesNoPosition() {
    assertThat(FactorPortfolio.weights(new double[] {0.1, 0.1, NAN, 0.1}))
        .containsExactly(0, 0, NAN, 0);
  }
}
