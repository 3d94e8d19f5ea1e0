package alphadistill.data.feature;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Puts every field of every date on one scale, over the assets that are present on that date: row by row, so nothing is
 * fitted and nothing looks ahead.
 *
 * @param method how a date's values are scaled
 * @param winsorise share at each end that is cut to the quantile first, in [0, 0.5)
 */
public record CrossSectionalScaling(Method method, double winsorise) {

  /** How a date's values are scaled. */
  public enum Method {
    /** (x - mean) / population deviation; affine, so mixed assets have mixed values. */
    ZSCORE,
    /** Average ranks spread evenly over [-1, 1]; not linear. */
    RANK
  }

  /** Which assets count on a day; others become missing. */
  @FunctionalInterface
  public interface Members {
    boolean contain(int day, int asset);
  }

  public CrossSectionalScaling {
    if (!(winsorise >= 0 && winsorise < 0.5)) {
      throw new IllegalArgumentException("winsorise must be in [0, 0.5), was " + winsorise);
    }
  }

  /** The scaled panel; a missing value stays missing, a constant cross-section and a single asset become 0. */
  public Panel scale(Panel features, Members members) {
    int assets = features.assetCount();
    float[][] scaled = new float[features.fields().size()][features.days() * assets];
    IntStream.range(0, features.days())
        .parallel()
        .forEach(
            day -> { // each day writes its own cells
              double[] values = new double[assets];
              int[] present = new int[assets];
              for (int field = 0; field < scaled.length; field++) {
                Arrays.fill(scaled[field], day * assets, (day + 1) * assets, Float.NaN);
                int count = 0;
                for (int asset = 0; asset < assets; asset++) {
                  float value = features.value(field, day, asset);
                  if (Float.isFinite(value) && members.contain(day, asset)) {
                    present[count] = asset;
                    values[count++] = value;
                  }
                }
                cut(values, count);
                if (method == Method.ZSCORE) {
                  standardise(values, count);
                } else {
                  rank(values, count);
                }
                for (int i = 0; i < count; i++) {
                  scaled[field][day * assets + present[i]] = (float) values[i];
                }
              }
            });
    Panel.Builder panel = Panel.builder(features.dates(), features.assets());
    for (int field = 0; field < scaled.length; field++) {
      FieldSpec spec = features.fields().get(field);
      String unit =
          method == Method.ZSCORE ? "deviations of the date" : "rank in [-1, 1] of the date";
      panel.field(
          new FieldSpec(spec.name(), unit, spec.definition() + "; then " + this, spec.warmUp()),
          scaled[field]);
    }
    return panel.build();
  }

  private void cut(double[] values, int count) {
    if (winsorise > 0 && count > 0) {
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      double low = quantile(sorted, winsorise);
      double high = quantile(sorted, 1 - winsorise);
      for (int i = 0; i < count; i++) {
        values[i] = Math.max(low, Math.min(high, values[i]));
      }
    }
  }

  /** Linear interpolation between order statistics. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static void standardise(double[] values, int count) {
    double mean = Arrays.stream(values, 0, count).sum() / count;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    double deviation = Math.sqrt(squares / count);
    boolean constant =
        !(deviation > 1e-12 * Math.abs(mean)); // a constant's deviation is rounding noise
    for (int i = 0; i < count; i++) {
      values[i] = constant ? 0 : (values[i] - mean) / deviation;
    }
  }

  private static void rank(double[] values, int count) {
    Integer[] order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[count];
    for (int from = 0; from < count; ) {
      int to = from + 1;
      while (to < count && values[order[to]] == values[order[from]]) {
        to++;
      }
      double average = (from + to - 1) / 2.0;
      for (int i = from; i < to; i++) {
        ranks[order[i]] = count == 1 ? 0 : 2 * average / (count - 1) - 1;
      }
      from = to;
    }
    System.arraycopy(ranks, 0, values, 0, count);
  }
}
