package alphadistill.vision.evaluate;

import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Softmax;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A picture to look at.
 *
 * @param picture its index in the set
 * @param truth its class
 * @param given the class with the largest logit
 * @param probability of that class, in [0, 1]
 */
public record Example(int picture, int truth, int given, double probability) {

  /**
   * The first pictures of the set, right or wrong: how it usually goes.
   *
   * @param logits of all pictures (N, C), left unchanged
   */
  public static List<Example> first(Predictions truth, INDArray logits, int most) {
    return all(truth, logits).stream().limit(most).toList();
  }

  /** The mistakes that the network is surest of, the surest first; often a label is wrong, or a picture odd. */
  public static List<Example> surestMistakes(Predictions truth, INDArray logits, int most) {
    return all(truth, logits).stream()
        .filter(example -> example.given() != example.truth())
        .sorted(Comparator.comparingDouble(Example::probability).reversed())
        .limit(most)
        .toList();
  }

  private static List<Example> all(Predictions truth, INDArray logits) {
    Predictions given = Predictions.of("network", logits);
    truth.differsFrom(given); // refuses other numbers of pictures
    double[][] logs = HostCopy.rows(Softmax.log(logits));
    return IntStream.range(0, truth.pictures())
        .mapToObj(n -> new Example(
            n, truth.classes()[n], given.classes()[n], Math.exp(logs[n][given.classes()[n]])))
        .toList();
  }
}
