package alphadistill.student.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.feature.FeatureSet;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulationSpec.Kind;
import alphadistill.student.fold.Span;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.ObjectiveSpec;
import alphadistill.student.study.Studies;
import alphadistill.student.study.Study;
import alphadistill.student.study.TeacherSpec;
import alphadistill.teacher.Exposures;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.Premium;
import alphadistill.teacher.famamacbeth.FamaMacBeth;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.regression.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FactorTeachingTest {
  private static final MarketData MARKET = MarketData.of(Studies.market(Kind.LINEAR));

  private static Study study(MarketData market, TeacherSpec.Type type) {
    return Study.of(
        market, Studies.spec(Studies.CHARACTERISTICS, ObjectiveSpec.Kind.RESIDUAL, type));
  }

  @Test
  void statisticalFactorsNeedNoFactorFile() {
    Study study = study(Studies.withoutFactors(MARKET), TeacherSpec.Type.STATISTICAL);

    FactorTeaching teaching = FactorTeaching.of(study);

    LinearFactorModel model = teaching.asOf(250);
    assertThat(model.factors()).containsExactly("PC1", "PC2", "PC3");
    assertThat(model.exposures()).isInstanceOf(Exposures.RegressionBetas.class);
    assertThat(teaching.firstHistoryDay()).isEqualTo(41); // loadings on the 40 returns before
    assertThat(teaching.factorReturn(40, 0)).isNaN();
    assertThat(teaching.factorReturn(41, 2)).isFinite();
    assertThat(teaching.answers(teaching.inputs(new int[] {250}, new int[] {3}), n -> model)[0])
        .isFinite();
    assertThatThrownBy(() ->
            FactorTeaching.of(study(Studies.withoutFactors(MARKET), TeacherSpec.Type.TIME_SERIES)))
        .hasMessageContaining("a time-series teacher needs factor returns");
  }

  @Test
  void manySamplesAreAnsweredAsTheyAreOneByOneEachByItsOwnModel() {
    Study study = study(MARKET, TeacherSpec.Type.TIME_SERIES);
    FactorTeaching teaching = FactorTeaching.of(study);
    int samples = 2_100; // more than are looked at together
    int[] day = IntStream.range(0, samples).map(n -> 250 + n % 7).toArray();
    int[] asset = IntStream.range(0, samples).map(n -> n % study.assets()).toArray();

    double[] together = teaching.answers(day, asset, n -> teaching.asOf(day[n]));

    for (int n : new int[] {0, 1, 1023, 1024, 1030, 2047, 2048, 2099}) {
      int sample = n;
      double alone = teaching
          .answers(
              teaching.inputs(new int[] {day[n]}, new int[] {asset[n]}),
              first -> teaching.asOf(day[sample]))[0];
      assertThat(together[n]).isEqualTo(alone).isFinite();
    }
  }

  /** Betas need 40 returns here and labels 63: the first of them are known a week later still. */
  @Test
  void returnsAnswerFromTheFirstDayThatKnowsALabel() {
    Study study = Study.of(
        MARKET,
        Studies.spec(
            List.of("volatility_63"), ObjectiveSpec.Kind.RESIDUAL, TeacherSpec.Type.TIME_SERIES));
    FactorTeaching teaching = FactorTeaching.of(study);

    Samples samples = study.labelled(new Span(teaching.firstDay(), 160));

    assertThat(teaching.firstDay()).isGreaterThan(63);
    assertThat(samples.size()).isPositive();
    assertThat(teaching.answers(
            samples.day(), samples.asset(), n -> teaching.asOf(samples.day()[n])))
        .doesNotContain(Double.NaN);
  }

  /** With all assets in one industry a cross-section is weighted Fama-MacBeth. */
  @Test
  void barraWeighsByTheRootOfDollarVolume() {
    Study study = study(MARKET, TeacherSpec.Type.BARRA);
    Panel size = FeatureSet.of(List.of("size_63")).compute(study.prices(), null);
    float[] weight = new float[size.days() * size.assetCount()];
    for (int day = 0; day < size.days(); day++) {
      for (int asset = 0; asset < size.assetCount(); asset++) {
        float cap = (float) Math.exp(size.value(0, day, asset));
        weight[day * size.assetCount() + asset] = (float) Math.sqrt(cap);
      }
    }
    Panel weighted = study
        .features()
        .with(Panel.builder(size.dates(), size.assets())
            .field(FieldSpec.raw("weight", "root of USD"), weight)
            .build());
    LinearFactorModel plain = new FamaMacBeth(
            study.spec().minimumAssets(), 24, Window.expanding(), OptionalInt.empty())
        .fit(new LabelledCharacteristics(
                weighted, study.spec().features().names(), study.targets(), 1, 5)
            .within(study::isEligible)
            .weightedBy("weight"))
        .asOf(study.dates().get(250));

    LinearFactorModel barra = FactorTeaching.of(study).asOf(250);

    assertThat(barra.fit().rowsUsed()).isEqualTo(plain.fit().rowsUsed()).isPositive();
    for (int k = 0; k < 6; k++) {
      Premium premium = barra.premia().get(k);
      assertThat(premium.value())
          .isCloseTo(plain.premia().get(k).value(), org.assertj.core.api.Assertions.within(1e-6));
    }
    assertThat(FactorTeaching.of(study(MARKET, TeacherSpec.Type.FAMA_MACBETH))
            .asOf(250)
            .premia()
            .get(0)
            .value())
        .isNotCloseTo(plain.premia().get(0).value(), org.assertj.core.api.Assertions.within(1e-4));
  }

  @Test
  void allTeachersOnCharacteristicsFindThePlantedOne() {
    for (TeacherSpec.Type type : TeacherSpec.Type.values()) {
      if (type.seesCharacteristics()) {
        Study study = study(MARKET, type);
        LocalDate day = study.dates().get(400);
        LinearFactorModel model = FactorTeaching.of(study).asOf(400);
        assertThat(model.fittedThrough()).isBeforeOrEqualTo(day);
        assertThat(model.factors()).isEqualTo(Studies.CHARACTERISTICS);
        double[] premia = model.premia().stream().mapToDouble(Premium::value).toArray();
        assertThat(premia).as(type.word()).doesNotContain(Double.NaN);
        assertThat(java.util.Arrays.stream(premia).map(Math::abs).max().orElseThrow())
            .as(type.word())
            .isGreaterThan(0.02);
      }
    }
  }
}
