package alphadistill.augment.window;

import alphadistill.augment.Draws;

/**
 * Takes a block of days away, as a suspension would: values 0, presence 0, and the asset's returns missing for the
 * teacher, who sees the same hole. Returns are never carried forward. The label stays (quant.md 5).
 *
 * <pre>
 * rows r .. r+L-1 emptied,  L uniform in [shortest, longest], r uniform; the signal day is never among them
 * </pre>
 *
 * <p>An asset that is not quoted on a day has no signal of that day. Channels of later days that look back over the
 * block still know of it, as those of an asset whose quotes are merely missing in the data do.
 *
 * @param shortest fewest days, at least 1
 * @param longest most days
 */
public record MissingBlocks(int shortest, int longest) implements WindowTransform {

  public MissingBlocks {
    if (shortest < 1 || longest < shortest) {
      throw new IllegalArgumentException(
          "a missing block needs 1 <= shortest <= longest days, were %d and %d"
              .formatted(shortest, longest));
    }
  }

  @Override
  public void requireFits(WindowSchema schema) {
    if (schema.presence().isEmpty()) {
      throw new IllegalArgumentException(
          "missing blocks need a presence channel: an emptied day could not be told from an average one");
    }
    if (longest > schema.days() - 1) {
      throw new IllegalArgumentException(
          "missing blocks of up to %d days do not fit into a window of %d days beside its signal day"
              .formatted(longest, schema.days()));
    }
  }

  @Override
  public WindowBatch apply(WindowBatch batch, Key key, double rate) {
    requireFits(batch.schema());
    BatchDraft draft = BatchDraft.of(batch);
    for (int n = 0; n < batch.samples(); n++) {
      Draws draws = Draws.of(key.seed(), "missing block", key.epoch(), key.step(), n);
      if (draws.uniform() < rate) {
        int length = shortest + draws.below(longest - shortest + 1);
        draft.empty(n, draws.below(batch.schema().days() - length), length);
      }
    }
    return draft.done();
  }
}
