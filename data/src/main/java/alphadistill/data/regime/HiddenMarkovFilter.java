package alphadistill.data.regime;

/**
 * Two-state Gaussian hidden Markov model with given parameters: the filtered probability of each state, which uses the
 * past and the present alone, never the smoothed one.
 *
 * @param mean of the returns in each state
 * @param deviation of the returns in each state
 * @param transition probability of going from state i to state j, {@code [i][j]}
 * @param start state probabilities of the first observation, before it is seen
 */
public record HiddenMarkovFilter(
    double[] mean, double[] deviation, double[][] transition, double[] start) {

  /**
   * Filtered probabilities.
   *
   * @param stateZero probability of state 0 given all returns up to and including each day
   * @param logLikelihood of all returns
   */
  public record Filtered(double[] stateZero, double logLikelihood) {}

  public HiddenMarkovFilter {
    for (int i = 0; i < 2; i++) {
      if (!(deviation[i] > 0) || Math.abs(transition[i][0] + transition[i][1] - 1) > 1e-9) {
        throw new IllegalArgumentException(
            "state %d needs a positive deviation and transitions that sum to one, has %s and %s + %s"
                .formatted(i, deviation[i], transition[i][0], transition[i][1]));
      }
    }
  }

  public Filtered filter(double[] returns) {
    double[] stateZero = new double[returns.length];
    double logLikelihood = 0;
    double prior = start[0];
    for (int day = 0; day < returns.length; day++) {
      double zero = prior * density(returns[day], 0);
      double one = (1 - prior) * density(returns[day], 1);
      stateZero[day] = zero / (zero + one);
      logLikelihood += Math.log(zero + one);
      prior = stateZero[day] * transition[0][0] + (1 - stateZero[day]) * transition[1][0];
    }
    return new Filtered(stateZero, logLikelihood);
  }

  private double density(double x, int state) {
    double z = (x - mean[state]) / deviation[state];
    return Math.exp(-0.5 * z * z) / (deviation[state] * Math.sqrt(2 * Math.PI));
  }
}
