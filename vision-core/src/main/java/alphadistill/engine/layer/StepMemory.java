package alphadistill.engine.layer;

import alphadistill.engine.kernels.Kernels;

/**
 * The arrays of a training step in three stacks by how long they live, so that each is given back as soon as nobody reads
 * it any more, and every block finds the same arrays in the same order.
 *
 * @param whole from the forward pass to the end of its backward: tokens, factors of stochastic depth, heads
 * @param kept what the backward of a block needs again, which gives it back
 * @param passing what one layer hands to the next, given back inside a block
 */
record StepMemory(Scratch whole, Scratch kept, Scratch passing) {

  StepMemory(Kernels kernels) {
    this(new Scratch(kernels), new Scratch(kernels), new Scratch(kernels));
  }

  /** Elements of all arrays; constant after warm-up. */
  long allocatedElements() {
    return whole.allocatedElements() + kept.allocatedElements() + passing.allocatedElements();
  }
}
