package alphadistill.augment.image.mixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.Draws;
import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class MixupCutmixPropertyTest {

  /** Sample n is of class n, and all its pixels are n + 1: a pixel says whose it is. */
  private static ImageBatch batch(int samples, int height, int width) {
    float[] pixels = new float[samples * 3 * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 1 + i / (3 * height * width);
    }
    return ImageBatch.plain(
        height, width, pixels, Normalisation.NONE, IntStream.range(0, samples).toArray());
  }

  private static MixupCutmix cutmix(MixupCutmix.Mode mode) {
    return new MixupCutmix(0, 1, Optional.empty(), 1, 0.5, mode);
  }

  private static MixupCutmix mixup(MixupCutmix.Mode mode) {
    return new MixupCutmix(0.8, 0, Optional.empty(), 1, 0.5, mode);
  }

  @Property(tries = 300)
  void whatShowsThePartnerIsExactlyWhatTheShareLeaves(
      @ForAll MixupCutmix.Mode mode,
      @ForAll @IntRange(min = 1, max = 4) int pairs,
      @ForAll @IntRange(min = 1, max = 17) int height,
      @ForAll @IntRange(min = 1, max = 17) int width,
      @ForAll boolean betweenSides,
      @ForAll long seed) {
    Optional<MixupCutmix.Sides> sides =
        betweenSides ? Optional.of(new MixupCutmix.Sides(0.2, 0.8)) : Optional.empty();
    MixupCutmix cutmix = new MixupCutmix(0, 1, sides, 1, 0.5, mode);
    int samples = 2 * pairs;

    ImageBatch mixed = cutmix.apply(batch(samples, height, width), Draws.of(seed, "mixup"));

    int size = 3 * height * width;
    for (int n = 0; n < samples; n++) {
      int partner = samples - 1 - n;
      int pasted = 0;
      for (int i = n * size; i < (n + 1) * size; i++) {
        assertThat(mixed.pixels()[i]).isIn(n + 1f, partner + 1f);
        pasted += mixed.pixels()[i] == n + 1 ? 0 : 1;
      }
      assertThat(mixed.shares()[n]).isBetween(0.0, 1.0);
      assertThat(pasted / (double) size).isCloseTo(1 - mixed.shares()[n], within(1e-12));
      assertThat(mixed.labels()[n]).isEqualTo(n);
      assertThat(mixed.partners()[n]).isEqualTo(pasted == 0 ? n : partner);
    }
  }

  @Property(tries = 200)
  void aBlendStaysBetweenItsParentsByItsShare(
      @ForAll MixupCutmix.Mode mode,
      @ForAll @IntRange(min = 1, max = 4) int pairs,
      @ForAll long seed) {
    int samples = 2 * pairs;
    ImageBatch mixed = mixup(mode).apply(batch(samples, 2, 3), Draws.of(seed, "mixup"));

    for (int n = 0; n < samples; n++) {
      int partner = samples - 1 - n;
      double share = mixed.shares()[n];
      assertThat(share).isBetween(0.0, 1.0);
      for (int i = n * 18; i < (n + 1) * 18; i++) {
        assertThat((double) mixed.pixels()[i])
            .isCloseTo(share * (n + 1) + (1 - share) * (partner + 1), within(1e-5));
      }
    }
  }

  @Property(tries = 300)
  void aBoxIsCentredAndLosesAPixelWhereItsSideIsOdd(
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll long seed) {
    CutmixBox box = CutmixBox.around(share, height, width, Draws.of(seed, "box"));

    int cutHeight = (int) (height * Math.sqrt(1 - share)) / 2 * 2;
    assertThat(box.top()).isBetween(0, height);
    assertThat(box.bottom()).isBetween(box.top(), height);
    assertThat(box.right()).isBetween(box.left(), width);
    if (box.top() > 0 && box.bottom() < height) {
      assertThat(box.bottom() - box.top()).isEqualTo(cutHeight);
    } else {
      assertThat(box.bottom() - box.top()).isLessThanOrEqualTo(cutHeight);
    }
  }

  @Property(tries = 200)
  void sidesBetweenTwoBoundsStayThere(
      @ForAll @IntRange(min = 10, max = 50) int height, @ForAll long seed) {
    CutmixBox box =
        CutmixBox.between(new MixupCutmix.Sides(0.2, 0.8), height, 40, Draws.of(seed, "box"));

    assertThat(box.bottom() - box.top()).isBetween((int) (height * 0.2), (int) (height * 0.8) - 1);
    assertThat(box.right() - box.left()).isBetween(8, 31);
    assertThat(box.bottom()).isLessThan(height);
  }

  @Example
  void modesDrawForTheBatchTheSampleOrThePair() {
    ImageBatch batch = batch(8, 4, 4);

    assertThat(distinctShares(mixup(MixupCutmix.Mode.BATCH).apply(batch, Draws.of(1, "mixup"))))
        .isEqualTo(1);
    assertThat(distinctShares(mixup(MixupCutmix.Mode.ELEM).apply(batch, Draws.of(1, "mixup"))))
        .isEqualTo(8);
    ImageBatch pairs = mixup(MixupCutmix.Mode.PAIR).apply(batch, Draws.of(1, "mixup"));
    assertThat(distinctShares(pairs)).isEqualTo(4);
    for (int n = 0; n < 4; n++) {
      assertThat(pairs.shares()[n]).isEqualTo(pairs.shares()[7 - n]);
    }
  }

  private static long distinctShares(ImageBatch batch) {
    return Arrays.stream(batch.shares()).distinct().count();
  }

  @Example
  void halfOfTheBatchesAreCutAndOthersBlended() {
    int cut = 0;
    double shares = 0;
    for (int i = 0; i < 2000; i++) {
      ImageBatch mixed = MixupCutmix.DEIT.apply(batch(2, 16, 16), Draws.of(1, "mixup", 0, i));
      boolean whole = true;
      for (float pixel : mixed.pixels()) {
        whole &= pixel == 1 || pixel == 2;
      }
      cut += whole ? 1 : 0;
      shares += mixed.shares()[0];
    }
    assertThat(cut / 2000.0).isCloseTo(0.5, within(0.04));
    // boxes are cut at the borders, so shares lie above the 1/2 of the Beta draws
    assertThat(shares / 2000).isBetween(0.5, 0.66);
  }

  @Example
  void withoutProbabilityNothingIsMixed() {
    ImageBatch batch = batch(4, 3, 3);
    ImageBatch same = new MixupCutmix(0.8, 1, Optional.empty(), 0, 0.5, MixupCutmix.Mode.ELEM)
        .apply(batch, Draws.of(1, "mixup"));

    assertThat(same).usingRecursiveComparison().isEqualTo(batch);
  }

  @Example
  void theInputStaysAndTheSameDrawsGiveTheSameBatch() {
    ImageBatch batch = batch(6, 9, 7);
    ImageBatch once = MixupCutmix.DEIT.apply(batch, Draws.of(3, "mixup", 1, 2));
    ImageBatch again = MixupCutmix.DEIT.apply(batch, Draws.of(3, "mixup", 1, 2));

    assertThat(again).usingRecursiveComparison().isEqualTo(once);
    assertThat(batch).usingRecursiveComparison().isEqualTo(batch(6, 9, 7));
    assertThat(once.pixels()).isNotEqualTo(batch.pixels());
  }

  @Example
  void refusesOddBatchesMixedBatchesAndMixingOfNothing() {
    assertThatThrownBy(() -> MixupCutmix.DEIT.apply(batch(3, 2, 2), Draws.of(1, "mixup")))
        .hasMessageStartingWith("mixing needs an even batch, had 3 samples");
    ImageBatch mixed = mixup(MixupCutmix.Mode.BATCH).apply(batch(2, 2, 2), Draws.of(1, "mixup"));
    assertThatThrownBy(() -> MixupCutmix.DEIT.apply(mixed, Draws.of(1, "mixup")))
        .hasMessageStartingWith("the batch is mixed already");
    assertThatThrownBy(
            () -> new MixupCutmix(0, 0, Optional.empty(), 1, 0.5, MixupCutmix.Mode.BATCH))
        .hasMessageContaining("were 0.0 and 0.0; to mix nothing, leave the mixing out");
    assertThatThrownBy(() -> new MixupCutmix.Sides(0.5, 1))
        .hasMessageContaining("0 <= least < most < 1, were 0.5 and 1.0");
    assertThatThrownBy(() -> new MixupCutmix(
            0.8, 0.5, Optional.of(new MixupCutmix.Sides(0.2, 0.8)), 1, 0.5, MixupCutmix.Mode.BATCH))
        .hasMessage("boxes between two sides draw no share: CutMix's alpha must be 1, was 0.5");
    assertThatThrownBy(() -> cutmix(MixupCutmix.Mode.BATCH)
            .apply(
                new ImageBatch(
                    1, 1, new float[6], Normalisation.NONE, new int[2], new int[2], new double[2]),
                Draws.of(1, "mixup")))
        .hasMessage("the batch is mixed already: a sample has a share of 0.0");
  }
}
