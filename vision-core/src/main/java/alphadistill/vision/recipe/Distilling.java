package alphadistill.vision.recipe;

import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.Distillation.Soft.Normalisation;

/**
 * How the distillation token is taught.
 *
 * @param kind none, hard or soft
 * @param teacherShare share of the loss that the teacher gets, in [0, 1]; 0.5 in the reference's code
 * @param temperature for soft distillation; 1 in the reference's code, 3 for the paper's soft baseline
 * @param divisor for soft distillation: what the divergence is divided by; all elements in the reference's code
 */
public record Distilling(
    Kind kind, double teacherShare, double temperature, Normalisation divisor) {

  /** The forms of the DeiT paper. */
  public enum Kind {
    NONE,
    HARD,
    SOFT
  }

  public Distilling {
    new Distillation.Soft(teacherShare, temperature, divisor); // refuses shares and temperatures
  }

  /** The same token taught in another way. */
  public Distilling as(Kind other) {
    return new Distilling(other, teacherShare, temperature, divisor);
  }

  /** Whether the network has a distillation token and a teacher is asked. */
  public boolean asksTeacher() {
    return kind != Kind.NONE;
  }

  /** The loss. */
  public Distillation loss() {
    return switch (kind) {
      case NONE -> new Distillation.None();
      case HARD -> new Distillation.Hard(teacherShare);
      case SOFT -> new Distillation.Soft(teacherShare, temperature, divisor);
    };
  }
}
