package alphadistill.augment.window;

import alphadistill.augment.Draws;

/**
 * Random end and length inside the training span (quant.md 5): a sample becomes the one that was observed on another
 * day, at most {@code reach} days earlier or later, with that day's window, regimes, label and teacher inputs; and of
 * its window only the last {@code L} days are kept, as if the asset had been listed then.
 *
 * <pre>
 * end     day + s,    s uniform in [-reach, reach], one for all samples of a date
 * length  L uniform in [shortest, T];  rows before it: values 0, presence 0, the teacher's returns missing
 * </pre>
 *
 * <p>Assets of a date move together, so that mixup still finds company. The sample's signal day is then the new one, so
 * the teacher answers by the model of that day. A sample stays on its day where no training sample of its asset may end
 * on the new one. What earlier transforms did to a sample that moves is lost: sample sub-periods first. In the return
 * history, days before the training span are missing.
 *
 * @param reach most days the end moves, not negative
 * @param shortest fewest days of the window that are kept; 0 for all
 * @param history training span
 */
public record SubPeriod(int reach, int shortest, History history) implements WindowTransform {

  public SubPeriod {
    if (reach < 0 || shortest < 0 || reach + shortest == 0) {
      throw new IllegalArgumentException(
          "sub-periods need a reach of at least 1 day or a shortest length of at least 1 day, were %d and %d"
              .formatted(reach, shortest));
    }
  }

  @Override
  public void requireFits(WindowSchema schema) {
    if (shortest > schema.days()) {
      throw new IllegalArgumentException(
          "a sub-period of at least %d days does not fit into a window of %d days"
              .formatted(shortest, schema.days()));
    }
    if (shortest > 0 && schema.presence().isEmpty()) {
      throw new IllegalArgumentException(
          "a shorter sub-period needs a presence channel: an emptied day could not be told from an average one");
    }
  }

  @Override
  public WindowBatch apply(WindowBatch batch, Key key, double rate) {
    requireFits(batch.schema());
    int days = batch.schema().days();
    BatchDraft draft = BatchDraft.within(batch, history);
    for (int n = 0; n < batch.samples(); n++) {
      Origin origin = batch.origins().get(n);
      Draws ofDate =
          Draws.of(key.seed(), "end of sub-period", key.epoch(), key.step(), origin.day());
      if (ofDate.uniform() >= rate) {
        continue;
      }
      int day = origin.day() + ofDate.below(2 * reach + 1) - reach;
      if (day != origin.day() && mayEnd(origin.asset(), day, days)) {
        draft.observe(n, origin.asset(), day, history);
      }
      Draws own = Draws.of(key.seed(), "length of sub-period", key.epoch(), key.step(), n);
      int length = shortest == 0 ? days : shortest + own.below(days - shortest + 1);
      if (length < days) {
        draft.empty(n, 0, days - length);
      }
    }
    return draft.done();
  }

  private boolean mayEnd(int asset, int day, int days) {
    return day >= history.firstDay()
        && day <= history.lastDay()
        && history.covers(asset, day, days)
        && Double.isFinite(history.label(asset, day));
  }
}
