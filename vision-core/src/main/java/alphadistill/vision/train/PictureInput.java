package alphadistill.vision.train;

import alphadistill.augment.image.ImageBatch;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Hands the pixels of a batch to a network; one array for each batch size, used again for the next batch. */
public final class PictureInput {
  private final Kernels kernels;
  private final Map<Integer, INDArray> inputs = new HashMap<>();

  public PictureInput(Kernels kernels) {
    this.kernels = kernels;
  }

  /** The pixels (N, 3, H, W), until the next batch of that size. */
  public INDArray of(ImageBatch batch) {
    INDArray input = inputs.computeIfAbsent(
        batch.samples(), n -> kernels.allocate(n, 3, batch.height(), batch.width()));
    HostCopy.write(batch.pixels(), input);
    return input;
  }
}
