package alphadistill.student.teach;

import alphadistill.augment.window.TeacherInputs;
import alphadistill.data.feature.FeatureSet;
import alphadistill.data.panel.Panel;
import alphadistill.student.study.Study;
import alphadistill.student.study.TeacherSpec;
import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.crosssection.IndustryStyles;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import java.util.Arrays;
import java.util.List;

/**
 * Models linear in the study's own features, fitted on its targets: premia are already in the targets' unit. A model is
 * fixed before its day, so the answer to a mix is the mix of answers, whatever the estimator.
 */
final class CharacteristicTeaching extends FactorTeaching {
  /** Log of mean dollar volume. */
  private static final String SIZE = "size_63";

  private final int[] fields;

  CharacteristicTeaching(Study study) {
    super(study, fit(study), 0);
    this.fields = names(study).stream().mapToInt(study.features()::fieldIndex).toArray();
  }

  private static List<String> names(Study study) {
    List<String> chosen = study.spec().teacher().characteristics();
    return chosen.isEmpty() ? study.spec().features().names() : chosen;
  }

  private static FactorHistory fit(Study study) {
    TeacherSpec spec = study.spec().teacher();
    LabelledCharacteristics labelled = new LabelledCharacteristics(
            study.features(),
            names(study),
            study.targets(),
            study.spec().label().lag(),
            study.spec().label().horizon())
        .within(study::isEligible);
    return spec.type() == TeacherSpec.Type.BARRA
        ? spec.onStyles(study.spec().minimumAssets()).fit(styles(study, labelled))
        : spec.onCharacteristics(study.spec().minimumAssets()).fit(labelled);
  }

  /**
   * All assets in one industry, whose return the country takes up, and dollar volume in place of the capitalisation that
   * price files lack. Features are standardised already; that their mean is not weighted moves the country alone.
   */
  private static IndustryStyles styles(Study study, LabelledCharacteristics labelled) {
    float[] caps = new float[study.dates().size() * study.assets()];
    Arrays.fill(caps, Float.NaN);
    boolean any = false;
    if (study.prices().hasField("volume")) {
      Panel size = FeatureSet.of(List.of(SIZE)).compute(study.prices(), null);
      for (int day = 0; day < size.days(); day++) {
        float[] logs = size.crossSection(0, day);
        for (int asset = 0; asset < logs.length; asset++) {
          caps[day * logs.length + asset] = (float) Math.exp(logs[asset]);
          any |= Float.isFinite(logs[asset]);
        }
      }
    }
    if (!any) {
      throw new IllegalArgumentException(
          "barra weights assets by the mean dollar volume of 63 days, and no asset has one: name the column in data.columns.volume, or use fama_macbeth");
    }
    return new IndustryStyles(labelled, List.of("all"), new int[caps.length], caps);
  }

  @Override
  public TeacherInputs inputs(int[] day, int[] asset) {
    double[] values = new double[day.length * fields.length];
    for (int n = 0; n < day.length; n++) {
      for (int k = 0; k < fields.length; k++) {
        values[n * fields.length + k] = study().features().value(fields[k], day[n], asset[n]);
      }
    }
    return new TeacherInputs.Characteristics(
        Arrays.stream(fields).boxed().toList(), values); // channels are the features in order
  }

  @Override
  public double[] answers(TeacherInputs inputs, ModelOf model) {
    double[] values = ((TeacherInputs.Characteristics) inputs).values();
    double[] answers = new double[inputs.samples()];
    for (int n = 0; n < answers.length; n++) {
      answers[n] = model
          .get(n)
          .expectedReturn(Arrays.copyOfRange(values, n * fields.length, (n + 1) * fields.length));
    }
    return answers;
  }
}
