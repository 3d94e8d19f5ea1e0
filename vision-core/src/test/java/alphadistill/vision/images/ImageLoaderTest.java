package alphadistill.vision.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.Normalisation;
import alphadistill.augment.image.recipe.ImageAugmentation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImageLoaderTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  /** Green and blue of the whole picture are drawn. */
  private static final ImageTransform NOISE = (image, draws) -> {
    byte[] rgb = image.rgb().clone();
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i + 1] = (byte) draws.below(256);
      rgb[i + 2] = (byte) draws.below(256);
    }
    return new Image(image.width(), image.height(), rgb);
  };

  private static final ImageTransform AS_IT_IS = (image, draws) -> image;

  @Test
  void batchesAreNormalisedAndLabelled() {
    try (ImageLoader loader = loader(new Dots(7, 2, CLASSES), AS_IT_IS, training(3, 2))) {
      List<ImageBatch> epoch = loader.epoch(0);

      assertThat(epoch).hasSize(2);
      ImageBatch second = epoch.get(1);
      assertThat(second.labels()).containsExactly(0, 1, 2);
      assertThat(second.normalisation()).isEqualTo(Normalisation.IMAGENET);
      assertThat(second.pixels()).hasSize(3 * 3 * 4);
      double red = (4 / 255.0 - 0.485) / 0.229; // picture 4, the second of the batch
      assertThat(second.pixels()[12]).isCloseTo((float) red, within(1e-6f));
    }
  }

  @Test
  void evaluationKeepsTheLastPartialBatchAndTheOrder() {
    try (ImageLoader loader = loader(new Dots(7, 2, CLASSES), AS_IT_IS, evaluation(3, 2))) {
      List<ImageBatch> epoch = loader.epoch(0);

      assertThat(epoch).hasSize(3);
      assertThat(reds(epoch)).containsExactly(0, 1, 2, 3, 4, 5, 6);
      assertThat(epoch.get(2).samples()).isEqualTo(1);
    }
  }

  @Test
  void aRecipeSaysHowPicturesAreMade() {
    ImageSet set = new Dots(8, 40, CLASSES);
    ImageAugmentation recipe = ImageAugmentation.deit(33);
    Sampler sampler = Sampler.inOrder(8);
    float[] expected = new float[recipe.values()];
    try (ImageLoader training = new ImageLoader(
            set,
            sampler,
            recipe.training(),
            5,
            ImageLoader.Spec.training(recipe, 8, 2, 1),
            BrokenImages.of(set, 0));
        ImageLoader evaluation = new ImageLoader(
            set,
            sampler,
            recipe.evaluation(),
            5,
            ImageLoader.Spec.evaluation(recipe, 8, 2, 1),
            BrokenImages.of(set, 0))) {
      for (int i = 0; i < 8; i++) {
        recipe.writeTraining(set.image(i), Draws.of(5, "picture", 1, i, 0), expected, 0);
        assertThat(picture(training.epoch(1).get(0), i)).as("training, %d", i).isEqualTo(expected);
        recipe.writeEvaluation(set.image(i), expected, 0);
        assertThat(picture(evaluation.epoch(1).get(0), i))
            .as("evaluation, %d", i)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void bitsDoNotDependOnWorkersOrPrefetch() {
    Dots dots = new Dots(50, 2, CLASSES);
    List<float[]> first = null;
    for (int[] way : new int[][] {{1, 0}, {1, 3}, {3, 1}, {8, 9}}) {
      var spec = new ImageLoader.Spec(8, 2, Normalisation.IMAGENET, false, way[0], way[1]);
      try (ImageLoader loader = new ImageLoader(
          dots, Sampler.shuffled(50, 3), NOISE, 4, spec, BrokenImages.of(dots, 0))) {
        List<float[]> pixels = loader.epoch(2).stream().map(ImageBatch::pixels).toList();
        first = first == null ? pixels : first;
        for (int i = 0; i < pixels.size(); i++) {
          assertThat(pixels.get(i)).as("batch %d of %d workers", i, way[0]).isEqualTo(first.get(i));
        }
      }
    }
  }

  @Test
  void augmentationChangesWithSeedEpochAndCopyAndNotWithOrder() {
    Dots dots = new Dots(4, 1, CLASSES);
    var spec = new ImageLoader.Spec(4, 1, Normalisation.NONE, true, 1, 0);
    Sampler sampler = epoch -> new int[] {1, 1, 2, 3};
    Sampler turned = epoch -> new int[] {3, 1, 2, 1};
    BrokenImages broken = BrokenImages.of(dots, 0);
    try (ImageLoader loader = new ImageLoader(dots, sampler, NOISE, 1, spec, broken);
        ImageLoader reordered = new ImageLoader(dots, turned, NOISE, 1, spec, broken);
        ImageLoader other = new ImageLoader(dots, sampler, NOISE, 2, spec, broken)) {
      float[][] colours = colours(loader.epoch(0).get(0));
      assertThat(colours[0]).as("two copies").isNotEqualTo(colours[1]);
      assertThat(colours(loader.epoch(1).get(0))[0]).as("epoch").isNotEqualTo(colours[0]);
      assertThat(colours(other.epoch(0).get(0))[0]).as("seed").isNotEqualTo(colours[0]);
      float[][] others = colours(reordered.epoch(0).get(0));
      assertThat(others[1]).isEqualTo(colours[0]);
      assertThat(others[3]).isEqualTo(colours[1]);
      assertThat(others[0]).isEqualTo(colours[3]);
    }
  }

  @Test
  void resumingInsideAnEpochDecodesNothingBefore() {
    Set<Integer> decoded = new ConcurrentSkipListSet<>();
    ImageSet set = watched(new Dots(20, 1, CLASSES), decoded::add);
    float[] whole;
    try (ImageLoader loader =
        loader(set, NOISE, new ImageLoader.Spec(4, 1, Normalisation.NONE, true, 2, 1))) {
      loader.epoch(1).forEach(batch -> {});
      whole = loader.epoch(1).get(3).pixels();
    }
    decoded.clear();
    try (ImageLoader loader =
        loader(set, NOISE, new ImageLoader.Spec(4, 1, Normalisation.NONE, true, 2, 1))) {
      assertThat(loader.epoch(1).get(3).pixels()).isEqualTo(whole);
    }
    assertThat(decoded).isSubsetOf(IntStream.range(12, 20).boxed().toList()).contains(12, 15);
  }

  @Test
  void onlyTheNextBatchesAreMadeAhead() throws InterruptedException {
    Set<Integer> decoded = new ConcurrentSkipListSet<>();
    CountDownLatch ahead = new CountDownLatch(6);
    ImageSet set = watched(new Dots(20, 1, CLASSES), index -> {
      decoded.add(index);
      ahead.countDown();
    });
    try (ImageLoader loader =
        loader(set, AS_IT_IS, new ImageLoader.Spec(2, 1, Normalisation.NONE, true, 2, 2))) {
      loader.epoch(0).get(0);
      ahead.await(); // decoded though nobody asked for them
      Thread.sleep(50);
      assertThat(decoded).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void aBrokenPictureIsReplacedInTrainingAndLeftOutOfEvaluation() {
    ImageSet set = broken(new Dots(8, 1, CLASSES), Set.of(2, 7));
    BrokenImages broken = BrokenImages.of(set, 0.25);
    Sampler sampler = Sampler.inOrder(8);
    try (ImageLoader training = new ImageLoader(set, sampler, AS_IT_IS, 1, training(4, 1), broken);
        ImageLoader evaluation =
            new ImageLoader(set, sampler, AS_IT_IS, 1, evaluation(3, 1), broken)) {
      assertThat(reds(training.epoch(0))).containsExactly(0, 1, 3, 3, 4, 5, 6, 0);
      assertThat(training.epoch(0).get(0).labels()).containsExactly(0, 1, 0, 0);
      assertThat(reds(evaluation.epoch(0))).containsExactly(0, 1, 3, 4, 5, 6);
      assertThat(evaluation.epoch(0).get(0).labels()).containsExactly(0, 1);
    }
    assertThat(broken.count()).isEqualTo(2);
    assertThat(broken.messages()).containsExactly("dot 2: broken", "dot 7: broken");
  }

  @Test
  void tooManyBrokenPicturesStop() {
    ImageSet set = broken(new Dots(200, 1, CLASSES), new TreeSet<>(List.of(3, 50, 100)));
    BrokenImages broken = BrokenImages.of(set, BrokenImages.USUAL_SHARE);
    try (ImageLoader loader = new ImageLoader(
        set,
        Sampler.inOrder(200),
        AS_IT_IS,
        1,
        new ImageLoader.Spec(10, 1, Normalisation.NONE, true, 1, 0),
        broken)) {
      assertThatThrownBy(() -> loader.epoch(0).forEach(batch -> {}))
          .isInstanceOf(ImageException.class)
          .hasMessage(
              "3 of 200 pictures are broken so far, more than the limit of 1.00%: repair or remove them, or raise the limit. First: dot 3: broken | dot 50: broken | dot 100: broken");
    }
    assertThatThrownBy(() -> BrokenImages.of(set, Double.NaN))
        .hasMessage("the share of broken pictures must be in [0, 1], was NaN");
  }

  @Test
  void setsWithoutAnyGoodPictureStopWhateverTheLimit() {
    ImageSet set = broken(new Dots(2, 1, CLASSES), Set.of(0, 1));
    try (ImageLoader training = new ImageLoader(
            set, Sampler.inOrder(2), AS_IT_IS, 1, training(2, 1), BrokenImages.of(set, 1));
        ImageLoader evaluation = new ImageLoader(
            set, Sampler.inOrder(2), AS_IT_IS, 1, evaluation(2, 1), BrokenImages.of(set, 1))) {
      assertThatThrownBy(() -> training.epoch(0).get(0))
          .hasMessage("no picture of the set can be decoded; first: dot 0: broken");
      assertThatThrownBy(() -> evaluation.epoch(0).get(0))
          .hasMessage(
              "none of the 2 pictures of a batch can be decoded; make batches larger or repair them");
    }
  }

  @Test
  void whatWorkersThrowReachesTheCaller() {
    Dots dots = new Dots(4, 2, CLASSES);
    ImageTransform wrong = (image, draws) -> {
      throw new ArithmeticException("no such angle");
    };
    try (ImageLoader loader = loader(dots, wrong, training(2, 2))) {
      assertThatThrownBy(() -> loader.epoch(0).get(1))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("no such angle");
    }
    try (ImageLoader loader = loader(dots, AS_IT_IS, training(2, 3))) {
      assertThatThrownBy(() -> loader.epoch(0).get(1))
          .isInstanceOf(ImageException.class)
          .hasMessage(
              "dot 2: 2 x 2 after its transform, but batches are of 3 x 3: add a resize or crop to the transform");
    }
  }

  @Test
  void anEpochWithoutABatchIsRefused() {
    try (ImageLoader loader = loader(new Dots(4, 1, CLASSES), AS_IT_IS, training(5, 1))) {
      assertThatThrownBy(() -> loader.epoch(0))
          .isInstanceOf(ImageException.class)
          .hasMessage(
              "an epoch of 4 pictures has no full batch of 5: make batches smaller, or keep the last one");
    }
    assertThatThrownBy(() -> training(0, 1))
        .hasMessageContaining("batch, side and workers must be at least 1");
  }

  @Test
  void closingEndsTheWorkers() throws InterruptedException {
    Set<Thread> threads = new HashSet<>();
    ImageSet set = watched(new Dots(1_000, 1, CLASSES), index -> {
      synchronized (threads) {
        threads.add(Thread.currentThread());
      }
    });
    ImageLoader loader =
        loader(set, AS_IT_IS, new ImageLoader.Spec(10, 1, Normalisation.NONE, true, 3, 50));
    List<ImageBatch> epoch = loader.epoch(0);
    epoch.get(0);
    loader.close();

    for (Thread thread : threads) {
      thread.join(10_000); // closed when the work is over, a moment before its thread is
    }
    assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon).noneMatch(Thread::isAlive);
    assertThatThrownBy(() -> epoch.get(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the loader is closed");
  }

  private static ImageLoader loader(ImageSet set, ImageTransform transform, ImageLoader.Spec spec) {
    return new ImageLoader(
        set, Sampler.inOrder(set.size()), transform, 1, spec, BrokenImages.of(set, 0));
  }

  private static ImageLoader.Spec training(int batch, int side) {
    return new ImageLoader.Spec(batch, side, Normalisation.IMAGENET, true, 2, 1);
  }

  private static ImageLoader.Spec evaluation(int batch, int side) {
    return new ImageLoader.Spec(batch, side, Normalisation.IMAGENET, false, 2, 1);
  }

  /** First red byte of every picture of an epoch. */
  private static int[] reds(List<ImageBatch> epoch) {
    return epoch.stream()
        .flatMapToInt(batch -> {
          int values = 3 * batch.height() * batch.width();
          double mean = batch.normalisation().mean()[0];
          double deviation = batch.normalisation().deviation()[0];
          return IntStream.range(0, batch.samples()).map(i ->
              (int) Math.round(255 * (batch.pixels()[i * values] * deviation + mean)));
        })
        .toArray();
  }

  private static float[] picture(ImageBatch batch, int i) {
    int values = batch.pixels().length / batch.samples();
    return Arrays.copyOfRange(batch.pixels(), i * values, (i + 1) * values);
  }

  /** The colours of each picture of one pixel. */
  private static float[][] colours(ImageBatch batch) {
    return IntStream.range(0, batch.samples())
        .mapToObj(i -> Arrays.copyOfRange(batch.pixels(), 3 * i, 3 * i + 3))
        .toArray(float[][]::new);
  }

  private static ImageSet watched(ImageSet set, java.util.function.IntConsumer watch) {
    return new Wrapped(set) {
      @Override
      public Image image(int index) {
        watch.accept(index);
        return super.image(index);
      }
    };
  }

  private static ImageSet broken(ImageSet set, Set<Integer> which) {
    return new Wrapped(set) {
      @Override
      public Image image(int index) {
        if (which.contains(index)) {
          throw new ImageException(origin(index) + ": broken");
        }
        return super.image(index);
      }
    };
  }

  /** Another set, to be changed in one place. */
  private static class Wrapped implements ImageSet {
    private final ImageSet set;

    Wrapped(ImageSet set) {
      this.set = set;
    }

    @Override
    public int size() {
      return set.size();
    }

    @Override
    public List<String> classes() {
      return set.classes();
    }

    @Override
    public int label(int index) {
      return set.label(index);
    }

    @Override
    public String origin(int index) {
      return set.origin(index);
    }

    @Override
    public Image image(int index) {
      return set.image(index);
    }
  }
}
