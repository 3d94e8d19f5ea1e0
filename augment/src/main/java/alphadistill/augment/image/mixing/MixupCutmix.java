package alphadistill.augment.image.mixing;

import alphadistill.augment.Draws;
import alphadistill.augment.image.ImageBatch;
import java.util.Optional;

/**
 * Mixup (Zhang et al. 2018) or CutMix (Yun et al. 2019): each picture is blended with a partner, or shows it in a box, and
 * its label is shared with the partner's. The partner of sample i is sample N-1-i, as it was before any mixing.
 *
 * <pre>
 * Mixup    s x + (1 - s) partner,  s ~ Beta(mixupAlpha, mixupAlpha)
 * CutMix   a box of partner in x,  s ~ Beta(cutmixAlpha, cutmixAlpha), then s := 1 - area of the box
 * </pre>
 *
 * <pre>{@code
 * ImageBatch mixed = MixupCutmix.DEIT.apply(batch, Draws.of(seed, "mixup", epoch, step));
 * }</pre>
 *
 * <p>Smoothing of labels is the loss's affair: the batch keeps labels, partners and shares.
 *
 * @param mixupAlpha shape of Mixup's shares; 0 turns Mixup off
 * @param cutmixAlpha shape of CutMix's shares; 0 turns CutMix off
 * @param cutmixSides if present, sides of CutMix's boxes are drawn between them; {@code cutmixAlpha} must then be 1
 * @param probability with which something is mixed
 * @param cutmixProbability of CutMix where both are on
 * @param mode what one draw decides about
 */
public record MixupCutmix(
    double mixupAlpha,
    double cutmixAlpha,
    Optional<Sides> cutmixSides,
    double probability,
    double cutmixProbability,
    Mode mode) {

  /** Mixup 0.8, CutMix 1, one of them for each batch: what DeiT trains with. */
  public static final MixupCutmix DEIT =
      new MixupCutmix(0.8, 1, Optional.empty(), 1, 0.5, Mode.BATCH);

  /** What one draw decides about. */
  public enum Mode {
    /** All samples: one share, one box. */
    BATCH,
    /** One sample. */
    ELEM,
    /** A sample and its partner, which are mixed with each other. */
    PAIR
  }

  /**
   * Least and largest side of a box.
   *
   * @param least share of the picture's side, in [0, most)
   * @param most share of the picture's side, less than 1
   */
  public record Sides(double least, double most) {
    public Sides {
      if (!(least >= 0 && least < most && most < 1)) {
        throw new IllegalArgumentException(
            "sides of a box are shares of the picture's, 0 <= least < most < 1, were %s and %s"
                .formatted(least, most));
      }
    }
  }

  public MixupCutmix {
    if (!(mixupAlpha >= 0 && cutmixAlpha >= 0 && mixupAlpha + cutmixAlpha > 0)) {
      throw new IllegalArgumentException(
          "one of Mixup's and CutMix's alpha is positive and none negative, were %s and %s; to mix nothing, leave the mixing out"
              .formatted(mixupAlpha, cutmixAlpha));
    }
    if (cutmixSides.isPresent() && cutmixAlpha != 1) {
      throw new IllegalArgumentException(
          "boxes between two sides draw no share: CutMix's alpha must be 1, was " + cutmixAlpha);
    }
    requireProbability("mixing", probability);
    requireProbability("CutMix", cutmixProbability);
  }

  private static void requireProbability(String of, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "the probability of %s is in [0, 1], was %s".formatted(of, probability));
    }
  }

  /**
   * The mixed batch.
   *
   * @param batch unmixed, of an even number of samples; left unchanged
   */
  public ImageBatch apply(ImageBatch batch, Draws draws) {
    int samples = batch.samples();
    if (samples % 2 != 0) {
      throw new IllegalArgumentException(
          "mixing needs an even batch, had %d samples: the middle one would be its own partner; drop the last partial batch or choose an even size"
              .formatted(samples));
    }
    for (double share : batch.shares()) {
      if (share != 1) {
        throw new IllegalArgumentException(
            "the batch is mixed already: a sample has a share of " + share);
      }
    }
    Draft draft = new Draft(batch);
    switch (mode) {
      case BATCH -> {
        Mix one = draw(draws, batch);
        for (int n = 0; n < samples; n++) {
          draft.mix(n, one);
        }
      }
      case ELEM -> {
        for (int n = 0; n < samples; n++) {
          draft.mix(n, draw(draws, batch));
        }
      }
      case PAIR -> {
        for (int n = 0; n < samples / 2; n++) {
          Mix one = draw(draws, batch);
          draft.mix(n, one);
          draft.mix(samples - 1 - n, one);
        }
      }
    }
    return draft.done();
  }

  /**
   * How a sample is mixed.
   *
   * @param share of the sample itself; 1 leaves it alone
   * @param box what shows the partner; empty: blended
   */
  private record Mix(double share, Optional<CutmixBox> box) {
    static final Mix NOTHING = new Mix(1, Optional.empty());
  }

  private Mix draw(Draws draws, ImageBatch batch) {
    if (draws.uniform() >= probability) {
      return Mix.NOTHING;
    }
    boolean cutmix = cutmixAlpha > 0 && (mixupAlpha == 0 || draws.uniform() < cutmixProbability);
    double alpha = cutmix ? cutmixAlpha : mixupAlpha;
    double share = draws.beta(alpha, alpha);
    if (!cutmix) {
      return new Mix(share, Optional.empty());
    }
    CutmixBox box = cutmixSides
        .map(sides -> CutmixBox.between(sides, batch.height(), batch.width(), draws))
        .orElseGet(() -> CutmixBox.around(share, batch.height(), batch.width(), draws));
    return new Mix(box.share(batch.height(), batch.width()), Optional.of(box));
  }

  /** The batch in the making. */
  private static final class Draft {
    private final ImageBatch batch;
    private final int size;
    private final float[] pixels;
    private final int[] partners;
    private final double[] shares;

    Draft(ImageBatch batch) {
      this.batch = batch;
      this.size = 3 * batch.height() * batch.width();
      this.pixels = batch.pixels().clone();
      this.partners = batch.labels().clone();
      this.shares = batch.shares().clone();
    }

    /** Reads the unmixed batch only, so the order does not matter. */
    void mix(int n, Mix mix) {
      if (mix.share() == 1) {
        return;
      }
      int partner = batch.samples() - 1 - n;
      int own = n * size;
      int other = partner * size;
      if (mix.box().isPresent()) {
        mix.box().get().paste(batch.pixels(), other, pixels, own, batch.height(), batch.width());
      } else {
        float share = (float) mix.share();
        float rest = (float) (1 - mix.share());
        float[] from = batch.pixels();
        for (int i = 0; i < size; i++) {
          pixels[own + i] = share * from[own + i] + rest * from[other + i];
        }
      }
      partners[n] = batch.labels()[partner];
      shares[n] = mix.share();
    }

    ImageBatch done() {
      return new ImageBatch(
          batch.height(),
          batch.width(),
          pixels,
          batch.normalisation(),
          batch.labels(),
          partners,
          shares);
    }
  }
}
