package alphadistill.backtest.simulate;

import java.time.LocalDate;

/**
 * A position that was closed because its name had no price any more.
 *
 * @param date day it was closed and the delisting return booked
 * @param asset name
 * @param lastPriced day of its last price
 * @param weight share of equity just before
 * @param delistingReturn booked on the last price
 */
public record Delisting(
    LocalDate date, String asset, LocalDate lastPriced, double weight, double delistingReturn) {}
