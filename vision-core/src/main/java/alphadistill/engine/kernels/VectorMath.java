package alphadistill.engine.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Loops over heap arrays that the compiler does not vectorise by itself: exponentials, GELU, sums, small products. */
final class VectorMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector; arrays that are read in whole vectors are padded to a multiple. */
  static final int LANES = SPECIES.length();

  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;
  private static final float ROUND = 12582912f; // 1.5 * 2^23: adding it rounds to a whole number

  private VectorMath() {}

  static int padded(int length) {
    return (length + LANES - 1) / LANES * LANES;
  }

  /** exp(x), relative error below 2e-7, for x in [-87, 88]; smaller x give 1e-38. */
  private static FloatVector exp(FloatVector x) {
    FloatVector clamped = x.max(-87f).min(88f);
    FloatVector shifted = clamped.mul(LOG2_E).add(ROUND);
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = clamped.sub(n.mul(LN2_HIGH)).sub(n.mul(LN2_LOW));
    // Taylor to r^6 by Horner; |r| <= ln(2)/2, so the rest is below 1e-7
    FloatVector p = r.mul(1f / 5040).add(1f / 720);
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 120));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 24));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 6));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f));
    // 2^n through the exponent bits; shifted holds n in its low bits
    return p.mul(shifted
        .reinterpretAsInts()
        .sub(Float.floatToRawIntBits(ROUND))
        .add(127)
        .lanewise(VectorOperators.LSHL, 23)
        .reinterpretAsFloats());
  }

  /**
   * Phi(x) from {@code e = exp(-x^2 / 2)}: the error function of Abramowitz and Stegun 7.1.26, absolute error below
   * 1.5e-7.
   */
  private static FloatVector distribution(FloatVector x, FloatVector e) {
    FloatVector t = FloatVector.broadcast(SPECIES, 1f)
        .div(x.abs().mul(0.3275911f * 0.70710678f).add(1f));
    FloatVector p = t.mul(1.061405429f).add(-1.453152027f);
    p = p.fma(t, FloatVector.broadcast(SPECIES, 1.421413741f));
    p = p.fma(t, FloatVector.broadcast(SPECIES, -0.284496736f));
    p = p.fma(t, FloatVector.broadcast(SPECIES, 0.254829592f));
    FloatVector tail = p.mul(t).mul(e).mul(0.5f); // 1 - Phi(|x|)
    return tail.blend(
        FloatVector.broadcast(SPECIES, 1f).sub(tail), x.compare(VectorOperators.GE, 0f));
  }

  /** y = x Phi(x); lengths are padded. */
  static void gelu(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      v.mul(distribution(v, exp(v.mul(v).mul(-0.5f)))).intoArray(y, i);
    }
  }

  /** dy = dy (Phi(x) + x phi(x)) in place; lengths are padded. */
  static void geluBackward(float[] dy, float[] x, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      FloatVector e = exp(v.mul(v).mul(-0.5f));
      FloatVector slope = distribution(v, e).add(v.mul(e).mul(0.39894228f));
      FloatVector.fromArray(SPECIES, dy, i).mul(slope).intoArray(dy, i);
    }
  }

  /** x = x / (1 + exp(-x)) in place; lengths are padded. */
  static void silu(float[] x, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      v.div(exp(v.neg()).add(1f)).intoArray(x, i);
    }
  }

  /** Softmax of {@code x[from .. from+length)} in place; what is behind it up to the padding becomes zero. */
  static void softmax(float[] x, int from, int length, float[] lanes) {
    int padded = padded(length);
    java.util.Arrays.fill(x, from + length, from + padded, Float.NEGATIVE_INFINITY);
    FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < padded; i += LANES) {
      largest = largest.max(FloatVector.fromArray(SPECIES, x, from + i));
    }
    float max = largest.reduceLanes(VectorOperators.MAX);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < padded; i += LANES) {
      FloatVector e = exp(FloatVector.fromArray(SPECIES, x, from + i)
          .sub(max)); // the padding: 1e-38, gone from the sum
      e.intoArray(x, from + i);
      sum = sum.add(e);
    }

    float inverse = 1 / total(sum, lanes);
    for (int i = 0; i < padded; i += LANES) {
      FloatVector.fromArray(SPECIES, x, from + i).mul(inverse).intoArray(x, from + i);
    }
    java.util.Arrays.fill(x, from + length, from + padded, 0);
  }

  /**
   * Sum of the lanes, in halves: the library's own adds them one after the other, and taking a lane out is slow.
   *
   * @param lanes scratch of {@link #LANES} floats
   */
  private static float total(FloatVector v, float[] lanes) {
    v.intoArray(lanes, 0);
    for (int half = LANES / 2; half > 2; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
  }

  /** Sums of the columns of {@code count} rows without padding between them; {@code sums} is padded. */
  static void columnSums(float[] rows, int count, int channels, float[] sums) {
    int c = 0;
    for (; c + 4 * LANES <= channels; c += 4 * LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int at = c; at < count * channels; at += channels) {
        s0 = s0.add(FloatVector.fromArray(SPECIES, rows, at));
        s1 = s1.add(FloatVector.fromArray(SPECIES, rows, at + LANES));
        s2 = s2.add(FloatVector.fromArray(SPECIES, rows, at + 2 * LANES));
        s3 = s3.add(FloatVector.fromArray(SPECIES, rows, at + 3 * LANES));
      }
      s0.intoArray(sums, c);
      s1.intoArray(sums, c + LANES);
      s2.intoArray(sums, c + 2 * LANES);
      s3.intoArray(sums, c + 3 * LANES);
    }
    for (; c < channels; c++) {
      float sum = 0;
      for (int at = c; at < count * channels; at += channels) {
        sum += rows[at];
      }
      sums[c] = sum;
    }
  }

  static float sum(float[] x, int from, int length, float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, from + i));
    }
    float total = total(sum, lanes);
    for (; i < length; i++) {
      total += x[from + i];
    }
    return total;
  }

  static float dot(float[] x, int xFrom, float[] y, int yFrom, int length, float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      sum = FloatVector.fromArray(SPECIES, x, xFrom + i)
          .fma(FloatVector.fromArray(SPECIES, y, yFrom + i), sum);
    }
    float total = total(sum, lanes);
    for (; i < length; i++) {
      total += x[xFrom + i] * y[yFrom + i];
    }
    return total;
  }

  /** Sum of squared deviations from a centre. */
  static float squares(float[] x, int from, int length, float centre, float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector gap = FloatVector.fromArray(SPECIES, x, from + i).sub(centre);
      sum = gap.fma(gap, sum);
    }
    float total = total(sum, lanes);
    for (; i < length; i++) {
      total += (x[from + i] - centre) * (x[from + i] - centre);
    }
    return total;
  }

  /**
   * Small matrix product {@code c = a b}: a (m, k) with row stride {@code strideA}, b (k, n) and c (m, n) with rows
   * padded to {@code padded(n)}.
   */
  static void multiply(
      float[] a, int fromA, int strideA, float[] b, float[] c, int m, int k, int n) {
    int stride = padded(n);
    for (int block = 0; block < m && m >= 4; block += 4) {
      int i = Math.min(
          block, m - 4); // the last block repeats rows: one row alone takes as long as four
      int a0 = fromA + i * strideA;
      int a1 = a0 + strideA;
      int a2 = a1 + strideA;
      int a3 = a2 + strideA;
      for (int j = 0; j < stride; j += LANES) {
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        for (int p = 0; p < k; p++) {
          FloatVector row = FloatVector.fromArray(SPECIES, b, p * stride + j);
          c0 = row.fma(FloatVector.broadcast(SPECIES, a[a0 + p]), c0);
          c1 = row.fma(FloatVector.broadcast(SPECIES, a[a1 + p]), c1);
          c2 = row.fma(FloatVector.broadcast(SPECIES, a[a2 + p]), c2);
          c3 = row.fma(FloatVector.broadcast(SPECIES, a[a3 + p]), c3);
        }
        c0.intoArray(c, i * stride + j);
        c1.intoArray(c, (i + 1) * stride + j);
        c2.intoArray(c, (i + 2) * stride + j);
        c3.intoArray(c, (i + 3) * stride + j);
      }
    }
    for (int i = 0; i < m && m < 4; i++) {
      int a0 = fromA + i * strideA;
      for (int j = 0; j < stride; j += LANES) {
        FloatVector c0 = FloatVector.zero(SPECIES);
        for (int p = 0; p < k; p++) {
          c0 = FloatVector.fromArray(SPECIES, b, p * stride + j)
              .fma(FloatVector.broadcast(SPECIES, a[a0 + p]), c0);
        }
        c0.intoArray(c, i * stride + j);
      }
    }
  }
}
