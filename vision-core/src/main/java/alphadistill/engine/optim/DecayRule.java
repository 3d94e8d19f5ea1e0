package alphadistill.engine.optim;

import alphadistill.engine.Parameter;
import java.util.List;

/**
 * Which parameters weight decay spares beside one-dimensional tensors, biases, positions and class token: whether the
 * distillation token is among them (vision.md section 3).
 */
public enum DecayRule {
  /** It decays: DeiT's own list of exceptions does not have it. */
  REFERENCE,
  /** It is spared, as in timm since it took DeiT in. */
  SPARES_DISTILLATION_TOKEN;

  /** The same parameters, marked for an optimiser. */
  public List<Parameter> mark(List<Parameter> parameters) {
    return parameters.stream()
        .map(p -> p.name().equals("dist_token")
            ? new Parameter(p.name(), p.value(), p.gradient(), this == REFERENCE)
            : p)
        .toList();
  }
}
