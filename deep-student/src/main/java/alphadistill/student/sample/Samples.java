package alphadistill.student.sample;

import alphadistill.student.fold.Span;
import java.util.Arrays;

/**
 * Which (day, asset) pairs are samples, in the order of days and then of assets.
 *
 * @param day index of the signal day, the last day of the window
 * @param asset index of the asset
 */
public record Samples(int[] day, int[] asset) {

  public Samples {
    if (day.length != asset.length) {
      throw new IllegalArgumentException(
          "%d days but %d assets".formatted(day.length, asset.length));
    }
    for (int i = 1; i < day.length; i++) {
      if (day[i] < day[i - 1] || (day[i] == day[i - 1] && asset[i] <= asset[i - 1])) {
        throw new IllegalArgumentException(
            "samples must be in order of day and asset; sample %d is not".formatted(i));
      }
    }
  }

  /** Whether an asset may be a sample on a day. */
  @FunctionalInterface
  public interface Eligible {
    boolean test(int day, int asset);
  }

  /**
   * Every eligible pair on each {@code stride}-th day of a span, counted back from its last day, so that the newest
   * information is always used.
   */
  public static Samples in(Span span, int stride, int assets, Eligible eligible) {
    int[] day = new int[64];
    int[] asset = new int[64];
    int count = 0;
    for (int d = span.last() - (span.length() - 1) / stride * stride;
        d <= span.last();
        d += stride) {
      for (int a = 0; a < assets; a++) {
        if (eligible.test(d, a)) {
          if (count == day.length) {
            day = Arrays.copyOf(day, 2 * count);
            asset = Arrays.copyOf(asset, 2 * count);
          }
          day[count] = d;
          asset[count++] = a;
        }
      }
    }
    return new Samples(Arrays.copyOf(day, count), Arrays.copyOf(asset, count));
  }

  public int size() {
    return day.length;
  }

  /** The samples that pass, in order. */
  public Samples where(Eligible eligible) {
    int[] rows = java.util.stream.IntStream.range(0, size())
        .filter(i -> eligible.test(day[i], asset[i]))
        .toArray();
    return new Samples(
        Arrays.stream(rows).map(i -> day[i]).toArray(),
        Arrays.stream(rows).map(i -> asset[i]).toArray());
  }

  public Samples select(int from, int to) {
    return new Samples(Arrays.copyOfRange(day, from, to), Arrays.copyOfRange(asset, from, to));
  }

  /** Where each day's samples start, in order, and the size as a last entry. */
  public int[] dayStarts() {
    int[] starts = new int[size() + 1];
    int count = 0;
    for (int i = 0; i < size(); i++) {
      if (i == 0 || day[i] != day[i - 1]) {
        starts[count++] = i;
      }
    }
    starts[count++] = size();
    return Arrays.copyOf(starts, count);
  }
}
