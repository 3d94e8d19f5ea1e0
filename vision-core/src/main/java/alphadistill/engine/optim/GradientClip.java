package alphadistill.engine.optim;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import java.util.List;

/**
 * Clips all gradients together by their global L2 norm: factor {@code min(1, largest / (norm + 1e-6))}.
 *
 * @param largest norm that is let through; 0 for no clipping
 */
public record GradientClip(double largest) {

  public GradientClip {
    if (!(largest >= 0)) {
      throw new IllegalArgumentException(
          "the largest gradient norm must be 0 (no clipping) or positive, was " + largest);
    }
  }

  /** Scales the gradients and returns their norm before clipping. */
  public double apply(Kernels kernels, List<Parameter> parameters) {
    double norm = Math.sqrt(
        kernels.sumOfSquares(parameters.stream().map(Parameter::gradient).toList()));
    double factor = largest / (norm + 1e-6);
    if (largest > 0 && factor < 1) {
      parameters.forEach(parameter -> kernels.scale(parameter.gradient(), factor));
    }
    return norm;
  }
}
