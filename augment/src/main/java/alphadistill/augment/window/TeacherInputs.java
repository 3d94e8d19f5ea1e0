package alphadistill.augment.window;

import java.util.List;

/**
 * What a linear factor model needs to answer for the samples of a batch; changed together with the windows, so that the
 * teacher answers for exactly what the student sees.
 */
public sealed interface TeacherInputs {

  /** Number of samples, N. */
  int samples();

  /**
   * Characteristics as of the signal day, for a cross-sectional model: channels of the window's last day, unrounded.
   *
   * @param channels which of the window's channels each of the K characteristics is; what happens to that channel's
   *     last day happens to the characteristic
   * @param values row-major (N, K)
   */
  record Characteristics(List<Integer> channels, double[] values) implements TeacherInputs {
    public Characteristics {
      channels = List.copyOf(channels);
      if (channels.isEmpty() || values.length % channels.size() != 0) {
        throw new IllegalArgumentException("%d values are no rows of %d characteristics"
            .formatted(values.length, channels.size()));
      }
    }

    /** K. */
    public int width() {
      return channels.size();
    }

    @Override
    public int samples() {
      return values.length / channels.size();
    }
  }

  /**
   * Returns of the asset and of the factors over the days up to the signal day, for a time-series model; the window's
   * days are the last ones.
   *
   * @param days H, length of the history; at least the window's
   * @param factors K, number of factors
   * @param asset excess returns of the asset, row-major (N, H), decimal, NaN = missing
   * @param factor returns of the factors on the same rows, row-major (N, H, K)
   */
  record ReturnHistory(int days, int factors, double[] asset, double[] factor)
      implements TeacherInputs {
    public ReturnHistory {
      if (days < 1
          || factors < 1
          || asset.length % days != 0
          || factor.length != asset.length * factors) {
        throw new IllegalArgumentException(
            "%d asset returns and %d factor returns are no histories of %d days and %d factors"
                .formatted(asset.length, factor.length, days, factors));
      }
    }

    @Override
    public int samples() {
      return asset.length / days;
    }
  }
}
