package alphadistill.augment.window;

import alphadistill.augment.Draws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mixes a sample with another asset of the same signal day: {@code share * own + (1 - share) * partner}, with share ~
 * Beta(alpha, alpha) (Mixup; quant.md 1.11 and 5). Of the same day, returns and linear characteristics of the mix are
 * those of a portfolio, its forward return is its label, and a linear teacher's answer mixes exactly; so windows, labels
 * and teacher inputs are mixed by one share.
 *
 * <p>A sample without company of its day stays as it is. The larger share is the sample's own, so that its origin still
 * names what it mostly is.
 *
 * @param alpha shape of the Beta distribution, positive; small values mix little
 * @param nonlinear what to do about channels that do not mix
 */
public record CrossAssetMixup(double alpha, Nonlinear nonlinear) implements WindowTransform {

  /** What to do about channels that are not linear. */
  public enum Nonlinear {
    /** Refuse such windows. */
    REFUSE,
    /**
     * Blend them all the same. The blend is no real portfolio's value; student and teacher still answer for the same
     * numbers, as they do for blended pixels.
     */
    BLEND
  }

  public CrossAssetMixup {
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("alpha of mixup must be positive, was " + alpha);
    }
  }

  @Override
  public void requireFits(WindowSchema schema) {
    List<String> stubborn = schema.named(Channel.Kind.NONLINEAR);
    if (nonlinear == Nonlinear.REFUSE && !stubborn.isEmpty()) {
      throw new IllegalArgumentException(
          "mixup cannot mix %s: their value of a mix is not the mix of their values; leave them out, turn mixup off, or say that they are to be blended"
              .formatted(stubborn));
    }
  }

  @Override
  public WindowBatch apply(WindowBatch batch, Key key, double rate) {
    requireFits(batch.schema());
    Map<Integer, List<Integer>> company = new HashMap<>();
    for (int n = 0; n < batch.samples(); n++) {
      company
          .computeIfAbsent(batch.origins().get(n).day(), day -> new ArrayList<>())
          .add(n);
    }
    BatchDraft draft = BatchDraft.of(batch);
    for (int n = 0; n < batch.samples(); n++) {
      Draws draws = Draws.of(key.seed(), "mixup", key.epoch(), key.step(), n);
      List<Integer> candidates = company.get(batch.origins().get(n).day());
      if (draws.uniform() >= rate || candidates.size() < 2) {
        continue;
      }
      int place = draws.below(candidates.size() - 1);
      int partner = candidates.get(candidates.get(place) == n ? candidates.size() - 1 : place);
      double drawn = draws.beta(alpha, alpha);
      double share = Math.max(drawn, 1 - drawn);
      mix(batch, draft, n, partner, share);
    }
    return draft.done();
  }

  /**
   * One sample mixed as told.
   *
   * @param own number of the sample that is mixed, whose label leads
   * @param partner number of a sample of the same signal day
   * @param share of the sample's own values, in [0, 1]
   * @throws IllegalArgumentException if the signal days differ: no portfolio of both has one label
   */
  public WindowBatch mixed(WindowBatch batch, int own, int partner, double share) {
    int day = batch.origins().get(own).day();
    int other = batch.origins().get(partner).day();
    if (day != other || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "samples are mixed on one day by a share in [0, 1]; days were %d and %d, share %s"
              .formatted(day, other, share));
    }
    BatchDraft draft = BatchDraft.of(batch);
    mix(batch, draft, own, partner, share);
    return draft.done();
  }

  /**
   * Reads rows as they were before any mixing. Factor returns of the same days are the same for both and stay; where one
   * of the two was spliced they differ and are mixed too, as the windows are.
   */
  private static void mix(WindowBatch batch, BatchDraft draft, int own, int partner, double share) {
    mixWindow(batch, own, partner, share, draft.windows());
    double[] labels = batch.labels();
    draft.labels()[own] = share * labels[own] + (1 - share) * labels[partner];
    if (batch.teacherInputs() instanceof TeacherInputs.Characteristics c) {
      mixRow(c.values(), draft.characteristics().values(), c.width(), own, partner, share);
    } else if (batch.teacherInputs() instanceof TeacherInputs.ReturnHistory h) {
      mixRow(h.asset(), draft.history().asset(), h.days(), own, partner, share);
      int width = h.days() * h.factors();
      mixRow(h.factor(), draft.history().factor(), width, own, partner, share);
    }
    draft.origin(own, batch.origins().get(own).mixedWith(batch.origins().get(partner), share));
  }

  private static void mixRow(
      double[] from, double[] into, int width, int own, int partner, double share) {
    for (int i = 0; i < width; i++) {
      double a = from[own * width + i];
      double b = from[partner * width + i];
      into[own * width + i] = a == b ? a : share * a + (1 - share) * b;
    }
  }

  /** A day is quoted where both parents are; elsewhere it is empty, as every day without a quote. */
  private static void mixWindow(
      WindowBatch batch, int own, int partner, double share, float[] into) {
    WindowSchema schema = batch.schema();
    float[] from = batch.windows();
    for (int row = 0; row < schema.days(); row++) {
      int a = own * schema.size() + row * schema.features();
      int b = partner * schema.size() + row * schema.features();
      boolean quoted = schema.presence().isEmpty()
          || Math.min(
                  from[a + schema.presence().getAsInt()],
                  from[b + schema.presence().getAsInt()])
              > 0;
      for (int f = 0; f < schema.features(); f++) {
        boolean presence = schema.channels().get(f).kind() == Channel.Kind.PRESENCE;
        float mix = presence ? 1 : (float) (share * from[a + f] + (1 - share) * from[b + f]);
        into[a + f] = quoted ? mix : 0;
      }
    }
  }
}
