/**
 * Looks for what is wrong with prices that can be read: bad prints, gaps, stale and impossible values.
 *
 * <p>Entry points: {@link alphadistill.data.check.SuspiciousTicks} finds and masks bad prints by a stated
 * {@link alphadistill.data.check.TickPolicy}; {@link alphadistill.data.check.DataCheck} lists everything that a
 * person should look at and changes nothing.
 */
package alphadistill.data.check;
