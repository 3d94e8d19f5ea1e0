package alphadistill.student.study;

import alphadistill.augment.window.Augmentation;
import alphadistill.augment.window.CrossAssetMixup;
import alphadistill.data.feature.CrossSectionalScaling;
import alphadistill.data.feature.LabelSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.data.simulate.SimulationSpec;
import java.util.List;
import java.util.Optional;

/** Small studies for tests. */
public final class Studies {
  private Studies() {}

  public static final List<String> CHARACTERISTICS = List.of("c1", "c2", "c3", "c4", "c5", "c6");

  public static SimulatedMarket market(SimulationSpec.Kind kind) {
    return SimulatedMarket.of(SimulationSpec.of(kind, 40, 420, 11));
  }

  public static StudySpec spec() {
    return spec(CHARACTERISTICS, ObjectiveSpec.Kind.RESIDUAL, TeacherSpec.Type.FAMA_MACBETH);
  }

  public static StudySpec spec(
      List<String> features, ObjectiveSpec.Kind objective, TeacherSpec.Type teacher) {
    return new StudySpec(
        new FeatureSpec(
            features, new CrossSectionalScaling(CrossSectionalScaling.Method.ZSCORE, 0.01)),
        new LabelSpec(5, 1),
        new WindowSpec(6, 3, 0.8),
        new FoldSpec(200, 40, 60, true, 5, 0, 0),
        new TeacherSpec(
            teacher,
            List.of(),
            teacher.seesCharacteristics() ? 0 : 60,
            teacher.seesCharacteristics() ? 24 : 40),
        new StudentSpec(8, 1, 2, 0.1),
        new ObjectiveSpec(objective, 0.5, 0, 5, 0),
        new AugmentationSpec(0.3, 0.4, CrossAssetMixup.Nonlinear.REFUSE, Augmentation.Decay.LINEAR),
        new TrainingSpec(List.of(1L, 2L), 2, 64, 0.002, 0.5, 0.05, 1, 0.9, 2, true, false),
        10);
  }

  /** The market with every number after a day multiplied by a nonsense factor of its own. */
  public static MarketData scrambledAfter(MarketData market, int lastKnown) {
    return new MarketData(
        scrambled(market.prices(), lastKnown),
        market.characteristics().map(panel -> scrambled(panel, lastKnown)),
        market.factors().map(factors -> {
          double[][] returns = factors.returns().clone();
          for (int day = lastKnown + 1; day < returns.length; day++) {
            returns[day] = returns[day].clone();
            for (int k = 0; k < returns[day].length; k++) {
              returns[day][k] = 0.3 * returns[day][k] + 0.001 * ((day + k) % 7 - 3);
            }
          }
          return new alphadistill.data.panel.FactorReturns(
              factors.dates(), factors.names(), returns, factors.riskFree());
        }),
        market.universe());
  }

  private static Panel scrambled(Panel panel, int lastKnown) {
    Panel.Builder changed = Panel.builder(panel.dates(), panel.assets());
    for (int field = 0; field < panel.fields().size(); field++) {
      float[] values = new float[panel.days() * panel.assetCount()];
      for (int day = 0; day < panel.days(); day++) {
        for (int asset = 0; asset < panel.assetCount(); asset++) {
          float value = panel.value(field, day, asset);
          values[day * panel.assetCount() + asset] =
              day <= lastKnown ? value : value * (0.5f + (day * 31 + asset * 17) % 11 * 0.1f);
        }
      }
      changed.field(panel.fields().get(field), values);
    }
    return changed.build();
  }

  public static MarketData withoutFactors(MarketData market) {
    return new MarketData(
        market.prices(), market.characteristics(), Optional.empty(), market.universe());
  }
}
