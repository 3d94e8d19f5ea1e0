package alphadistill.engine.device;

import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.layer.BodySpec;
import alphadistill.engine.layer.StepSize;

/**
 * How much memory of the device a training takes, told from its shapes before it begins; bytes of float32 arrays.
 *
 * @param weights values
 * @param gradients of the weights
 * @param optimiser both moments of AdamW or LAMB
 * @param copies of the weights: the best so far, and their running average
 * @param activations what backward needs again
 * @param scratch what one layer hands to the next
 * @param kernels what kernels hold besides: partial weight gradients on the CPU, what plain kernels make and drop on a GPU
 * @param input the batch
 */
public record MemoryNeed(
    long weights,
    long gradients,
    long optimiser,
    long copies,
    long activations,
    long scratch,
    long kernels,
    long input) {

  /**
   * @param device whose kernels are used
   * @param body of the network
   * @param patches of a sample
   * @param numbers of a sample's input
   * @param isImage whether the input is cut into patches first
   * @param batch samples in a step
   * @param averaged whether a running average of the weights is kept
   * @param recompute whether blocks are run again in the backward pass
   */
  public static MemoryNeed ofTraining(
      ComputeDevice device,
      BodySpec body,
      int patches,
      long numbers,
      boolean isImage,
      int batch,
      boolean averaged,
      boolean recompute) {
    long d = body.width();
    long ratio = body.mlpRatio();
    long specials = body.specialTokens();
    long positions = patches + (body.positionsOnSpecialTokens() ? specials : 0);
    long scales = body.layerScale() > 0 ? 2 * d : 0;
    long block = (4 + 2 * ratio) * d * d + (9 + ratio) * d + scales;
    long heads = specials * (d + 1) * body.outputs();
    long embedding = (positions + specials + numbers / patches + 1) * d;
    long weights = Float.BYTES * (body.depth() * block + heads + embedding + 2 * d);

    StepSize step = StepSize.of(body, patches, isImage ? numbers : 0, batch, recompute);
    long rows = batch * (patches + specials);
    long kernels = device.isGpu()
        ? 6 * ratio * rows * d // what the widest plain kernel makes and drops
        : CpuKernels.gradientParts(rows) * Math.max(ratio, 3) * d * d;
    return new MemoryNeed(
        weights,
        weights,
        2 * weights,
        averaged ? 2 * weights : weights,
        Float.BYTES * step.activations(),
        Float.BYTES * step.scratch(),
        Float.BYTES * kernels,
        Float.BYTES * batch * numbers);
  }

  public long bytes() {
    return weights + gradients + optimiser + copies + activations + scratch + kernels + input;
  }

  static String inWords(long bytes) {
    return bytes >= 1L << 30
        ? "%.1f GiB".formatted(bytes / (double) (1L << 30))
        : "%d MiB".formatted(mebibytes(bytes));
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1L << 20) - 1) >> 20;
  }

  /** Its parts in MiB, on one line. */
  public String parts() {
    return "weights %,d, gradients %,d, optimiser %,d, best and average %,d, activations %,d, scratch %,d, kernels %,d, input %,d MiB"
        .formatted(
            mebibytes(weights),
            mebibytes(gradients),
            mebibytes(optimiser),
            mebibytes(copies),
            mebibytes(activations),
            mebibytes(scratch),
            mebibytes(kernels),
            mebibytes(input));
  }

  /** Such as {@code 3.2 GiB}. */
  @Override
  public String toString() {
    return inWords(bytes());
  }
}
