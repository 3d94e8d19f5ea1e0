package alphadistill.student.fold;

/**
 * A closed range of day indices.
 *
 * @param first index of the first day
 * @param last index of the last day, at least {@code first}
 */
public record Span(int first, int last) {

  public Span {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException(
          "a span of days needs 0 <= first <= last, was %d to %d".formatted(first, last));
    }
  }

  public int length() {
    return last - first + 1;
  }

  public boolean contains(int day) {
    return day >= first && day <= last;
  }
}
