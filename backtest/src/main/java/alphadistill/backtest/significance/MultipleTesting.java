package alphadistill.backtest.significance;

import java.util.Arrays;
import java.util.Comparator;

/** Corrections of p-values for the number of tests made. */
public enum MultipleTesting {
  /** Family-wise error: each p times the number of tests. */
  BONFERRONI {
    @Override
    double factor(int rank, int tests) {
      return tests;
    }
  },
  /** Family-wise error, step down: never weaker than Bonferroni. */
  HOLM {
    @Override
    double factor(int rank, int tests) {
      return tests - rank;
    }
  },
  /** False discovery rate of independent or positively dependent tests (Benjamini and Hochberg). */
  BENJAMINI_HOCHBERG {
    @Override
    double factor(int rank, int tests) {
      return tests / (rank + 1.0);
    }
  },
  /** False discovery rate under any dependence (Benjamini and Yekutieli). */
  BENJAMINI_YEKUTIELI {
    @Override
    double factor(int rank, int tests) {
      double harmonic = 0;
      for (int i = 1; i <= tests; i++) {
        harmonic += 1.0 / i;
      }
      return harmonic * tests / (rank + 1.0);
    }
  };

  /** What the p-value of this rank (0 for the smallest) is multiplied with. */
  abstract double factor(int rank, int tests);

  /** Adjusted p-values in the order given, at most 1: reject those at or below the level wanted. */
  public double[] adjusted(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    boolean stepDown = this == BONFERRONI || this == HOLM;
    double[] adjusted = new double[p.length];
    double bound = stepDown ? 0 : 1; // an adjusted value never falls below that of a smaller p
    for (int i = 0; i < p.length; i++) {
      int rank = stepDown ? i : p.length - 1 - i;
      double value = Math.min(1, p[order[rank]] * factor(rank, p.length));
      bound = stepDown ? Math.max(bound, value) : Math.min(bound, value);
      adjusted[order[rank]] = this == BONFERRONI ? value : bound;
    }
    return adjusted;
  }
}
