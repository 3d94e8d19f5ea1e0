package alphadistill.engine.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the layers of a network said about a batch of N samples, T tokens each: class token, distillation token if there
 * is one, patches.
 *
 * @param tokens (N, T, D) after the embedding with its positions, then after every block
 * @param normed (N, T, D) after the last norm
 * @param attention softmax rows of every block (N, heads, T, T): who looks, at whom
 */
public record LayerTokens(List<INDArray> tokens, INDArray normed, List<INDArray> attention) {

  public LayerTokens {
    tokens = List.copyOf(tokens);
    attention = List.copyOf(attention);
  }
}
