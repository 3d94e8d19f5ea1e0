package alphadistill.engine.optim;

/** The learning rate of each step. */
public interface Schedule {
  /**
   * @param epoch from 0
   * @param progress share of the epoch that is done, in [0, 1)
   */
  double rateAt(int epoch, double progress);

  /** The same rate always. */
  record Constant(double rate) implements Schedule {
    @Override
    public double rateAt(int epoch, double progress) {
      return rate;
    }
  }

  /**
   * Linear warm-up from a tenth of a percent of the rate, then a cosine to a hundredth of it, moved at every step.
   *
   * @param rate highest rate
   * @param warmUp epochs of warm-up; fractions count
   * @param epochs at which the cosine ends
   */
  record WarmCosine(double rate, double warmUp, int epochs) implements Schedule {
    public WarmCosine {
      if (!(rate > 0) || !(warmUp >= 0) || epochs < 1 || warmUp > epochs) {
        throw new IllegalArgumentException(
            "need rate > 0 and 0 <= warmUp <= epochs, were %s, %s and %d"
                .formatted(rate, warmUp, epochs));
      }
    }

    @Override
    public double rateAt(int epoch, double progress) {
      double at = epoch + progress;
      if (at < warmUp) {
        return rate * (0.001 + 0.999 * at / warmUp);
      }
      double done = warmUp == epochs ? 1 : Math.min(1, (at - warmUp) / (epochs - warmUp));
      return rate * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * done)));
    }
  }

  /**
   * The cosine of DeiT, moved once an epoch (vision.md section 3): the value at t is {@code warmUpRate + t (rate -
   * warmUpRate) / warmUp} before t = warmUp, then {@code least + (rate - least) / 2 * (1 + cos(pi t / epochs))}, whose
   * clock includes the warm-up.
   *
   * @param late whether epoch e runs at the value of e-1, as the reference code does (it steps after the epoch), or at
   *     its own
   */
  record DeitCosine(
      double rate, double warmUpRate, int warmUp, int epochs, double least, boolean late)
      implements Schedule {
    /** The scheduler's value for epoch t. */
    public double value(int t) {
      if (t < warmUp) {
        return warmUpRate + t * (rate - warmUpRate) / warmUp;
      }
      return t >= epochs
          ? least
          : least + (rate - least) / 2 * (1 + Math.cos(Math.PI * t / epochs));
    }

    @Override
    public double rateAt(int epoch, double progress) {
      if (!late) {
        return value(epoch);
      }
      // before its first step the reference runs at the warm-up rate, or at the base rate without a
      // warm-up
      return epoch == 0 ? (warmUp > 0 ? warmUpRate : rate) : value(epoch - 1);
    }
  }
}
