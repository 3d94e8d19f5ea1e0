package alphadistill.cli.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Seconds of two pieces of work that take turns, so that whatever else the machine does hits both alike. Medians, and
 * the median of the ratios of neighbours.
 *
 * @param ours median seconds of the first
 * @param theirs median seconds of the second; NaN when there is none
 * @param ratio median of theirs / ours over the turns: above 1 we are faster
 */
record Alternation(double ours, double theirs, double ratio) {
  private static final long SETTLE_MILLIS = 30;
  private static final long WARM_UP_NANOS = 2_000_000_000L;

  /** @param warmUp turns that are not counted */
  static Alternation of(int warmUp, int runs, DoubleSupplier ours, DoubleSupplier theirs) {
    double[] first = new double[runs];
    double[] second = new double[runs];
    double[] ratios = new double[runs];
    for (int run = -warmUp; run < runs; run++) {
      settle();
      double mine = ours.getAsDouble();
      settle();
      double other = theirs.getAsDouble();
      if (run >= 0) {
        first[run] = mine;
        second[run] = other;
        ratios[run] = other / mine;
      }
    }
    return new Alternation(median(first), median(second), median(ratios));
  }

  /** In turns with a peer, or alone where that is absent. */
  static Alternation against(PeerProcess peer, int warmUp, int runs, DoubleSupplier ours) {
    return peer.isThere() ? of(warmUp, runs, ours, peer::step) : alone(warmUp, runs, ours);
  }

  /** One piece of work alone. */
  static Alternation alone(int warmUp, int runs, DoubleSupplier ours) {
    return of(warmUp, runs, ours, () -> Double.NaN);
  }

  /** Wall time of some work. */
  static DoubleSupplier seconds(Runnable work) {
    return () -> {
      long begun = System.nanoTime();
      work.run();
      return (System.nanoTime() - begun) * 1e-9;
    };
  }

  /** Threads of a library look out for more work for some milliseconds, which the other side would lack. */
  private static void settle() {
    try {
      Thread.sleep(SETTLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does some work again and again until the JIT has compiled it. */
  static void warmUp(Runnable work) {
    long end = System.nanoTime() + WARM_UP_NANOS;
    while (System.nanoTime() < end) {
      work.run();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted); // NaN last: all or none are
    return sorted[sorted.length / 2];
  }
}
