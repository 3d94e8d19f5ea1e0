package alphadistill.student.teach;

import alphadistill.augment.window.Channel;
import alphadistill.augment.window.History;
import alphadistill.augment.window.Origin;
import alphadistill.augment.window.TeacherInputs;
import alphadistill.augment.window.WindowBatch;
import alphadistill.augment.window.WindowSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Returns of some assets and factors as a batch of windows and a history that transforms may take from; the one channel
 * is the asset's return.
 *
 * @param assets excess returns, {@code [asset][day]}
 * @param factors returns, {@code [factor][day]}
 */
record ReferenceMarket(double[][] assets, double[][] factors) implements History {

  /** One sample an asset, all ending on one day. */
  WindowBatch batch(int day, int days) {
    int samples = assets.length;
    WindowSchema schema =
        new WindowSchema(days, List.of(new Channel("return", Channel.Kind.RETURN, 1)));
    float[] windows = new float[samples * days];
    double[] asset = new double[samples * days];
    double[] factor = new double[samples * days * factors.length];
    int[] regimes = new int[samples * days];
    List<Origin> origins = new ArrayList<>();
    for (int n = 0; n < samples; n++) {
      channels(n, day, days, windows, n * days);
      for (int i = 0; i < days; i++) {
        asset[n * days + i] = assetReturn(n, day - days + 1 + i);
        for (int k = 0; k < factors.length; k++) {
          factor[(n * days + i) * factors.length + k] = factorReturn(k, day - days + 1 + i);
        }
      }
      origins.add(Origin.observed(n, day, days));
    }
    return new WindowBatch(
        schema,
        windows,
        new double[samples],
        regimes,
        new TeacherInputs.ReturnHistory(days, factors.length, asset, factor),
        origins);
  }

  @Override
  public int firstDay() {
    return 0;
  }

  @Override
  public int lastDay() {
    return assets[0].length - 1;
  }

  @Override
  public int regime(int day) {
    return -1;
  }

  @Override
  public boolean covers(int asset, int lastDay, int days) {
    return lastDay - days + 1 >= 0 && lastDay <= lastDay();
  }

  @Override
  public void channels(int asset, int lastDay, int days, float[] into, int at) {
    for (int i = 0; i < days; i++) {
      into[at + i] = (float) assetReturn(asset, lastDay - days + 1 + i);
    }
  }

  @Override
  public double label(int asset, int day) {
    return Double.NaN;
  }

  @Override
  public int knownAt(int day) {
    return day + 1;
  }

  @Override
  public double assetReturn(int asset, int day) {
    return assets[asset][day];
  }

  @Override
  public double factorReturn(int factor, int day) {
    return factors[factor][day];
  }
}
