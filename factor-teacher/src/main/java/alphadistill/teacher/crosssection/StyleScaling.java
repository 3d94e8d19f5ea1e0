package alphadistill.teacher.crosssection;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics.Universe;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts styles on one scale, each day over that day's assets: minus the capitalisation-weighted mean, so that the market
 * has no style, divided by the equal-weighted deviation about the equal-weighted mean, then cut. Cutting comes last, so
 * the weighted mean of what is cut is only nearly zero.
 *
 * @param limit deviations at which values are cut, positive; infinite for none
 * @param deviation what the squares are divided by
 */
public record StyleScaling(double limit, Deviation deviation) {

  /** Divisor of the squares of n assets; practice differs, and style returns with it by sqrt(n / (n - 1)). */
  public enum Deviation {
    /** n. */
    POPULATION,
    /** n - 1. */
    SAMPLE
  }

  public StyleScaling {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "limit must be a positive number of deviations, was " + limit);
    }
  }

  /** Cut at three population deviations. */
  public static StyleScaling standard() {
    return new StyleScaling(3, Deviation.POPULATION);
  }

  /** The same in deviations with another divisor. */
  public StyleScaling by(Deviation other) {
    return new StyleScaling(limit, other);
  }

  /** The same cut elsewhere. */
  public StyleScaling cutAt(double deviations) {
    return new StyleScaling(deviations, deviation);
  }

  /**
   * One style of one day; all zeros when it is constant or of a single asset.
   *
   * @param values one an asset, NaN = missing and stays so
   * @param caps capitalisations; an asset without a positive one becomes missing
   */
  public double[] scale(double[] values, double[] caps) {
    double sum = 0;
    double capSum = 0;
    double capWeighted = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (counts(values[i], caps[i])) {
        sum += values[i];
        capSum += caps[i];
        capWeighted += caps[i] * values[i];
        count++;
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      if (counts(values[i], caps[i])) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
    }
    double size = Math.sqrt(squares / (deviation == Deviation.POPULATION ? count : count - 1));
    boolean constant = !(size > 1e-12 * Math.abs(mean)); // rounding is no variation
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!counts(values[i], caps[i])) {
        scaled[i] = Double.NaN;
      } else if (!constant) {
        double z = (values[i] - capWeighted / capSum) / size;
        scaled[i] = Math.max(-limit, Math.min(limit, z));
      }
    }
    return scaled;
  }

  /**
   * All fields of a panel, day by day.
   *
   * @param caps capitalisation known at the close of the day, row-major (day, asset)
   * @param universe which assets count on a day; others become missing
   */
  public Panel scale(Panel styles, float[] caps, Universe universe) {
    int assets = styles.assetCount();
    List<float[]> scaled = new ArrayList<>();
    for (int field = 0; field < styles.fields().size(); field++) {
      float[] values = new float[styles.days() * assets];
      for (int day = 0; day < styles.days(); day++) {
        double[] row = new double[assets];
        double[] weights = new double[assets];
        for (int asset = 0; asset < assets; asset++) {
          row[asset] = universe.contains(day, asset) ? styles.value(field, day, asset) : Double.NaN;
          weights[asset] = caps[day * assets + asset];
        }
        double[] z = scale(row, weights);
        for (int asset = 0; asset < assets; asset++) {
          values[day * assets + asset] = (float) z[asset];
        }
      }
      scaled.add(values);
    }
    Panel.Builder panel = Panel.builder(styles.dates(), styles.assets());
    for (int field = 0; field < scaled.size(); field++) {
      FieldSpec spec = styles.fields().get(field);
      panel.field(
          new FieldSpec(
              spec.name(),
              "deviations of the date",
              spec.definition() + "; then " + this,
              spec.warmUp()),
          scaled.get(field));
    }
    return panel.build();
  }

  private static boolean counts(double value, double cap) {
    return Double.isFinite(value) && cap > 0 && cap < Double.POSITIVE_INFINITY;
  }
}
