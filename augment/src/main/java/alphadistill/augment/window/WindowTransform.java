package alphadistill.augment.window;

/**
 * Changes some samples of a batch: windows, labels, teacher inputs and origins together. What a transform cannot change
 * correctly it refuses when it is checked against the schema, before any training.
 */
public interface WindowTransform {

  /**
   * The changed batch; the input stays as it was.
   *
   * @param key says which random numbers are drawn: the same key gives the same batch
   * @param rate share of samples that are changed, in [0, 1]
   */
  WindowBatch apply(WindowBatch batch, Key key, double rate);

  /**
   * Refuses windows this transform cannot change correctly.
   *
   * @throws IllegalArgumentException that says which channel stands in the way and what can be done
   */
  void requireFits(WindowSchema schema);

  /**
   * Where in a training a batch stands.
   *
   * @param seed of the training
   * @param epoch from 0
   * @param step in the epoch, from 0
   */
  record Key(long seed, int epoch, int step) {}
}
