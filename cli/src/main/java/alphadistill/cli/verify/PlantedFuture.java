package alphadistill.cli.verify;

import alphadistill.data.feature.LabelSpec;
import alphadistill.data.feature.Returns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.student.study.FeatureSpec;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.StudySpec;
import alphadistill.student.study.TeacherSpec;
import java.util.ArrayList;
import java.util.List;

/** A market whose characteristics hold the label itself: whoever cannot find it cannot find anything. */
final class PlantedFuture {
  static final String COLUMN = "planted_future";

  private PlantedFuture() {}

  static MarketData in(MarketData market, LabelSpec label) {
    Panel planted = Panel.builder(market.prices().dates(), market.prices().assets())
        .field(
            new FieldSpec(COLUMN, "decimal return", "the return that is to be forecast", 0),
            Returns.forward(market.prices(), label))
        .build();
    Panel known = market.characteristics().map(own -> own.with(planted)).orElse(planted);
    return new MarketData(
        market.prices(), java.util.Optional.of(known), market.factors(), market.universe());
  }

  /** The study with the planted column among the features, and among the teacher's where those are chosen. */
  static StudySpec study(StudySpec spec) {
    TeacherSpec teacher = spec.teacher();
    return new StudySpec(
        new FeatureSpec(withColumn(spec.features().names()), spec.features().scaling()),
        spec.label(),
        spec.window(),
        spec.folds(),
        teacher.characteristics().isEmpty()
            ? teacher
            : teacher.on(withColumn(teacher.characteristics())),
        spec.student(),
        spec.objective(),
        spec.augmentation(),
        spec.training(),
        spec.minimumAssets());
  }

  private static List<String> withColumn(List<String> names) {
    List<String> more = new ArrayList<>(names);
    more.add(COLUMN);
    return more;
  }
}
