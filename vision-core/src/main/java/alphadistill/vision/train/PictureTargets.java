package alphadistill.vision.train;

import alphadistill.augment.image.ImageBatch;
import alphadistill.engine.kernels.BatchInput;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.Targets;
import alphadistill.vision.recipe.ClassLoss;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the class head is to say of a batch. */
final class PictureTargets {
  private final ClassLoss loss;
  private final int classes;
  private final BatchInput targets;

  PictureTargets(Kernels kernels, ClassLoss loss, int classes) {
    this.loss = loss;
    this.classes = classes;
    this.targets = new BatchInput(kernels, classes);
  }

  /** Targets (N, C), until the next batch of that size. */
  INDArray of(ImageBatch batch) {
    double[] shares = Targets.shares(
        longs(batch.labels()), longs(batch.partners()), batch.shares(), classes, loss.smoothing());
    if (loss.kind() == ClassLoss.Kind.BINARY) {
      // the binary loss asks which classes are in the picture at all (DeiT III)
      Arrays.setAll(shares, i -> shares[i] > 0 ? 1 : 0);
    }
    return targets.of(shares);
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
