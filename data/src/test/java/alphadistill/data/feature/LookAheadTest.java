package alphadistill.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.data.simulate.SimulationSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever happens after a day, nothing up to that day moves by a bit. */
class LookAheadTest {
  private static final int LAST_KNOWN = 330;

  private final SimulatedMarket market =
      SimulatedMarket.of(SimulationSpec.of(SimulationSpec.Kind.NONLINEAR, 12, 420, 3));

  @Test
  void aScrambledFutureChangesNoFeatureOfThePast() {
    FeatureSet all = FeatureSet.of(FeatureSet.names());
    Panel honest = all.compute(market.prices(), market.factors());
    Panel scrambled = all.compute(scrambled(market.prices()), scrambled(market.factors()));

    assertSamePast(honest, scrambled);
    for (int field = 0; field < honest.fields().size(); field++) {
      int last = honest.days() - 1;
      assertThat(honest.value(field, last, firstQuoted(last)))
          .as(honest.fields().get(field).name())
          .isNotEqualTo(scrambled.value(field, last, firstQuoted(last)));
    }
  }

  @Test
  void aScrambledFutureChangesNoScaledValueOfThePast() {
    FeatureSet all = FeatureSet.of(List.of("momentum_12_1", "volatility_21"));
    for (CrossSectionalScaling.Method method : CrossSectionalScaling.Method.values()) {
      CrossSectionalScaling scaling = new CrossSectionalScaling(method, 0.01);
      assertSamePast(
          scaling.scale(all.compute(market.prices(), null), (day, asset) -> true),
          scaling.scale(all.compute(scrambled(market.prices()), null), (day, asset) -> true));
    }
  }

  @Test
  void labelsEndWhenTheySay() {
    LabelSpec spec = new LabelSpec(5, 1);
    float[] honest = Returns.forward(market.prices(), spec);
    float[] scrambled = Returns.forward(scrambled(market.prices()), spec);
    int assets = market.prices().assetCount();
    int lastKnownLabel = LAST_KNOWN - spec.lag() - spec.horizon();

    for (int cell = 0; cell < (lastKnownLabel + 1) * assets; cell++) {
      assertThat(Float.floatToIntBits(scrambled[cell]))
          .isEqualTo(Float.floatToIntBits(honest[cell]));
    }
    assertThat(scrambled[(lastKnownLabel + 1) * assets + firstQuoted(LAST_KNOWN)])
        .isNotEqualTo(honest[(lastKnownLabel + 1) * assets + firstQuoted(LAST_KNOWN)]);
  }

  @Test
  void featuresAreWhatTheirFormulaSays() {
    Panel prices = market.prices();
    Panel features = FeatureSet.of(List.of("return_1", "reversal_5", "beta_252"))
        .compute(prices, market.factors());
    int close = prices.fieldIndex("close");
    int asset = firstQuoted(LAST_KNOWN);

    assertThat((double) features.value(0, 300, asset))
        .isCloseTo(
            prices.value(close, 300, asset) / prices.value(close, 299, asset) - 1.0, within(1e-6));
    assertThat((double) features.value(2, 400, asset))
        .isCloseTo(market.loadings()[asset][0], within(0.6));
    assertThat(features.value(2, 200, asset)).isNaN();
  }

  @Test
  void anUnknownFeatureIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> FeatureSet.of(List.of("momentum")))
        .hasMessageContaining("no feature 'momentum'")
        .hasMessageContaining("momentum_12_1");
  }

  @Test
  void scalingDefinesTiesConstantsAndSingles() {
    var dates = List.of(java.time.LocalDate.of(2020, 1, 1), java.time.LocalDate.of(2020, 1, 2));
    float[] values = {1, 1, 3, Float.NaN, 5, 5, 5, 5};
    Panel panel = Panel.builder(dates, List.of("A", "B", "C", "D"))
        .field(FieldSpec.raw("x", "number"), values)
        .build();
    Panel ranks = new CrossSectionalScaling(CrossSectionalScaling.Method.RANK, 0)
        .scale(panel, (d, a) -> true);
    Panel scores = new CrossSectionalScaling(CrossSectionalScaling.Method.ZSCORE, 0)
        .scale(panel, (d, a) -> true);
    Panel single = new CrossSectionalScaling(CrossSectionalScaling.Method.RANK, 0)
        .scale(panel, (d, a) -> a == 2);

    assertThat(ranks.crossSection(0, 0)).containsExactly(-0.5f, -0.5f, 1f, Float.NaN);
    assertThat(scores.crossSection(0, 1)).containsExactly(0, 0, 0, 0);
    assertThat(single.value(0, 0, 2)).isZero();
  }

  private int firstQuoted(int day) {
    int close = market.prices().fieldIndex("close");
    for (int asset = 0; asset < market.prices().assetCount(); asset++) {
      boolean always = true;
      for (int d = 0; d < market.prices().days(); d++) {
        always &= Float.isFinite(market.prices().value(close, d, asset));
      }
      if (always) {
        return asset;
      }
    }
    throw new AssertionError("every asset has a gap around day " + day);
  }

  private static void assertSamePast(Panel honest, Panel scrambled) {
    for (int field = 0; field < honest.fields().size(); field++) {
      for (int day = 0; day <= LAST_KNOWN; day++) {
        assertThat(scrambled.crossSection(field, day))
            .as("%s on day %d", honest.fields().get(field).name(), day)
            .isEqualTo(honest.crossSection(field, day));
      }
    }
  }

  private static Panel scrambled(Panel prices) {
    Panel.Builder builder = Panel.builder(prices.dates(), prices.assets());
    for (int field = 0; field < prices.fields().size(); field++) {
      float[] values = new float[prices.days() * prices.assetCount()];
      for (int day = 0; day < prices.days(); day++) {
        for (int asset = 0; asset < prices.assetCount(); asset++) {
          float factor = day > LAST_KNOWN ? 1 + 0.37f * ((day * 7 + asset * 3) % 5) : 1;
          values[day * prices.assetCount() + asset] = prices.value(field, day, asset) * factor;
        }
      }
      builder.field(prices.fields().get(field), values);
    }
    return builder.build();
  }

  private static FactorReturns scrambled(FactorReturns factors) {
    double[][] returns = new double[factors.dates().size()][];
    for (int day = 0; day < returns.length; day++) {
      returns[day] = factors.returns()[day].clone();
      if (day > LAST_KNOWN) {
        returns[day][0] = -3 * returns[day][0];
      }
    }
    return new FactorReturns(factors.dates(), factors.names(), returns, factors.riskFree());
  }
}
