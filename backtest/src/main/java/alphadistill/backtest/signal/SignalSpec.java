package alphadistill.backtest.signal;

import java.util.List;

/**
 * What a score is asked to foretell and how that is summed up.
 *
 * @param horizon trading days the judged return covers; at least 1
 * @param lag trading days from the score to the fill, where the return starts; at least 1
 * @param quantiles buckets of the quantile returns; at least 2
 * @param minimumNames names a date needs for a coefficient; at least 2
 * @param decayHorizons other horizons shown beside, rising
 */
public record SignalSpec(
    int horizon, int lag, int quantiles, int minimumNames, List<Integer> decayHorizons) {

  /** Horizons that a decay curve shows: a day to three months. */
  public static final List<Integer> USUAL_DECAY = List.of(1, 2, 5, 10, 20, 40, 60);

  public SignalSpec {
    decayHorizons = List.copyOf(decayHorizons);
    if (horizon < 1 || lag < 1 || decayHorizons.stream().anyMatch(h -> h < 1)) {
      throw new IllegalArgumentException(
          "horizons and lag are at least 1 trading day, were %d, %d and decay %s"
              .formatted(horizon, lag, decayHorizons));
    }
    if (quantiles < 2 || minimumNames < 2) {
      throw new IllegalArgumentException(
          "at least 2 quantiles and 2 names are needed, were %d and %d"
              .formatted(quantiles, minimumNames));
    }
  }

  /** Five buckets, five names, the usual decay. */
  public static SignalSpec of(int horizon, int lag) {
    return new SignalSpec(horizon, lag, 5, InformationCoefficients.MINIMUM_NAMES, USUAL_DECAY);
  }
}
