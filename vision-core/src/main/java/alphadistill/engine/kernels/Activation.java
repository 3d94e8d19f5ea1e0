package alphadistill.engine.kernels;

/** What is applied to each value after a convolution or a sum. */
public enum Activation {
  /** y = x. */
  NONE,
  /** y = max(x, 0). */
  RELU,
  /** y = x / (1 + exp(-x)), also called swish. */
  SILU
}
