package alphadistill.engine.train;

/** Stops when inner validation has not improved for some epochs; an undefined validation never improves. */
final class EarlyStopping {
  private final int patience;
  private double best = Double.NEGATIVE_INFINITY;
  private int bestEpoch;
  private int waited;

  EarlyStopping(int patience) {
    this.patience = patience;
  }

  /** Takes the validation of an epoch and says whether it is the best so far. */
  boolean improves(int epoch, double validation) {
    if (validation > best) {
      best = validation;
      bestEpoch = epoch;
      waited = 0;
      return true;
    }
    waited++;
    return false;
  }

  /** Epochs since the best one. */
  int waited() {
    return waited;
  }

  /** Goes on as if the validations so far had been seen. */
  void resumeAt(double bestSoFar, int epochOfBest, int epochsWaited) {
    best = bestSoFar;
    bestEpoch = epochOfBest;
    waited = epochsWaited;
  }

  boolean isOver() {
    return waited >= patience;
  }

  double best() {
    return best;
  }

  int bestEpoch() {
    return bestEpoch;
  }
}
