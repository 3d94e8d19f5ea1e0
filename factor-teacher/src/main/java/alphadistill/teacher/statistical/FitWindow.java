package alphadistill.teacher.statistical;

import alphadistill.teacher.covariance.ReturnSample;
import alphadistill.teacher.timeseries.ExcessReturns;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The part of a window that loadings can be found in, chosen from the window alone: days on which at least half of the
 * assets seen in the window have a return (others are holidays of a market), and assets with a return on all of these
 * days that is not always the same one. Other assets still get betas on the factors.
 *
 * @param day last day of the window
 * @param rows days, rising
 * @param assets indices, rising
 */
record FitWindow(int day, int[] rows, int[] assets) {

  static FitWindow of(ExcessReturns data, int first, int last) {
    int[] seenOn = new int[last - first + 1];
    int seen = 0;
    for (double[] own : data.excess()) {
      boolean any = false;
      for (int day = first; day <= last; day++) {
        if (!Double.isNaN(own[day])) {
          seenOn[day - first]++;
          any = true;
        }
      }
      seen += any ? 1 : 0;
    }
    int half = (seen + 1) / 2;
    int[] rows = IntStream.rangeClosed(first, last)
        .filter(day -> seenOn[day - first] > 0 && seenOn[day - first] >= half)
        .toArray();
    int[] assets = IntStream.range(0, data.assets().size())
        .filter(asset -> varies(data.excess()[asset], rows))
        .toArray();
    return new FitWindow(last, rows, assets);
  }

  FactorLoadings extract(ExcessReturns data, FactorExtraction extraction, int factors) {
    double[][] returns = Arrays.stream(assets)
        .mapToObj(asset ->
            Arrays.stream(rows).mapToDouble(row -> data.excess()[asset][row]).toArray())
        .toArray(double[][]::new);
    try {
      return extraction.of(
          ReturnSample.of(Arrays.stream(assets).mapToObj(data.assets()::get).toList(), returns),
          factors);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "loadings of %s: %s".formatted(data.dates().get(day), e.getMessage()), e);
    }
  }

  private static boolean varies(double[] own, int[] rows) {
    boolean changes = false;
    for (int row : rows) {
      if (Double.isNaN(own[row])) {
        return false;
      }
      changes |= own[row] != own[rows[0]];
    }
    return changes;
  }
}
