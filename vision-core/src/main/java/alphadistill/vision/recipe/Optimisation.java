package alphadistill.vision.recipe;

import alphadistill.engine.optim.AdamW;
import alphadistill.engine.optim.DecayRule;
import alphadistill.engine.optim.GradientClip;

/**
 * How gradients move weights.
 *
 * @param kind of optimiser
 * @param weightDecay of decayed tensors; 0.05 in DeiT
 * @param beta1 memory of the first moment; 0.9
 * @param beta2 memory of the second moment; 0.999
 * @param epsilon added to the root of the second moment; DeiT passes 1e-8 to LAMB too, whose own default is 1e-6
 * @param decayed which tensors decay
 * @param clip largest norm of all gradients together; 0 for no clipping, the reference's default
 */
public record Optimisation(
    Kind kind,
    double weightDecay,
    double beta1,
    double beta2,
    double epsilon,
    DecayRule decayed,
    double clip) {

  /** The reference's two optimisers. */
  public enum Kind {
    ADAMW,
    /** The reference's "fusedlamb" (vision.md section 3), which clips gradients to a norm of 1 itself. */
    LAMB
  }

  public Optimisation {
    new AdamW.Spec(weightDecay, beta1, beta2, epsilon); // refuses nonsense
    new GradientClip(clip);
  }

  /** AdamW with the reference's betas and epsilon, without clipping. */
  public static Optimisation adamW(double weightDecay) {
    return new Optimisation(Kind.ADAMW, weightDecay, 0.9, 0.999, 1e-8, DecayRule.REFERENCE, 0);
  }

  /** LAMB as DeiT III runs it. */
  public static Optimisation lamb(double weightDecay) {
    return new Optimisation(Kind.LAMB, weightDecay, 0.9, 0.999, 1e-8, DecayRule.REFERENCE, 0);
  }
}
