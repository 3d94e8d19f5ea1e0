package alphadistill.teacher;

import java.time.LocalDate;

/**
 * The models of every day: what would have been known, had one stood at the close of that day. Immutable and safe for
 * use by several threads; a model is cheap enough to ask for on each day of ten years.
 *
 * <p>The promise: {@code asOf(day)} has the same bits whatever happens to the data after {@code day}.
 */
public interface FactorHistory {
  /**
   * The model that uses only what was known at the close of {@code day}; a day without trading answers as the trading
   * day before it.
   *
   * @throws IllegalArgumentException if too little was known on {@code day}; the message says how much was missing
   */
  LinearFactorModel asOf(LocalDate day);

  /** The first day for which {@link #asOf} gives a model. */
  LocalDate firstDay();
}
