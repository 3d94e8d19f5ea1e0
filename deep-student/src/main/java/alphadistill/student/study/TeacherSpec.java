package alphadistill.student.study;

import java.util.List;

/**
 * Which linear factor model teaches.
 *
 * @param type estimator
 * @param characteristics features the Fama-MacBeth teacher sees; empty for all features of the study
 * @param window trading days an estimate looks back: the regression window of {@code TIME_SERIES}, or the periods
 *     averaged by {@code FAMA_MACBETH}; 0 for all days so far
 * @param minimum observations before there is an estimate: days of a regression, or periods of Fama-MacBeth
 */
public record TeacherSpec(Type type, List<String> characteristics, int window, int minimum) {

  /** Estimators that can teach. */
  public enum Type {
    FAMA_MACBETH,
    TIME_SERIES
  }

  public TeacherSpec {
    characteristics = List.copyOf(characteristics);
    if (window < 0 || minimum < 1 || (window > 0 && window < minimum)) {
      throw new IllegalArgumentException(
          "window must be 0 (all days so far) or at least the minimum, and the minimum at least 1, were %d and %d"
              .formatted(window, minimum));
    }
  }
}
