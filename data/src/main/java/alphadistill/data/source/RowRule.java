package alphadistill.data.source;

import java.time.LocalDate;

/** Looks at each row of a long table before it enters a panel. */
interface RowRule {
  /** Every value must be finite or missing; nothing is changed. */
  RowRule FINITE = (asset, day, values) -> {
    for (float value : values) {
      if (Float.isInfinite(value)) {
        throw new Refusal("%s on %s is infinite; correct or remove it"
            .formatted(asset, LocalDate.ofEpochDay(day)));
      }
    }
    return true;
  };

  /**
   * Whether the row enters the panel.
   *
   * @param values one for each field, NaN = missing; may be changed
   * @throws Refusal if the file cannot be used
   */
  boolean keep(String asset, int day, float[] values);

  /** What is wrong with a row, without its place in the file. */
  final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message, null, false, false);
    }
  }
}
