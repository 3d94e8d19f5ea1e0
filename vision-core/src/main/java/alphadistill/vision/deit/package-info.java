/**
 * The image transformers DeiT and DeiT III: their sizes, their networks on the shared engine, and their positions at
 * another picture size (vision.md sections 1 and 2).
 *
 * <p>Entry point: {@link alphadistill.vision.deit.Deit}.
 */
package alphadistill.vision.deit;
