package alphadistill.data.filing;

import java.time.LocalDate;

/**
 * One report.
 *
 * @param firstSeen day at whose end it was collected; known from the next trading day on
 * @param symbol of the company
 * @param periodEnd last day of the period it covers
 * @param quarter 1 to 3 for a quarter; 4 for the whole fiscal year
 * @param amended whether it corrects an earlier one
 * @param figures one for each {@link FilingItem}, NaN = not found
 */
record Filing(
    LocalDate firstSeen,
    String symbol,
    LocalDate periodEnd,
    int quarter,
    boolean amended,
    double[] figures) {

  double figure(FilingItem item) {
    return figures[item.ordinal()];
  }
}
