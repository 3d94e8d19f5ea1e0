package alphadistill.student.learn;

import alphadistill.engine.Heads;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.student.study.ObjectiveSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Both heads say a number.
 *
 * <pre>
 * residual:  class head -> label - answer,  distillation head -> answer,  forecast = sum
 * total:     class head -> label,           distillation head -> answer,  forecast = mean
 * alone:     class head -> label                                          forecast = class head
 * class only: class head -> label, and answer                             forecast = class head
 * </pre>
 *
 * <p>Where one head learns both, both stand on the scale of labels, because they are two views of one return.
 *
 * @param spec distance and share of the teacher
 * @param subtract whether the class head learns what the teacher leaves over
 * @param classScale of what the class head learns
 * @param distScale of the teacher's answers; null without a distillation head
 */
record RealObjective(ObjectiveSpec spec, boolean subtract, Scale classScale, Scale distScale)
    implements Objective {

  static RealObjective alone(ObjectiveSpec spec, double[] labels) {
    return new RealObjective(spec, false, Scale.of(labels), null);
  }

  static RealObjective total(ObjectiveSpec spec, double[] labels, double[] answers) {
    return new RealObjective(spec, false, Scale.of(labels), Scale.of(answers));
  }

  static RealObjective residual(ObjectiveSpec spec, double[] labels, double[] answers) {
    double[] left = new double[labels.length];
    Arrays.setAll(left, i -> labels[i] - answers[i]);
    return new RealObjective(spec, true, Scale.of(left), Scale.of(answers));
  }

  @Override
  public BatchLoss loss(Kernels kernels, boolean taught) {
    return new RealLoss(kernels, this, taught);
  }

  @Override
  public Parts parts(Heads heads) {
    double[] own = HostCopy.doubles(heads.classOutput());
    double[] taught = heads.distilled() ? HostCopy.doubles(heads.distOutput()) : own.clone();
    double[] forecast = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = classScale.up(own[i]);
      if (heads.distilled()) {
        taught[i] = distScale.up(taught[i]);
        forecast[i] = subtract ? own[i] + taught[i] : (own[i] + taught[i]) / 2;
      } else {
        taught[i] = Double.NaN;
        forecast[i] = own[i];
      }
    }
    return new Parts(forecast, own, taught);
  }

  @Override
  public Map<String, String> state() {
    Map<String, String> state = new TreeMap<>(classScale.state("class"));
    if (distScale != null) {
      state.putAll(distScale.state("dist"));
    }
    return state;
  }
}
