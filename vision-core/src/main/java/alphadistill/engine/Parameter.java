package alphadistill.engine;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One trained tensor with its gradient.
 *
 * @param name tensor name as in checkpoints (timm names), such as {@code blocks.0.attn.qkv.weight}
 * @param value current value, C order; changed in place by the optimiser
 * @param gradient derivative of the loss, same shape; layers add to it, the trainer sets it to zero
 * @param decayed whether weight decay applies: not to one-dimensional tensors, biases, positions and class token
 *     (vision.md section 3)
 */
public record Parameter(String name, INDArray value, INDArray gradient, boolean decayed) {

  public Parameter {
    if (!java.util.Arrays.equals(value.shape(), gradient.shape())) {
      throw new IllegalArgumentException(
          "gradient of '%s' has another shape than its value".formatted(name));
    }
  }
}
