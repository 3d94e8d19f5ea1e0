package alphadistill.augment.window;

import alphadistill.augment.Draws;

/**
 * A negative control, not an augmentation: the window's days in backward order, label as it was. Sign and lead-lag of
 * returns are not reversible, so a student that is no worse for it has not learnt from the order of days (quant.md 5).
 *
 * <pre>
 * row t <- row T-1-t:  channels, presence, regimes, and the teacher's returns of asset and factors of the window's days
 * </pre>
 *
 * <p>The teacher sees what the student sees: characteristics are those of the new last row, which is the oldest day. Use
 * it last: in the origin, days of a stretch then run backwards in their rows.
 */
public record TimeReversal() implements WindowTransform {

  @Override
  public void requireFits(WindowSchema schema) {
    if (schema.days() < 2) {
      throw new IllegalArgumentException(
          "a window of 1 day is the same backwards: time reversal needs at least 2 days");
    }
  }

  @Override
  public WindowBatch apply(WindowBatch batch, Key key, double rate) {
    requireFits(batch.schema());
    BatchDraft draft = BatchDraft.of(batch);
    for (int n = 0; n < batch.samples(); n++) {
      Draws draws = Draws.of(key.seed(), "time reversal", key.epoch(), key.step(), n);
      if (draws.uniform() < rate) {
        reverse(batch, draft, n);
      }
    }
    return draft.done();
  }

  private static void reverse(WindowBatch batch, BatchDraft draft, int n) {
    int days = batch.schema().days();
    int features = batch.schema().features();
    for (int row = 0; row < days; row++) {
      int from = days - 1 - row;
      System.arraycopy(
          batch.windows(), draft.at(n, from), draft.windows(), draft.at(n, row), features);
      draft.regimes()[n * days + row] = batch.regimes()[n * days + from];
    }
    if (batch.teacherInputs() instanceof TeacherInputs.ReturnHistory before) {
      reverseReturns(before, draft, n, days);
    }
    draft.readCharacteristics(n);
    draft.origin(n, draft.origin(n).reversed(days));
  }

  private static void reverseReturns(
      TeacherInputs.ReturnHistory before, BatchDraft draft, int n, int days) {
    int factors = before.factors();
    for (int row = 0; row < days; row++) {
      int to = draft.historyRow(n, row);
      int from = draft.historyRow(n, days - 1 - row);
      if (to >= 0) { // days that a short history does not hold are missing
        draft.history().asset()[to] = from < 0 ? Double.NaN : before.asset()[from];
        for (int f = 0; f < factors; f++) {
          draft.history().factor()[to * factors + f] =
              from < 0 ? Double.NaN : before.factor()[from * factors + f];
        }
      }
    }
  }
}
