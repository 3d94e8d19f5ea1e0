package alphadistill.augment.image.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.Normalisation;
import alphadistill.augment.image.Pictures;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageAugmentationTest {
  private static final int IMAGES = 24;

  @Test
  void anyOrderAndNumberOfWorkersMakesTheSamePixels() {
    ImageAugmentation augmentation = ImageAugmentation.deit(40);
    float[] forwards = new float[IMAGES * augmentation.values()];
    float[] backwards = new float[IMAGES * augmentation.values()];
    float[] parallel = new float[IMAGES * augmentation.values()];

    IntStream.range(0, IMAGES).forEach(n -> write(augmentation, n, forwards));
    IntStream.range(0, IMAGES).forEach(n -> write(augmentation, IMAGES - 1 - n, backwards));
    IntStream.range(0, IMAGES).parallel().forEach(n -> write(augmentation, n, parallel));

    assertThat(backwards).isEqualTo(forwards);
    assertThat(parallel).isEqualTo(forwards);
  }

  private static void write(ImageAugmentation augmentation, int n, float[] pixels) {
    Image image = Pictures.noise(70 + n, 50, n);
    augmentation.writeTraining(
        image, Draws.of(1, "augment", 2, n), pixels, n * augmentation.values());
  }

  @Test
  void colourJitterRestsBesideRandAugmentUnlessAsked() {
    RandAugment idle = new RandAugment(9, 2, 0.5, 10, 0, true, OperationSet.ALL);
    ImageAugmentation deit = ImageAugmentation.deit(32).withColours(idle);
    Image image = Pictures.noise(32, 32, 1);
    ImageTransform moves = RandomCrop.small(32).then(new HorizontalFlip(0.5));

    for (int i = 0; i < 20; i++) {
      assertThat(deit.training().apply(image, Draws.of(i, "augment")).rgb())
          .isEqualTo(moves.apply(image, Draws.of(i, "augment")).rgb());
    }
    ImageAugmentation jittered = new ImageAugmentation(
        32,
        deit.cut(),
        deit.minArea(),
        deit.flip(),
        idle,
        deit.jitter(),
        ImageAugmentation.JitterRule.ALWAYS,
        deit.erasing(),
        deit.evaluationRatio(),
        deit.normalisation());
    assertThat(jittered.training().apply(image, Draws.of(0, "augment")).rgb())
        .isNotEqualTo(moves.apply(image, Draws.of(0, "augment")).rgb());
  }

  @Test
  void threeAugmentIsFollowedByJitter() {
    ImageAugmentation augmentation = ImageAugmentation.deit3(24, ImageAugmentation.Cut.SIMPLE);
    ImageTransform inOrder = new SimpleRandomCrop(24)
        .then(new HorizontalFlip(0.5))
        .then(new ThreeAugment())
        .then(new ColourJitter(0.3));
    Image image = Pictures.noise(31, 57, 1);

    assertThat(augmentation.training().apply(image, Draws.of(5, "augment")).rgb())
        .isEqualTo(inOrder.apply(image, Draws.of(5, "augment")).rgb());
  }

  @Test
  void presetsCutSmallPicturesWithABorderAndOthersByArea() {
    assertThat(ImageAugmentation.deit(32).cut()).isEqualTo(ImageAugmentation.Cut.PADDED);
    assertThat(ImageAugmentation.deit(33).cut()).isEqualTo(ImageAugmentation.Cut.RESIZED);
    assertThat(ImageAugmentation.deit3Finetune(224).colours()).isEqualTo(RandAugment.DEIT);
    assertThat(ImageAugmentation.deit3Finetune(224).evaluation())
        .isEqualTo(new EvaluationCrop(224, 1));
  }

  @Test
  void anEvaluatedPictureIsNormalised() {
    ImageAugmentation augmentation =
        ImageAugmentation.deit(8).withNormalisation(Normalisation.NONE);
    Image image = Pictures.noise(8, 8, 1);
    float[] pixels = new float[augmentation.values() + 1];

    augmentation.writeEvaluation(image, pixels, 1);

    assertThat(pixels[0]).isZero();
    assertThat(pixels[1 + 2 * 64 + 8 * 3 + 5]).isEqualTo(image.at(5, 3, 2) / 255f);
  }

  @Test
  void jitterChangesEachPropertyWithinItsStrength() {
    Image grey = new Image(1, 1, new byte[] {100, 100, 100});
    List<Integer> values = IntStream.range(0, 500)
        .mapToObj(i -> new ColourJitter(0.3).apply(grey, Draws.of(i, "jitter")).at(0, 0, 0))
        .toList();

    // one grey pixel is its own mean: only brightness shows
    assertThat(values).allSatisfy(value -> assertThat(value).isBetween(70, 130));
    assertThat(values).contains(72, 128);
    assertThat(new ColourJitter(0).apply(grey, Draws.of(1, "jitter"))).isSameAs(grey);
  }

  @Test
  void refusesStrengthsAndProbabilitiesWithoutMeaning() {
    assertThatThrownBy(() -> new ColourJitter(-0.1))
        .hasMessage("the strength of a colour jitter is not negative, was -0.1");
    assertThatThrownBy(() -> new HorizontalFlip(1.1))
        .hasMessage("the probability of a flip is in [0, 1], was 1.1");
    assertThatThrownBy(() -> ImageAugmentation.deit(0))
        .hasMessage("a picture's side is at least 1 pixel, was 0");
  }
}
