package alphadistill.augment.window;

import alphadistill.augment.Draws;
import java.util.List;

/**
 * Holds the asset with leverage (quant.md 5): returns, channels linear in the asset, label and the teacher's inputs all
 * times one factor,
 *
 * <pre>
 * c = most^u,  u uniform in [-1, 1]:    x -> c x,   label -> c label,   characteristics or returns -> c times
 * </pre>
 *
 * <p>Numbers that are deviations from the mean of their date are those of a portfolio of {@code c} in the asset and
 * {@code 1 - c} in the date's average, exactly. A teacher without an intercept answers {@code c} times as much; one that
 * shrinks betas answers so up to its shrinkage. What does not scale is refused.
 *
 * @param most largest factor, above 1; the smallest is its inverse
 */
public record LeverageScaling(double most) implements WindowTransform {

  public LeverageScaling {
    if (!(most > 1) || Double.isInfinite(most)) {
      throw new IllegalArgumentException(
          "the largest leverage must be above 1, was %s: use 1.5 for factors from 0.67 to 1.5"
              .formatted(most));
    }
  }

  @Override
  public void requireFits(WindowSchema schema) {
    List<String> stubborn = schema.named(Channel.Kind.NONLINEAR);
    if (!stubborn.isEmpty()) {
      throw new IllegalArgumentException(
          "leverage cannot scale %s: of twice the return they are not twice as much; leave them out or turn scaling off"
              .formatted(stubborn));
    }
  }

  @Override
  public WindowBatch apply(WindowBatch batch, Key key, double rate) {
    requireFits(batch.schema());
    BatchDraft draft = BatchDraft.of(batch);
    for (int n = 0; n < batch.samples(); n++) {
      Draws draws = Draws.of(key.seed(), "leverage", key.epoch(), key.step(), n);
      if (draws.uniform() < rate) {
        scale(batch.schema(), draft, n, StrictMath.pow(most, 2 * draws.uniform() - 1));
      }
    }
    return draft.done();
  }

  private static void scale(WindowSchema schema, BatchDraft draft, int n, double factor) {
    for (int i = 0; i < schema.size(); i++) {
      if (schema.channels().get(i % schema.features()).kind() != Channel.Kind.PRESENCE) {
        draft.windows()[n * schema.size() + i] *= (float) factor;
      }
    }
    draft.labels()[n] *= factor;
    double[] values = draft.history() == null
        ? draft.characteristics().values()
        : draft.history().asset();
    int width = draft.history() == null
        ? draft.characteristics().width()
        : draft.history().days();
    for (int i = n * width; i < (n + 1) * width; i++) {
      values[i] *= factor;
    }
  }
}
