package alphadistill.teacher.ipca;

/** What each period counts in the loadings; the factors of a period do not depend on it. */
public enum Weighting {
  /** Every asset of every period counts the same, so a period weighs as many rows as it has: the papers' objective. */
  OBSERVATIONS,
  /** Every period counts the same, however many assets it has: its cross products are divided by their number. */
  PERIODS;

  double of(int rows) {
    return this == OBSERVATIONS ? 1 : 1.0 / rows;
  }
}
