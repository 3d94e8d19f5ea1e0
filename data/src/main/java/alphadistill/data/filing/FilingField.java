package alphadistill.data.filing;

import alphadistill.data.panel.FieldSpec;

/**
 * A number of each day made from the reports known by then.
 *
 * @param item the figure
 * @param measure which of its values
 */
public record FilingField(FilingItem item, Measure measure) {

  /** Which value of a figure, counted from the newest report known. */
  public enum Measure {
    /** Of the newest quarter alone; the fourth is the year less the three before. */
    QUARTER("_q", "of the newest quarter"),
    /** Sum of the newest four quarters; all four must be known. An annual report is its own sum. */
    YEAR("_4q", "sum of the newest four quarters"),
    /** At the end of the newest period. */
    END("", "at the end of the newest period"),
    /** At the end of the period a year before the newest. */
    END_YEAR_BEFORE("_year_before", "at the end of the period a year before the newest");

    private final String suffix;
    private final String words;

    Measure(String suffix, String words) {
      this.suffix = suffix;
      this.words = words;
    }
  }

  public FilingField {
    boolean ofEnd = measure == Measure.END || measure == Measure.END_YEAR_BEFORE;
    if (ofEnd != (item.span() == FilingItem.Span.END)) {
      throw new IllegalArgumentException("'%s' is %s, which has no value %s"
          .formatted(
              item.column(),
              ofEnd ? "earned over a span of time" : "a balance at a day",
              measure.words));
    }
  }

  /** Such as {@code net_income_4q}. */
  public String name() {
    return item.column() + measure.suffix;
  }

  FieldSpec spec(int maximumAge) {
    return new FieldSpec(
        name(),
        item.unit(),
        "%s %s, by reports first seen before the day; missing when the period ended more than %d days before"
            .formatted(item.column(), measure.words, maximumAge),
        0);
  }
}
