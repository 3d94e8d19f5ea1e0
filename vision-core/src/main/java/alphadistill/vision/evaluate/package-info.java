/**
 * How good the answers of a network are, of each of its heads, and with whom they agree.
 *
 * <p>Entry point: {@link alphadistill.vision.evaluate.Predictions}. Numbers only: nothing here runs a network or draws.
 */
package alphadistill.vision.evaluate;
