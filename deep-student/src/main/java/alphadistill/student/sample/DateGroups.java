package alphadistill.student.sample;

import alphadistill.augment.Draws;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches in which every sample has company of its own date, as mixup needs: each day's assets are shuffled and cut
 * into groups, and groups are shuffled into batches. The order of an epoch depends on (seed, epoch) alone.
 *
 * @param samples what is trained on
 * @param batch samples in a batch, at most; the last batch of an epoch may be smaller
 * @param group assets of one date that stay together; at most {@code batch}
 * @param seed of the order
 */
public record DateGroups(Samples samples, int batch, int group, long seed) {

  public DateGroups {
    if (group < 1 || batch < group) {
      throw new IllegalArgumentException(
          "need 1 <= group <= batch, were group %d and batch %d".formatted(group, batch));
    }
  }

  /** Row numbers of each batch of an epoch; every sample appears once. */
  public List<int[]> epoch(int epoch) {
    List<int[]> groups = new ArrayList<>();
    int[] starts = samples.dayStarts();
    for (int d = 0; d + 1 < starts.length; d++) {
      int count = starts[d + 1] - starts[d];
      int[] order = Draws.of(seed, "assets of a date", epoch, starts[d]).permutation(count);
      int pieces = (count + group - 1) / group;
      for (int p = 0; p < pieces; p++) { // pieces of nearly equal size: none is left alone
        int from = (int) ((long) count * p / pieces);
        int to = (int) ((long) count * (p + 1) / pieces);
        int[] rows = new int[to - from];
        for (int i = 0; i < rows.length; i++) {
          rows[i] = starts[d] + order[from + i];
        }
        groups.add(rows);
      }
    }
    int[] order = Draws.of(seed, "groups", epoch).permutation(groups.size());
    List<int[]> batches = new ArrayList<>();
    List<int[]> open = new ArrayList<>();
    int size = 0;
    for (int g : order) {
      int[] rows = groups.get(g);
      if (size + rows.length > batch) {
        batches.add(join(open, size));
        open.clear();
        size = 0;
      }
      open.add(rows);
      size += rows.length;
    }
    if (size > 0) {
      batches.add(join(open, size));
    }
    return batches;
  }

  private static int[] join(List<int[]> groups, int size) {
    int[] rows = new int[size];
    int at = 0;
    for (int[] group : groups) {
      System.arraycopy(group, 0, rows, at, group.length);
      at += group.length;
    }
    return rows;
  }
}
