package alphadistill.student.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.window.Channel;
import alphadistill.data.DataException;
import alphadistill.data.filing.FilingCharacteristics;
import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulationSpec.Kind;
import alphadistill.student.fold.Span;
import alphadistill.student.sample.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StudyTest {
  private static final int LAST_KNOWN = 300;

  private final MarketData market = MarketData.of(Studies.market(Kind.NONLINEAR));

  private StudySpec withFeatures(String... names) {
    return Studies.spec(List.of(names), ObjectiveSpec.Kind.RESIDUAL, TeacherSpec.Type.FAMA_MACBETH);
  }

  @Test
  void nothingUpToADayDependsOnWhatComesAfter() {
    StudySpec spec = withFeatures("c1", "return_1", "volatility_21", "rsi_14", "beta_252");
    for (MarketData data : List.of(market, Studies.withoutFactors(market))) {
      Study honest = Study.of(data, spec);
      Study scrambled = Study.of(Studies.scrambledAfter(data, LAST_KNOWN), spec);

      for (int day = 0; day <= LAST_KNOWN; day++) {
        assertThat(scrambled.regime(day)).isEqualTo(honest.regime(day));
        for (int asset = 0; asset < honest.assets(); asset++) {
          assertThat(scrambled.isEligible(day, asset)).isEqualTo(honest.isEligible(day, asset));
          for (int field = 0; field < 5; field++) {
            assertThat(Float.floatToRawIntBits(scrambled.features().value(field, day, asset)))
                .isEqualTo(Float.floatToRawIntBits(honest.features().value(field, day, asset)));
          }
          if (spec.label().knownAt(day) <= LAST_KNOWN) {
            assertThat(Float.floatToIntBits(scrambled.target(day, asset)))
                .isEqualTo(Float.floatToIntBits(honest.target(day, asset)));
          }
        }
      }
    }
  }

  @Test
  void aTruncatedMarketGivesTheSameStudyUpToItsEnd() {
    Study whole = Study.of(market, Studies.spec());
    Study known = Study.of(market.upTo(LAST_KNOWN), Studies.spec());

    Samples then = known.forecastable(new Span(LAST_KNOWN, LAST_KNOWN));
    assertThat(then.asset())
        .isEqualTo(whole.forecastable(new Span(LAST_KNOWN, LAST_KNOWN)).asset());
    assertThat(known.features().contentHash())
        .isEqualTo(whole.features().firstDays(LAST_KNOWN + 1).contentHash());
  }

  @Test
  void aForecastDoesNotAskWhetherItsReturnIsKnown() {
    Study study = Study.of(market, Studies.spec());
    int lastDay = study.dates().size() - 1;

    assertThat(study.forecastable(new Span(lastDay, lastDay)).size()).isGreaterThan(10);
    assertThat(study.labelled(new Span(lastDay, lastDay)).size()).isZero();
  }

  @Test
  void targetsAreDeviationsOfTheirDate() {
    Study study = Study.of(market, Studies.spec());
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int asset = 0; asset < study.assets(); asset++) {
      float target = study.target(200, asset);
      if (Float.isFinite(target)) {
        sum += target;
        squares += target * target;
        count++;
      }
    }
    assertThat(sum / count).isCloseTo(0, org.assertj.core.api.Assertions.within(1e-6));
    assertThat(squares / count).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6));
  }

  @Test
  void channelsSayWhatDoesNotMix() {
    Study study = Study.of(market, withFeatures("c1", "return_1", "volatility_21"));

    assertThat(study.schema().channels().stream().map(Channel::kind))
        .containsExactly(
            Channel.Kind.LINEAR,
            Channel.Kind.LINEAR,
            Channel.Kind.NONLINEAR,
            Channel.Kind.PRESENCE);
  }

  @Test
  void ofRatiosFromReportsThoseToThePriceMix() {
    Panel.Builder ratios =
        Panel.builder(market.prices().dates(), market.prices().assets());
    FilingCharacteristics.specs()
        .forEach(spec -> ratios.field(
            spec, new float[market.prices().days() * market.prices().assetCount()]));
    MarketData reported = new MarketData(
        market.prices(), Optional.of(ratios.build()), market.factors(), market.universe());

    Study study = Study.of(reported, withFeatures("book_to_market", "leverage"));

    assertThat(study.schema().channels().stream().map(Channel::kind))
        .containsExactly(Channel.Kind.LINEAR, Channel.Kind.NONLINEAR, Channel.Kind.PRESENCE);
  }

  @Test
  void tooShortAHistoryIsRefusedInWords() {
    Study study = Study.of(market.upTo(3), Studies.spec());

    assertThatThrownBy(study::folds)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no date has 10 assets")
        .hasMessageContaining("history of 4 days")
        .hasMessageEndingWith("; 'c1' is known of 38 assets a day at most");
  }

  @Test
  void aHistoryWithoutRoomForAFoldIsRefusedWithItsDates() {
    Study study = Study.of(market.upTo(60), Studies.spec());

    assertThatThrownBy(study::folds)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the first date with samples")
        .hasMessageContaining("days of history are too few");
  }

  @Test
  void unknownFeaturesAreRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Study.of(market, withFeatures("momentum")))
        .hasMessageContaining("no feature 'momentum'")
        .hasMessageContaining("momentum_12_1");
  }
}
