/**
 * Markets whose truth is known: what can be learned from them is known before anything is learned.
 *
 * <p>Entry point: {@link alphadistill.data.simulate.SimulatedMarket}.
 */
package alphadistill.data.simulate;
