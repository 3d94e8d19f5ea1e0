package alphadistill.backtest.signal;

import java.util.Arrays;

/** The names of one date that have both a score and a return, in asset order. */
record CompletePairs(double[] scores, double[] returns) {

  static CompletePairs of(double[] scores, double[] returns) {
    double[] s = new double[scores.length];
    double[] r = new double[scores.length];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isNaN(scores[i]) && !Double.isNaN(returns[i])) {
        s[count] = scores[i];
        r[count++] = returns[i];
      }
    }
    return new CompletePairs(Arrays.copyOf(s, count), Arrays.copyOf(r, count));
  }

  int count() {
    return scores.length;
  }
}
