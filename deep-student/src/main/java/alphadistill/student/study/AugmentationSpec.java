package alphadistill.student.study;

import alphadistill.augment.window.Augmentation;
import alphadistill.augment.window.CrossAssetMixup;
import alphadistill.augment.window.History;
import alphadistill.augment.window.LeverageScaling;
import alphadistill.augment.window.MissingBlocks;
import alphadistill.augment.window.RegimeSplice;
import alphadistill.augment.window.SubPeriod;
import alphadistill.augment.window.TimeReversal;
import alphadistill.augment.window.VolatilityNoise;
import alphadistill.augment.window.WindowSchema;
import java.util.Arrays;

/**
 * What is done to training samples; student and teacher both see the result.
 *
 * @param mixup share of samples mixed with another asset of the same date
 * @param mixupAlpha share of the partner ~ Beta(alpha, alpha)
 * @param nonlinear what mixup does about features that do not mix
 * @param splice blocks of another regime
 * @param subperiod other ends and shorter windows
 * @param noise in the asset's own volatility
 * @param missing blocks without quotes
 * @param scale leverage
 * @param reverse share of samples turned backwards in time, as a negative control
 * @param decay how all rates fall over the epochs
 */
public record AugmentationSpec(
    double mixup,
    double mixupAlpha,
    CrossAssetMixup.Nonlinear nonlinear,
    Splice splice,
    Subperiod subperiod,
    Noise noise,
    Missing missing,
    Scale scale,
    double reverse,
    Augmentation.Decay decay) {

  /** What can be done, in the order in which it is done: what replaces data before what disturbs it. */
  public enum Operation {
    SUBPERIOD,
    MIXUP,
    SPLICE,
    SCALE,
    NOISE,
    MISSING,
    REVERSE
  }

  /**
   * {@link RegimeSplice}.
   *
   * @param rate share of samples
   * @param shortest fewest days of a block
   * @param longest most days; 0 for all but the signal day
   * @param label whether it is kept or mixed by length
   * @param seam what becomes of features that look back further than a block
   */
  public record Splice(
      double rate, int shortest, int longest, RegimeSplice.Label label, RegimeSplice.Seam seam) {
    public Splice {
      requireShare("rate", rate);
      new RegimeSplice(shortest, longest, label, seam, null); // refuses what no history can mend
    }
  }

  /**
   * {@link SubPeriod}.
   *
   * @param rate share of dates whose samples move
   * @param reach most days they move, either way
   * @param shortest fewest days of the window that are kept; 0 for all
   */
  public record Subperiod(double rate, int reach, int shortest) {
    public Subperiod {
      requireShare("rate", rate);
      new SubPeriod(reach, shortest, null);
    }
  }

  /**
   * {@link VolatilityNoise}.
   *
   * @param rate share of samples
   * @param strength in deviations of each feature over the window
   */
  public record Noise(double rate, double strength) {
    public Noise {
      requireShare("rate", rate);
      new VolatilityNoise(strength);
    }
  }

  /**
   * {@link MissingBlocks}.
   *
   * @param rate share of samples
   * @param shortest fewest days of a block
   * @param longest most days
   */
  public record Missing(double rate, int shortest, int longest) {
    public Missing {
      requireShare("rate", rate);
      new MissingBlocks(shortest, longest);
    }
  }

  /**
   * {@link LeverageScaling}.
   *
   * @param rate share of samples
   * @param most largest factor, above 1; the smallest is its inverse
   */
  public record Scale(double rate, double most) {
    public Scale {
      requireShare("rate", rate);
      new LeverageScaling(most);
    }
  }

  public AugmentationSpec {
    requireShare("mixup", mixup);
    requireShare("reverse", reverse);
    new CrossAssetMixup(mixupAlpha, nonlinear); // refuses a bad alpha
  }

  /** Mixup alone. */
  public AugmentationSpec(
      double mixup,
      double mixupAlpha,
      CrossAssetMixup.Nonlinear nonlinear,
      Augmentation.Decay decay) {
    this(
        mixup,
        mixupAlpha,
        nonlinear,
        new Splice(0, 1, 0, RegimeSplice.Label.KEEP, RegimeSplice.Seam.REFUSE),
        new Subperiod(0, 10, 0),
        new Noise(0, 0.1),
        new Missing(0, 1, 1),
        new Scale(0, 1.5),
        0,
        decay);
  }

  /** Samples as they were observed. */
  public static AugmentationSpec none() {
    return new AugmentationSpec(0, 0.4, CrossAssetMixup.Nonlinear.REFUSE, Augmentation.Decay.NONE);
  }

  /** The transforms of one fold, which may take further data from its training span alone. */
  public Augmentation over(History history, int epochs) {
    return new Augmentation(
        Arrays.stream(Operation.values()).map(op -> step(op, history)).toList(), decay, epochs);
  }

  /**
   * Refuses windows that an operation cannot change correctly.
   *
   * @throws IllegalArgumentException that says which feature stands in the way of what
   */
  public void requireFits(WindowSchema schema) {
    over(null, 1).requireFits(schema); // whether windows fit does not depend on the days of a span
  }

  /** One operation at its rate. */
  public Augmentation.Step step(Operation operation, History history) {
    return switch (operation) {
      case SUBPERIOD ->
        new Augmentation.Step(
            new SubPeriod(subperiod.reach, subperiod.shortest, history), subperiod.rate);
      case MIXUP -> new Augmentation.Step(new CrossAssetMixup(mixupAlpha, nonlinear), mixup);
      case SPLICE ->
        new Augmentation.Step(
            new RegimeSplice(splice.shortest, splice.longest, splice.label, splice.seam, history),
            splice.rate);
      case SCALE -> new Augmentation.Step(new LeverageScaling(scale.most), scale.rate);
      case NOISE -> new Augmentation.Step(new VolatilityNoise(noise.strength), noise.rate);
      case MISSING ->
        new Augmentation.Step(new MissingBlocks(missing.shortest, missing.longest), missing.rate);
      case REVERSE -> new Augmentation.Step(new TimeReversal(), reverse);
    };
  }

  private static void requireShare(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s must be a share in [0, 1], was %s".formatted(key, value));
    }
  }
}
