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
    float[] windows = batch.windows().clone();
    double[] labels = batch.labels().clone();
    Mixing teacher = Mixing.of(batch.teacherInputs());
    List<Origin> origins = new ArrayList<>(batch.origins());
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
      mixWindow(batch, n, partner, share, windows);
      labels[n] = share * batch.labels()[n] + (1 - share) * batch.labels()[partner];
      teacher.mix(n, partner, share);
      origins.set(n, batch.origins().get(n).mixedWith(batch.origins().get(partner), share));
    }
    return new WindowBatch(
        batch.schema(), windows, labels, batch.regimes(), teacher.inputs(), origins);
  }

  private static void mixWindow(
      WindowBatch batch, int own, int partner, double share, float[] into) {
    int features = batch.schema().features();
    int size = batch.schema().size();
    float[] from = batch.windows();
    for (int i = 0; i < size; i++) {
      float a = from[own * size + i];
      float b = from[partner * size + i];
      boolean presence =
          batch.schema().channels().get(i % features).kind() == Channel.Kind.PRESENCE;
      into[own * size + i] = presence ? Math.min(a, b) : (float) (share * a + (1 - share) * b);
    }
  }

  /** Mixes rows of teacher inputs; reads the rows as they were before any mixing. */
  private interface Mixing {
    void mix(int own, int partner, double share);

    TeacherInputs inputs();

    static Mixing of(TeacherInputs inputs) {
      if (inputs instanceof TeacherInputs.Characteristics c) {
        return new OfCharacteristics(c, c.values().clone());
      }
      TeacherInputs.ReturnHistory history = (TeacherInputs.ReturnHistory) inputs;
      return new OfReturns(history, history.asset().clone());
    }
  }

  private record OfCharacteristics(TeacherInputs.Characteristics before, double[] values)
      implements Mixing {
    @Override
    public void mix(int own, int partner, double share) {
      int k = before.width();
      for (int i = 0; i < k; i++) {
        values[own * k + i] =
            share * before.values()[own * k + i] + (1 - share) * before.values()[partner * k + i];
      }
    }

    @Override
    public TeacherInputs inputs() {
      return new TeacherInputs.Characteristics(before.width(), values);
    }
  }

  /** Factor returns are those of the same days for both, and stay. */
  private record OfReturns(TeacherInputs.ReturnHistory before, double[] asset) implements Mixing {
    @Override
    public void mix(int own, int partner, double share) {
      int days = before.days();
      for (int i = 0; i < days; i++) {
        asset[own * days + i] = share * before.asset()[own * days + i]
            + (1 - share) * before.asset()[partner * days + i];
      }
    }

    @Override
    public TeacherInputs inputs() {
      return new TeacherInputs.ReturnHistory(
          before.days(), before.factors(), asset, before.factor());
    }
  }
}
