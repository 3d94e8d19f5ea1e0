package alphadistill.vision.images;

import alphadistill.augment.image.ImageBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** One batch whose pictures are being decoded by several workers, a few pictures each. */
final class BatchInMaking {
  /** Pieces for each worker: enough that none waits long for another, few enough that handing them out costs nothing. */
  private static final int PIECES = 4;

  private final ImageLoader loader;
  private final int side;
  private final float[] pixels; // (N, 3, H, W)
  private final int[] labels; // (N); -1 where a broken picture is left out
  private final List<Future<?>> pieces = new ArrayList<>();
  private volatile boolean cancelled;

  BatchInMaking(ImageLoader loader, ImageLoader.Epoch epoch, int step, ExecutorService workers) {
    ImageLoader.Spec spec = loader.spec();
    this.loader = loader;
    this.side = spec.side();
    int begin = step * spec.batch();
    this.labels = new int[epoch.end(step) - begin];
    this.pixels = new float[Math.multiplyExact(labels.length, values())];
    int length = Math.max(1, labels.length / (PIECES * spec.workers()));
    for (int first = 0; first < labels.length; first += length) {
      int from = first;
      int to = Math.min(first + length, labels.length);
      pieces.add(workers.submit(() -> make(epoch, begin, from, to)));
    }
  }

  /** Makes no further picture. */
  void cancel() {
    cancelled = true;
  }

  /**
   * Waits for all pictures.
   *
   * @throws ImageException if too many are broken, or all of this batch
   */
  ImageBatch finished() {
    try {
      for (Future<?> piece : pieces) {
        piece.get();
      }
    } catch (ExecutionException e) {
      cancel();
      throw asItWas(e.getCause());
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for pictures", e);
    }
    return ImageBatch.plain(side, side, whole(), loader.spec().normalisation(), present());
  }

  private void make(ImageLoader.Epoch epoch, int begin, int from, int to) {
    for (int i = from; i < to && !cancelled; i++) {
      labels[i] = loader.write(epoch, begin + i, pixels, i * values());
    }
  }

  private int values() {
    return 3 * side * side;
  }

  private int[] present() {
    int[] present = Arrays.stream(labels).filter(label -> label >= 0).toArray();
    if (present.length == 0) {
      throw new ImageException(
          "none of the %d pictures of a batch can be decoded; make batches larger or repair them"
              .formatted(labels.length));
    }
    return present;
  }

  /** The pixels without the gaps of pictures left out. */
  private float[] whole() {
    int to = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        if (to < i) {
          System.arraycopy(pixels, i * values(), pixels, to * values(), values());
        }
        to++;
      }
    }
    return to == labels.length ? pixels : Arrays.copyOf(pixels, to * values());
  }

  private static RuntimeException asItWas(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown; // the work throws nothing checked
  }
}
