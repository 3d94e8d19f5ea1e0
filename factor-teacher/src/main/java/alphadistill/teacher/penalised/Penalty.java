package alphadistill.teacher.penalised;

import java.util.List;

/** What coefficients cost, and the strengths that are tried. */
public sealed interface Penalty {
  /** Strengths to choose from, the strongest first: of two that forecast equally well the stronger is taken. */
  List<Double> strengths();

  /**
   * Squared coefficients. A strength is the penalty for each row, that of
   * {@link alphadistill.teacher.regression.Ridge} over the number of rows, so it compares with the characteristics'
   * variance: characteristics should be scaled alike.
   */
  record Ridge() implements Penalty {
    @Override
    public List<Double> strengths() {
      return List.of(10.0, 3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 1e-3, 1e-4);
    }
  }

  /**
   * Absolute and squared coefficients. A strength is a share of the smallest penalty at which no coefficient is left
   * ({@link alphadistill.teacher.regression.ElasticNet#emptyAt}), which depends neither on the unit of the labels nor on
   * that of all characteristics. It is below one, so at least one characteristic always counts.
   *
   * @param l1Ratio share of the absolute values, above 0 and at most 1, which is the lasso
   */
  record ElasticNet(double l1Ratio) implements Penalty {
    public ElasticNet {
      if (!(l1Ratio > 0 && l1Ratio <= 1)) {
        throw new IllegalArgumentException(
            "l1Ratio must be above 0 and at most 1, was %s; for 0 use ridge".formatted(l1Ratio));
      }
    }

    @Override
    public List<Double> strengths() {
      return List.of(0.9, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.06, 0.03, 0.01, 1e-3);
    }
  }
}
