package alphadistill.augment.window;

import alphadistill.augment.Draws;
import java.util.List;

/**
 * Replaces a block of a window's days by as many consecutive days of the same asset from another regime of the training
 * span (CutMix over time; quant.md 1.11 and 5): all channels, presence, regimes, and the teacher's returns of asset and
 * factors, so that a linear teacher's betas become the Gram-weighted ones
 * {@code (G1 + G2)^-1 (G1 b1 + G2 b2)} of what the student sees.
 *
 * <pre>
 * rows        0 .. r-1      r .. r+L-1        r+L .. T-1
 * days        observed      a stretch of      observed        L uniform in [shortest, longest], r uniform
 *                           another regime
 * </pre>
 *
 * <p>A stretch lies in one known regime other than that of the last day it replaces, and shares no day with the sample's
 * window or with the days its label is measured over. A sample for which {@value #TRIES} draws find none stays as it is.
 * An asset's own days are taken, so betas mix the regimes of one asset and not two assets.
 *
 * @param shortest fewest days of a block, at least 1
 * @param longest most days of a block; 0 for all but the signal day
 * @param label what becomes of the label
 * @param seam what to do about channels that look back further than a block
 * @param history training span that stretches are taken from
 */
public record RegimeSplice(int shortest, int longest, Label label, Seam seam, History history)
    implements WindowTransform {
  private static final int TRIES = 32;

  /** What becomes of the label. */
  public enum Label {
    /** It stays, because the block never holds the signal day: the label belongs to the end of the window. */
    KEEP,
    /**
     * Mixed by length: {@code (1 - L/T) own + (L/T) that of the stretch's last day}; blocks may then hold the signal
     * day. As in CutMix, but labels of different dates are mixed, so it is a regulariser only.
     */
    LENGTH_SHARE
  }

  /** What to do about channels whose look-back is longer than a block. */
  public enum Seam {
    /** Blocks are at least as long as the longest look-back; windows in which none fits are refused. */
    REFUSE,
    /** Splice all the same: values near a seam tell of days that are not in the window. */
    ALLOW
  }

  public RegimeSplice {
    if (shortest < 1 || (longest != 0 && longest < shortest)) {
      throw new IllegalArgumentException(
          "a block needs 1 <= shortest <= longest days (longest 0: all but the signal day), were %d and %d"
              .formatted(shortest, longest));
    }
  }

  @Override
  public void requireFits(WindowSchema schema) {
    int most = longest(schema);
    if (most > schema.days() - 1 || most < shortest) {
      throw new IllegalArgumentException(
          "blocks of %d to %d days do not fit into a window of %d days beside its signal day: use shorter blocks or longer windows"
              .formatted(shortest, most, schema.days()));
    }
    List<String> looking = schema.channels().stream()
        .filter(channel -> channel.lookback() > most)
        .map(channel -> "%s (%d days)".formatted(channel.name(), channel.lookback()))
        .toList();
    if (seam == Seam.REFUSE && !looking.isEmpty()) {
      throw new IllegalArgumentException(
          "a block of at most %d days is shorter than what %s look back: in every row of it they would tell of days that are not in the window; leave them out, use longer windows and blocks, turn splicing off, or say that seams are allowed"
              .formatted(most, looking));
    }
  }

  @Override
  public WindowBatch apply(WindowBatch batch, Key key, double rate) {
    requireFits(batch.schema());
    int least = seam == Seam.REFUSE ? Math.max(shortest, batch.schema().lookback()) : shortest;
    int most = longest(batch.schema());
    int days = batch.schema().days();
    BatchDraft draft = BatchDraft.within(batch, history);
    for (int n = 0; n < batch.samples(); n++) {
      Draws draws = Draws.of(key.seed(), "splice", key.epoch(), key.step(), n);
      if (draws.uniform() >= rate) {
        continue;
      }
      int length = least + draws.below(most - least + 1);
      int row = draws.below(label == Label.KEEP ? days - length : days - length + 1);
      int regime = batch.regimes()[n * days + row + length - 1];
      int lastDay = stretch(draws, batch.origins().get(n), days, length, regime);
      if (lastDay >= 0) {
        splice(draft, n, row, length, lastDay, days);
      }
    }
    return draft.done();
  }

  /**
   * One sample spliced as told, whatever the regimes.
   *
   * @param sample number of the sample
   * @param row first row that is replaced
   * @param length number of rows
   * @param lastDay last day of the stretch of the sample's asset
   * @throws IllegalArgumentException if the stretch is not in the training span
   */
  public WindowBatch spliced(WindowBatch batch, int sample, int row, int length, int lastDay) {
    int days = batch.schema().days();
    int end = label == Label.KEEP ? days - 1 : days;
    if (row < 0 || length < 1 || row + length > end) {
      throw new IllegalArgumentException(
          "%d rows from row %d are not in the first %d rows of the window"
              .formatted(length, row, end));
    }
    BatchDraft draft = BatchDraft.within(batch, history);
    splice(draft, sample, row, length, lastDay, days);
    return draft.done();
  }

  private void splice(BatchDraft draft, int n, int row, int length, int lastDay, int days) {
    int asset = draft.origin(n).asset();
    draft.replace(n, row, length, asset, lastDay, history);
    if (label == Label.LENGTH_SHARE) {
      double share = length / (double) days;
      draft.labels()[n] = (1 - share) * draft.labels()[n] + share * history.label(asset, lastDay);
    }
  }

  /** Last day of a random stretch that may stand for days of a regime; -1 where none was found. */
  private int stretch(Draws draws, Origin origin, int days, int length, int regime) {
    int room = history.lastDay() - history.firstDay() + 1 - length;
    if (regime < 0 || room < 0) {
      return -1;
    }
    for (int i = 0; i < TRIES; i++) {
      int lastDay = history.firstDay() + length - 1 + draws.below(room + 1);
      int firstDay = lastDay - length + 1;
      boolean apart = lastDay < origin.day() - days + 1 || firstDay > history.knownAt(origin.day());
      if (apart
          && isOfAnother(regime, firstDay, lastDay)
          && history.covers(origin.asset(), lastDay, length)
          && (label == Label.KEEP || Double.isFinite(history.label(origin.asset(), lastDay)))) {
        return lastDay;
      }
    }
    return -1;
  }

  private boolean isOfAnother(int regime, int firstDay, int lastDay) {
    int other = history.regime(lastDay);
    for (int day = firstDay; day < lastDay; day++) {
      if (history.regime(day) != other) {
        return false;
      }
    }
    return other >= 0 && other != regime;
  }

  private int longest(WindowSchema schema) {
    return longest == 0 ? schema.days() - 1 : longest;
  }
}
