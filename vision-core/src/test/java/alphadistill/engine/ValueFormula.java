package alphadistill.engine;

import java.nio.charset.StandardCharsets;

/**
 * The formula that weights and inputs of reference files come from (golden/README.md): FNV-1a of a name starts
 * SplitMix64, whose upper 24 bits make a number.
 *
 * @param seed of the set, in a file's metadata
 */
public record ValueFormula(long seed) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** FNV-1a of the name's UTF-8 bytes. */
  static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }

  /** The 64 bits of element i. */
  long raw(String name, long i) {
    return mix(seed * GOLDEN + hash(name) + (i + 1) * GOLDEN);
  }

  /** The first numbers {@code offset + scale * u}, u in [-1, 1), rounded once. */
  public float[] floats(String name, int count, double scale, double offset) {
    float[] values = new float[count];
    long start = seed * GOLDEN + hash(name);
    for (int i = 0; i < count; i++) {
      long k = mix(start + (i + 1) * GOLDEN) >>> 40;
      values[i] = (float) (offset + scale * ((k - 8388608) / 8388608.0));
    }
    return values;
  }

  /** The first whole numbers in [0, modulus). */
  public long[] integers(String name, int count, long modulus) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = (raw(name, i) >>> 40) % modulus;
    }
    return values;
  }

  /** A weight tensor, with scale and offset by its name. */
  public float[] weights(String prefix, String name, long[] shape) {
    int length = 1;
    int fanIn = 1;
    for (int i = 0; i < shape.length; i++) {
      length *= (int) shape[i];
      fanIn *= i == 0 ? 1 : (int) shape[i];
    }
    double scale;
    double offset = 0;
    if (name.endsWith("gamma_1") || name.endsWith("gamma_2")) {
      scale = 0.125;
      offset = 0.25;
    } else if (name.endsWith("_token") || name.equals("pos_embed")) {
      scale = 0.25;
    } else if (name.endsWith(".bias")) {
      scale = name.matches("(.*\\.)?(norm|bn)\\d*\\.bias") ? 0.0625 : 0.03125;
    } else if (shape.length == 1) {
      scale = 0.125;
      offset = 1;
    } else {
      scale = Math.pow(2, -((31 - Integer.numberOfLeadingZeros(fanIn)) / 2));
    }
    return floats(prefix + name, length, scale, offset);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
