/**
 * How the numbers of one asset on one day came about, so that they can be checked by hand.
 *
 * <p>Entry point: {@link alphadistill.data.explain.CellTrace}.
 */
package alphadistill.data.explain;
