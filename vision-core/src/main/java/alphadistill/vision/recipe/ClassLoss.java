package alphadistill.vision.recipe;

import alphadistill.engine.loss.Distance;

/**
 * What the class head learns from labels.
 *
 * @param kind of loss
 * @param smoothing share of a label that is spread over all classes, in [0, 1); 0 for {@code BINARY}
 */
public record ClassLoss(Kind kind, double smoothing) {

  /** The reference's two losses. */
  public enum Kind {
    /** Cross entropy of the smoothed, mixed targets (DeiT). */
    SOFT_TARGETS,
    /** Logistic loss of every class against 1 where the mixed target is positive, 0 elsewhere (DeiT III). */
    BINARY
  }

  public ClassLoss {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("smoothing must be in [0, 1), was " + smoothing);
    }
    if (kind == Kind.BINARY && smoothing > 0) {
      throw new IllegalArgumentException(
          "smoothing of %s with the binary loss would make every class a positive one: set smoothing to 0"
              .formatted(smoothing));
    }
  }

  /** How far the class output is from its target. */
  public Distance distance() {
    return kind == Kind.BINARY ? new Distance.BinaryCrossEntropy() : new Distance.CrossEntropy();
  }
}
