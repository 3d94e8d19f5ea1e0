package alphadistill.augment;

/**
 * Random draws from a counter-based generator: the key says everything, so a draw never depends on what was drawn
 * before elsewhere, on the number of workers, or on where a run was resumed.
 *
 * <p>The stream of a key is SplitMix64 started at a hash of the key; the key is by convention (seed, purpose, epoch,
 * sample).
 *
 * <pre>{@code
 * Draws draws = Draws.of(seed, "mixup", epoch, sample);
 * double share = draws.beta(0.4, 0.4);
 * }</pre>
 */
public final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;
  private double spareNormal = Double.NaN;

  private Draws(long state) {
    this.state = state;
  }

  /** The stream of (seed, purpose, counters). */
  public static Draws of(long seed, String purpose, long... counters) {
    long hash = mix(seed + GOLDEN);
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash ^ purpose.charAt(i)) + GOLDEN;
    }
    for (long counter : counters) {
      hash = mix(hash ^ mix(counter + GOLDEN)) + GOLDEN;
    }
    return new Draws(hash);
  }

  /** 64 random bits. */
  public long bits() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, 1), 53 bits. */
  public double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** Uniform whole number in [0, bound). */
  public int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, was " + bound);
    }
    return (int) (((bits() >>> 32) * bound) >>> 32); // bias below 2^-32 * bound
  }

  /** Standard normal, by the polar method. */
  public double normal() {
    if (!Double.isNaN(spareNormal)) {
      double value = spareNormal;
      spareNormal = Double.NaN;
      return value;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    double scale =
        StrictMath.sqrt(-2 * StrictMath.log(s) / s); // StrictMath: the same bits on every JVM
    spareNormal = v * scale;
    return u * scale;
  }

  /** Beta(a, b), by two gamma draws. */
  public double beta(double a, double b) {
    double x = gamma(a);
    double y = gamma(b);
    return x + y == 0 ? 0.5 : x / (x + y); // both underflow only for tiny shapes
  }

  /** Gamma(shape, 1), by Marsaglia and Tsang (2000). */
  private double gamma(double shape) {
    if (!(shape > 0)) {
      throw new IllegalArgumentException("a Beta or Gamma shape must be positive, was " + shape);
    }
    if (shape < 1) {
      return gamma(shape + 1) * StrictMath.pow(1 - uniform(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = normal();
      double v = 1 + c * x;
      if (v > 0) {
        double cube = v * v * v;
        if (StrictMath.log(1 - uniform()) < 0.5 * x * x + d - d * cube + d * StrictMath.log(cube)) {
          return d * cube;
        }
      }
    }
  }

  /** A random order of 0 .. n-1 (Fisher-Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
