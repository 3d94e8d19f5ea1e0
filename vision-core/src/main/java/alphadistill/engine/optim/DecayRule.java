package alphadistill.engine.optim;

import alphadistill.engine.Parameter;
import java.util.List;

/**
 * Which parameters weight decay spares: one-dimensional tensors, biases, positions and class token, and whether the
 * distillation token is among them (vision.md section 3).
 */
public enum DecayRule {
  /** It decays: DeiT's own list of exceptions does not have it. */
  REFERENCE,
  /** It is spared, as in timm since it took DeiT in. */
  SPARES_DISTILLATION_TOKEN,
  /** Every tensor decays, those four kinds too. */
  EVERYTHING;

  /** The same parameters, marked for an optimiser. */
  public List<Parameter> mark(List<Parameter> parameters) {
    return parameters.stream()
        .map(p -> new Parameter(p.name(), p.value(), p.gradient(), decays(p)))
        .toList();
  }

  private boolean decays(Parameter parameter) {
    return switch (this) {
      case REFERENCE -> parameter.decayed();
      case SPARES_DISTILLATION_TOKEN ->
        parameter.decayed() && !parameter.name().equals("dist_token");
      case EVERYTHING -> true;
    };
  }
}
