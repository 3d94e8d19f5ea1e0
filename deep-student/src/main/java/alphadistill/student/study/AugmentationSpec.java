package alphadistill.student.study;

import alphadistill.augment.window.Augmentation;
import alphadistill.augment.window.CrossAssetMixup;
import alphadistill.augment.window.History;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done to training samples; student and teacher both see the result.
 *
 * @param mixup share of samples mixed with another asset of the same date
 * @param mixupAlpha share of the partner ~ Beta(alpha, alpha)
 * @param nonlinear what mixup does about features that do not mix
 * @param decay how all rates fall over the epochs
 */
public record AugmentationSpec(
    double mixup,
    double mixupAlpha,
    CrossAssetMixup.Nonlinear nonlinear,
    Augmentation.Decay decay) {

  public AugmentationSpec {
    requireShare("mixup", mixup);
    new CrossAssetMixup(mixupAlpha, nonlinear); // refuses a bad alpha
  }

  /** Samples as they were observed. */
  public static AugmentationSpec none() {
    return new AugmentationSpec(0, 0.4, CrossAssetMixup.Nonlinear.REFUSE, Augmentation.Decay.NONE);
  }

  /** The transforms of one fold, which may take further data from its training span alone. */
  public Augmentation over(History history, int epochs) {
    List<Augmentation.Step> steps = new ArrayList<>();
    steps.add(new Augmentation.Step(new CrossAssetMixup(mixupAlpha, nonlinear), mixup));
    return new Augmentation(steps, decay, epochs);
  }

  private static void requireShare(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s must be a share in [0, 1], was %s".formatted(key, value));
    }
  }
}
