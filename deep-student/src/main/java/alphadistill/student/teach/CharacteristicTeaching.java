package alphadistill.student.teach;

import alphadistill.augment.window.TeacherInputs;
import alphadistill.student.study.Study;
import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import java.util.Arrays;
import java.util.List;

/**
 * Models linear in the study's own features, fitted on its targets: premia are already in the targets' unit. A model is
 * fixed before its day, so the answer to a mix is the mix of answers, whatever the estimator.
 */
final class CharacteristicTeaching extends FactorTeaching {
  private final int[] fields;

  CharacteristicTeaching(Study study) {
    super(study, fit(study));
    this.fields = names(study).stream().mapToInt(study.features()::fieldIndex).toArray();
  }

  private static List<String> names(Study study) {
    List<String> chosen = study.spec().teacher().characteristics();
    return chosen.isEmpty() ? study.spec().features().names() : chosen;
  }

  private static FactorHistory fit(Study study) {
    return study
        .spec()
        .teacher()
        .onCharacteristics(study.spec().minimumAssets())
        .fit(new LabelledCharacteristics(
                study.features(),
                names(study),
                study.targets(),
                study.spec().label().lag(),
                study.spec().label().horizon())
            .within(study::isEligible));
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
