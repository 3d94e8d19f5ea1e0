package alphadistill.vision.images;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.Normalisation;
import alphadistill.augment.image.recipe.ImageAugmentation;
import alphadistill.augment.image.recipe.RandomErasing;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Batches of an epoch, decoded and transformed by workers while the ones before are trained on. A batch depends on the
 * set, the sampler, the transform, the seed and the epoch alone, whatever the number of workers.
 *
 * <p>The list of an epoch makes its batches when they are asked for, and the following ones ahead of that, from
 * wherever it is asked first: a training that is resumed at step k never decodes the steps before. At most {@code ahead
 * + 1} batches are held.
 *
 * <p>A broken picture goes to {@link BrokenImages}. Where batches must be whole, the next picture of the set takes its
 * place; otherwise it is left out and its batch is smaller.
 *
 * <pre>{@code
 * var spec = ImageLoader.Spec.training(recipe, 64, 2, 2);
 * try (var loader = new ImageLoader(set, Sampler.shuffled(set.size(), 1), recipe.training(), 1, spec, broken)) {
 *   for (ImageBatch batch : loader.epoch(0)) { ... }
 * }
 * }</pre>
 */
public final class ImageLoader implements AutoCloseable {
  private final ImageSet set;
  private final Sampler sampler;
  private final ImageTransform transform;
  private final long seed;
  private final Spec spec;
  private final BrokenImages broken;
  private final ThreadPoolExecutor workers;

  // Guarded by this: what is being made, for the epoch that was asked last.
  private final Map<Integer, BatchInMaking> ahead = new HashMap<>();
  private Epoch current;

  /**
   * How batches are cut and made.
   *
   * @param batch pictures in a batch
   * @param side height and width of every picture after the transform
   * @param normalisation from bytes to what the network reads
   * @param dropLast whether a last batch that is not full is left out, and every other one is full: for training; for
   *     evaluation false, so that every picture counts
   * @param workers threads that decode
   * @param ahead batches made before they are asked for
   * @param erasing what is erased of each normalised picture
   */
  public record Spec(
      int batch,
      int side,
      Normalisation normalisation,
      boolean dropLast,
      int workers,
      int ahead,
      RandomErasing erasing) {
    public Spec {
      if (batch < 1 || side < 1 || workers < 1 || ahead < 0) {
        throw new IllegalArgumentException(
            "batch, side and workers must be at least 1 and ahead at least 0, were %d, %d, %d and %d"
                .formatted(batch, side, workers, ahead));
      }
    }

    /** Without erasing. */
    public Spec(
        int batch,
        int side,
        Normalisation normalisation,
        boolean dropLast,
        int workers,
        int ahead) {
      this(batch, side, normalisation, dropLast, workers, ahead, RandomErasing.NONE);
    }

    /** Full batches to train on, for a loader with its {@link ImageAugmentation#training()}. */
    public static Spec training(ImageAugmentation augmentation, int batch, int workers, int ahead) {
      return new Spec(
          batch,
          augmentation.size(),
          augmentation.normalisation(),
          true,
          workers,
          ahead,
          augmentation.erasing());
    }

    /** Every picture, as it is evaluated. */
    public static Spec evaluation(
        ImageAugmentation augmentation, int batch, int workers, int ahead) {
      return new Spec(
          batch, augmentation.size(), augmentation.normalisation(), false, workers, ahead);
    }
  }

  /**
   * Starts no work yet.
   *
   * @param transform of each picture, to {@code spec.side()} squared; its draws are keyed by (seed, epoch, picture, how
   *     often the picture came before in the epoch)
   */
  public ImageLoader(
      ImageSet set,
      Sampler sampler,
      ImageTransform transform,
      long seed,
      Spec spec,
      BrokenImages broken) {
    this.set = set;
    this.sampler = sampler;
    this.transform = transform;
    this.seed = seed;
    this.spec = spec;
    this.broken = broken;
    AtomicInteger number = new AtomicInteger();
    this.workers = new ThreadPoolExecutor(
        spec.workers(), spec.workers(), 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
          Thread thread = new Thread(work, "pictures-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
    this.workers.allowCoreThreadTimeOut(true);
  }

  /**
   * The batches of an epoch, in order; each is made when it is asked for, and again when it is asked for again.
   *
   * @throws ImageException if the epoch has no batch; getting a batch throws it if too many pictures are broken
   */
  public List<ImageBatch> epoch(int epoch) {
    Epoch batches = new Epoch(epoch, sampler.epoch(epoch));
    if (batches.isEmpty()) {
      throw new ImageException(
          "an epoch of %,d pictures has no full batch of %,d: make batches smaller, or keep the last one"
              .formatted(batches.order.length, spec.batch()));
    }
    return batches;
  }

  /** Stops the workers after the picture they are at; batches can no longer be had. */
  @Override
  public void close() {
    synchronized (this) {
      forget();
      workers.shutdown(); // no interrupt: it would close files in the middle and look like broken
      // pictures
    }
    try {
      workers.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget() {
    ahead.values().forEach(BatchInMaking::cancel);
    ahead.clear();
    current = null;
  }

  private synchronized BatchInMaking take(Epoch epoch, int step) {
    if (workers.isShutdown()) {
      throw new IllegalStateException("the loader is closed");
    }
    if (epoch != current) {
      forget();
      current = epoch;
    }
    ahead.entrySet().removeIf(made -> {
      boolean outside = made.getKey() < step || made.getKey() > step + spec.ahead();
      if (outside) {
        made.getValue().cancel();
      }
      return outside;
    });
    for (int next = step; next <= Math.min(step + spec.ahead(), epoch.size() - 1); next++) {
      ahead.computeIfAbsent(next, wanted -> new BatchInMaking(this, epoch, wanted, workers));
    }
    return ahead.remove(step);
  }

  /**
   * Writes one picture as numbers (3, H, W), or the one after it where batches must be whole.
   *
   * @return its label, or -1 if it is broken and left out
   */
  int write(Epoch epoch, int position, float[] pixels, int offset) {
    int wanted = epoch.order[position];
    Draws draws = Draws.of(seed, "picture", epoch.number, wanted, epoch.copies[position]);
    for (int tried = 0; tried < set.size(); tried++) {
      int index = (wanted + tried) % set.size();
      Image stored = decode(index);
      if (stored != null) {
        spec.normalisation().write(transformed(stored, index, draws), pixels, offset);
        spec.erasing().erase(pixels, offset, spec.side(), spec.side(), draws);
        return set.label(index);
      }
      if (!spec.dropLast()) {
        return -1;
      }
    }
    throw new ImageException(
        "no picture of the set can be decoded; first: " + broken.messages().get(0));
  }

  private Image decode(int index) {
    if (broken.contains(index)) {
      return null;
    }
    try {
      return set.image(index);
    } catch (ImageException e) {
      broken.add(index, e);
      return null;
    }
  }

  private Image transformed(Image stored, int index, Draws draws) {
    Image image = transform.apply(stored, draws);
    if (image.width() != spec.side() || image.height() != spec.side()) {
      throw new ImageException(
          "%s: %d x %d after its transform, but batches are of %d x %d: add a resize or crop to the transform"
              .formatted(
                  set.origin(index), image.width(), image.height(), spec.side(), spec.side()));
    }
    return image;
  }

  Spec spec() {
    return spec;
  }

  /** What an epoch shows, cut into batches. */
  final class Epoch extends AbstractList<ImageBatch> {
    private final int number;
    private final int[] order;
    private final int[] copies; // how often a position's picture came before

    Epoch(int number, int[] order) {
      this.number = number;
      this.order = order;
      this.copies = new int[order.length];
      int[] seen = new int[set.size()];
      for (int i = 0; i < order.length; i++) {
        copies[i] = seen[order[i]]++;
      }
    }

    @Override
    public int size() {
      int batch = spec.batch();
      return spec.dropLast() ? order.length / batch : (order.length + batch - 1) / batch;
    }

    @Override
    public ImageBatch get(int step) {
      java.util.Objects.checkIndex(step, size());
      return take(this, step).finished();
    }

    /** Position in the order after the last picture of a batch. */
    int end(int step) {
      return Math.min((step + 1) * spec.batch(), order.length);
    }
  }
}
