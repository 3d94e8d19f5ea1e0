package alphadistill.backtest.metric;

import java.util.OptionalInt;

/**
 * One fall of wealth below its highest value so far. Positions count returns already earned: 0 is before the first
 * return, i is after return i - 1.
 *
 * @param peak position of the last high before the fall
 * @param valley position of the lowest wealth
 * @param recovered position where wealth is back at the peak; empty while it is not
 * @param depth wealth at the valley over wealth at the peak, less 1; negative
 * @param length periods from the peak to the recovery, or to the end of the series when not recovered
 */
public record Drawdown(int peak, int valley, OptionalInt recovered, double depth, int length) {}
