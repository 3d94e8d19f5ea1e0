package alphadistill.engine;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network with a class head and, when distilled, a distillation head. */
public interface Network {
  /** @param input one batch in the shape the network's embedding wants; left unchanged */
  Heads forward(INDArray input, Pass pass);

  /**
   * Adds to every parameter's gradient.
   *
   * @param heads from a training pass, used once
   * @param classGradient derivative of the loss by the class output (N, C)
   * @param distGradient derivative by the distillation output (N, C); null when there is none
   */
  void backward(Heads heads, INDArray classGradient, INDArray distGradient);

  /** In checkpoint order. */
  List<Parameter> parameters();
}
