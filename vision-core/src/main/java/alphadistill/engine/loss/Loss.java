package alphadistill.engine.loss;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss with its derivatives by what the two heads said. The arrays belong to the {@link DistillationLoss} that made
 * them and hold until it makes the next.
 *
 * @param value mean over the batch
 * @param classGradient derivative by the class output (N, C)
 * @param distGradient derivative by the distillation output (N, C); null without a distillation head
 */
public record Loss(double value, INDArray classGradient, INDArray distGradient) {}
