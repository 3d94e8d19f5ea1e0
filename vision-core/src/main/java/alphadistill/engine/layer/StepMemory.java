package alphadistill.engine.layer;

import alphadistill.engine.kernels.Kernels;

/**
 * The arrays of a training step in two stacks, so that each is given back as soon as nobody reads it any more.
 *
 * @param kept what the backward pass needs again; it gives them back block by block, in the reverse order
 * @param passing what one layer hands to the next, given back inside a block
 */
record StepMemory(Scratch kept, Scratch passing) {

  StepMemory(Kernels kernels) {
    this(new Scratch(kernels), new Scratch(kernels));
  }

  /** Elements of all arrays; constant after warm-up. */
  long allocatedElements() {
    return kept.allocatedElements() + passing.allocatedElements();
  }
}
