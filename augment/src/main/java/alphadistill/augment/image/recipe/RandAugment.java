package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;

/**
 * A few operations at random, all of one magnitude (Cubuk et al. 2019, as timm does it): operations are drawn, then each
 * is applied or not; its magnitude is drawn anew, {@code N(magnitude, deviation)} cut to [0, largest]. Pictures are
 * moved bicubically, and filled with the mean of ImageNet.
 *
 * <pre>{@code
 * RandAugment policy = RandAugment.parse("rand-m9-mstd0.5-inc1");
 * Image changed = policy.apply(image, Draws.of(seed, "augment", epoch, index));
 * }</pre>
 *
 * @param magnitude at which operations are applied, usually in [0, 10]
 * @param operations drawn for each picture, at least 1
 * @param deviation standard deviation of the magnitude; infinite: uniform in [0, magnitude]
 * @param largest magnitude, positive
 * @param probability with which a drawn operation is applied
 * @param increasing whether every operation does more for a larger magnitude
 * @param set what is drawn from
 */
public record RandAugment(
    int magnitude,
    int operations,
    double deviation,
    double largest,
    double probability,
    boolean increasing,
    OperationSet set)
    implements ColourPolicy {

  /** What DeiT trains with: {@code rand-m9-mstd0.5-inc1}. */
  public static final RandAugment DEIT =
      new RandAugment(9, 2, 0.5, Operation.FULL, 0.5, true, OperationSet.ALL);

  public RandAugment {
    if (magnitude < 0) {
      throw new IllegalArgumentException(
          "the magnitude of RandAugment cannot be negative, was " + magnitude);
    }
    if (operations < 1 || operations > set.most()) {
      throw new IllegalArgumentException("RandAugment draws at least 1 operation%s, was to draw %d"
          .formatted(
              set.most() == Integer.MAX_VALUE
                  ? ""
                  : " and at most the %d that its weighted set has".formatted(set.most()),
              operations));
    }
    if (!(deviation >= 0)) {
      throw new IllegalArgumentException(
          "the deviation of the magnitude cannot be negative, was " + deviation);
    }
    if (!(largest > 0)) {
      throw new IllegalArgumentException("the largest magnitude is positive, was " + largest);
    }
    Sizes.requireProbability("an operation", probability);
  }

  /**
   * A policy in timm's words: {@code rand} and parts separated by {@code -}.
   *
   * <table>
   *   <caption>parts, in any order</caption>
   *   <tr><td>m9</td><td>magnitude, a whole number; 10 if not given</td></tr>
   *   <tr><td>n2</td><td>operations per picture; 2</td></tr>
   *   <tr><td>p0.5</td><td>probability of each; 0.5</td></tr>
   *   <tr><td>mstd0.5</td><td>deviation of the magnitude; 0; above 100: uniform in [0, magnitude]</td></tr>
   *   <tr><td>mmax10</td><td>largest magnitude; 10</td></tr>
   *   <tr><td>inc1</td><td>increasing operations; any number switches them on, 0 too, as in timm</td></tr>
   *   <tr><td>w0</td><td>the weighted set of timm 0.3.2</td></tr>
   *   <tr><td>tweights, t3a, t3aw</td><td>a named set of timm 1.0</td></tr>
   * </table>
   *
   * @throws IllegalArgumentException that names the part; unlike timm, also where a part has no number or comes twice
   */
  public static RandAugment parse(String policy) {
    return RandAugmentGrammar.parse(policy);
  }

  @Override
  public Image apply(Image image, Draws draws) {
    Image changed = image;
    for (Operation operation : set.choose(operations, draws)) {
      if (draws.uniform() < probability) {
        changed = operation.apply(changed, drawMagnitude(draws), increasing, draws);
      }
    }
    return changed;
  }

  private double drawMagnitude(Draws draws) {
    double drawn = magnitude;
    if (deviation == Double.POSITIVE_INFINITY) {
      drawn *= draws.uniform();
    } else if (deviation > 0) {
      drawn += deviation * draws.normal();
    }
    return Math.max(0, Math.min(largest, drawn));
  }
}
