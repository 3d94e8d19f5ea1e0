package alphadistill.augment.window;

import alphadistill.augment.Draws;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Adds noise in the asset's own volatility (quant.md 5): every day gets a random combination of the window's own
 * deviations from its mean,
 *
 * <pre>
 * x(t) += strength / sqrt(m - 1) * sum over s of g(t, s) (x(s) - mean),    g standard normal, s over the m quoted days
 * </pre>
 *
 * so the noise has {@code strength^2} times the window's own covariance: each channel its own scale, and channels that
 * move together are disturbed together. The teacher's returns of the same days get the same combination of the asset's
 * own returns, its characteristics the noise of the signal day. The label stays; it shrinks coefficients like a ridge
 * penalty of {@code n strength^2}.
 *
 * <p>Presence and days that are not quoted stay. A window with fewer than two quoted days stays as it is. A channel that
 * is not linear, such as a volatility, is disturbed as a number; it is not that of disturbed returns.
 *
 * @param strength of the noise in the window's own deviations, positive
 */
public record VolatilityNoise(double strength) implements WindowTransform {

  public VolatilityNoise {
    if (!(strength > 0) || Double.isInfinite(strength)) {
      throw new IllegalArgumentException("strength of the noise must be positive, was " + strength);
    }
  }

  @Override
  public void requireFits(WindowSchema schema) {
    if (schema.days() < 2) {
      throw new IllegalArgumentException(
          "noise in an asset's own volatility needs windows of at least 2 days, had "
              + schema.days());
    }
  }

  @Override
  public WindowBatch apply(WindowBatch batch, Key key, double rate) {
    requireFits(batch.schema());
    int days = batch.schema().days();
    BatchDraft draft = BatchDraft.of(batch);
    for (int n = 0; n < batch.samples(); n++) {
      Draws draws = Draws.of(key.seed(), "noise", key.epoch(), key.step(), n);
      int[] quoted = quoted(batch, n);
      if (draws.uniform() < rate && quoted.length >= 2) {
        double[] weights = new double[quoted.length * quoted.length];
        double scale = strength / Math.sqrt(quoted.length - 1);
        for (int i = 0; i < weights.length; i++) {
          weights[i] = scale * draws.normal();
        }
        disturbWindow(batch, draft, n, quoted, weights);
        if (draft.history() != null) {
          disturbReturns(draft, n, quoted, weights);
        } else if (quoted[quoted.length - 1] == days - 1) {
          addToCharacteristics(batch, draft, n);
        }
      }
    }
    return draft.done();
  }

  private static int[] quoted(WindowBatch batch, int n) {
    WindowSchema schema = batch.schema();
    return IntStream.range(0, schema.days())
        .filter(t -> schema.presence().isEmpty()
            || batch
                    .windows()[
                    n * schema.size()
                        + t * schema.features()
                        + schema.presence().getAsInt()]
                > 0)
        .toArray();
  }

  private static void disturbWindow(
      WindowBatch batch, BatchDraft draft, int n, int[] quoted, double[] weights) {
    double[] series = new double[quoted.length];
    for (int f = 0; f < batch.schema().features(); f++) {
      if (batch.schema().channels().get(f).kind() == Channel.Kind.PRESENCE) {
        continue;
      }
      for (int i = 0; i < series.length; i++) {
        series[i] = batch.windows()[draft.at(n, quoted[i]) + f];
      }
      double[] noise = noise(series, weights);
      for (int i = 0; i < series.length; i++) {
        draft.windows()[draft.at(n, quoted[i]) + f] = (float) (series[i] + noise[i]);
      }
    }
  }

  private static void disturbReturns(BatchDraft draft, int n, int[] quoted, double[] weights) {
    double[] series = new double[quoted.length];
    for (int i = 0; i < series.length; i++) {
      int row = draft.historyRow(n, quoted[i]);
      series[i] = row < 0 ? Double.NaN : draft.history().asset()[row];
    }
    double[] noise = noise(series, weights);
    for (int i = 0; i < series.length; i++) {
      int row = draft.historyRow(n, quoted[i]);
      if (row >= 0) {
        draft.history().asset()[row] = series[i] + noise[i]; // a missing return stays missing
      }
    }
  }

  /** What was added to the window's last row, exactly as the student sees it. */
  private static void addToCharacteristics(WindowBatch batch, BatchDraft draft, int n) {
    TeacherInputs.Characteristics c = draft.characteristics();
    int last = draft.at(n, batch.schema().days() - 1);
    for (int k = 0; k < c.width(); k++) {
      int at = last + c.channels().get(k);
      c.values()[n * c.width() + k] += (double) draft.windows()[at] - batch.windows()[at];
    }
  }

  /** A missing number has no deviation and is no part of the mean. */
  private static double[] noise(double[] series, double[] weights) {
    double mean = Arrays.stream(series).filter(Double::isFinite).average().orElse(Double.NaN);
    double[] noise = new double[series.length];
    for (int t = 0; t < series.length; t++) {
      for (int s = 0; s < series.length; s++) {
        noise[t] +=
            Double.isNaN(series[s]) ? 0 : weights[t * series.length + s] * (series[s] - mean);
      }
    }
    return noise;
  }
}
