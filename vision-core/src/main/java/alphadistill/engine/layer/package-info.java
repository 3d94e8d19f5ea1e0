/**
 * Layers with forward and backward beside each other, and the body they make.
 *
 * <p>Entry point: {@link alphadistill.engine.layer.DistilledTransformer}. What backward needs is returned by forward,
 * never kept in a layer; step arrays come from {@link alphadistill.engine.layer.Scratch} and are used again.
 */
package alphadistill.engine.layer;
