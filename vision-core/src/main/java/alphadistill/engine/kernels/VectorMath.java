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

  /** {@code x = (x - mean) * inverse} in place and {@code y = x * gain + shift}, of one row. */
  static void normalise(
      float[] x,
      int from,
      int length,
      float mean,
      float inverse,
      float[] gain,
      float[] shift,
      float[] y) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector plain = FloatVector.fromArray(SPECIES, x, from + i).sub(mean).mul(inverse);
      plain.intoArray(x, from + i);
      plain
          .fma(FloatVector.fromArray(SPECIES, gain, i), FloatVector.fromArray(SPECIES, shift, i))
          .intoArray(y, from + i);
    }
    for (; i < length; i++) {
      x[from + i] = (x[from + i] - mean) * inverse;
      y[from + i] = Math.fma(x[from + i], gain[i], shift[i]);
    }
  }

  /**
   * One row of a layer norm's backward pass: {@code dy = residual + (g - mean(g) - x mean(g x)) * inverse} in place, with
   * {@code g = dy gain}; {@code gains += dy x}, {@code shifts += dy}.
   *
   * @param x the normalised row
   * @param residual null for none
   */
  static void normBackward(
      float[] dy,
      float[] x,
      int from,
      int length,
      float inverse,
      float[] gain,
      float[] residual,
      float[] gains,
      float[] shifts,
      float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector sumX = sum;
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, dy, from + i);
      FloatVector plain = FloatVector.fromArray(SPECIES, x, from + i);
      d.fma(plain, FloatVector.fromArray(SPECIES, gains, i)).intoArray(gains, i);
      d.add(FloatVector.fromArray(SPECIES, shifts, i)).intoArray(shifts, i);
      FloatVector g = d.mul(FloatVector.fromArray(SPECIES, gain, i));
      sum = sum.add(g);
      sumX = g.fma(plain, sumX);
    }
    float mean = total(sum, lanes);
    float meanX = total(sumX, lanes);
    for (int rest = i; rest < length; rest++) {
      float d = dy[from + rest];
      gains[rest] += d * x[from + rest];
      shifts[rest] += d;
      mean += d * gain[rest];
      meanX += d * gain[rest] * x[from + rest];
    }
    mean /= length;
    meanX /= length;
    int vectors = i;
    for (i = 0; i < vectors; i += LANES) {
      FloatVector slope = FloatVector.fromArray(SPECIES, dy, from + i)
          .mul(FloatVector.fromArray(SPECIES, gain, i))
          .sub(mean)
          .sub(FloatVector.fromArray(SPECIES, x, from + i).mul(meanX))
          .mul(inverse);
      (residual == null ? slope : slope.add(FloatVector.fromArray(SPECIES, residual, from + i)))
          .intoArray(dy, from + i);
    }
    for (; i < length; i++) {
      float slope = (dy[from + i] * gain[i] - mean - x[from + i] * meanX) * inverse;
      dy[from + i] = residual == null ? slope : slope + residual[from + i];
    }
  }

  /**
   * Small matrix product {@code c = a b}: b (k, n) and c (m, n) with rows padded to {@code padded(n)}.
   *
   * @param strideA from a row of a to the next: its length, or 1 for a matrix that is to be read transposed
   * @param stepA from a column of a to the next: 1, or its length
   */
  static void multiply(
      float[] a, int fromA, int strideA, int stepA, float[] b, float[] c, int m, int k, int n) {
    int stride = padded(n);
    for (int block = 0; block < m && m >= 4; block += 4) {
      int i = Math.min(
          block, m - 4); // the last block repeats rows: one row alone takes as long as four
      int at = fromA + i * strideA;
      int into = i * stride;
      for (int j = 0; j < stride; ) { // 8 or 12 sums hide the latency of each addition; 4 do not
        int left = (stride - j) / LANES;
        if (left == 1) {
          fourByOne(a, at, strideA, stepA, b, c, into, k, stride, j);
          j += LANES;
        } else if (left == 2 || left == 4) {
          fourByTwo(a, at, strideA, stepA, b, c, into, k, stride, j);
          j += 2 * LANES;
        } else {
          fourByThree(a, at, strideA, stepA, b, c, into, k, stride, j);
          j += 3 * LANES;
        }
      }
    }
    for (int i = 0; i < m && m < 4; i++) {
      int at = fromA + i * strideA;
      for (int j = 0; j < stride; j += LANES) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int p = 0; p < k; p++) {
          sum = FloatVector.fromArray(SPECIES, b, p * stride + j)
              .fma(FloatVector.broadcast(SPECIES, a[at + p * stepA]), sum);
        }
        sum.intoArray(c, i * stride + j);
      }
    }
  }

  private static void fourByOne(
      float[] a,
      int at,
      int strideA,
      int stepA,
      float[] b,
      float[] c,
      int into,
      int k,
      int stride,
      int j) {
    int a1 = at + strideA;
    int a2 = a1 + strideA;
    int a3 = a2 + strideA;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    for (int p = 0; p < k; p++) {
      int row = p * stride + j;
      int step = p * stepA;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector v0 = FloatVector.broadcast(SPECIES, a[at + step]);
      c00 = b0.fma(v0, c00);
      FloatVector v1 = FloatVector.broadcast(SPECIES, a[a1 + step]);
      c10 = b0.fma(v1, c10);
      FloatVector v2 = FloatVector.broadcast(SPECIES, a[a2 + step]);
      c20 = b0.fma(v2, c20);
      FloatVector v3 = FloatVector.broadcast(SPECIES, a[a3 + step]);
      c30 = b0.fma(v3, c30);
    }
    c00.intoArray(c, into + j);
    c10.intoArray(c, into + stride + j);
    c20.intoArray(c, into + 2 * stride + j);
    c30.intoArray(c, into + 3 * stride + j);
  }

  private static void fourByTwo(
      float[] a,
      int at,
      int strideA,
      int stepA,
      float[] b,
      float[] c,
      int into,
      int k,
      int stride,
      int j) {
    int a1 = at + strideA;
    int a2 = a1 + strideA;
    int a3 = a2 + strideA;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int p = 0; p < k; p++) {
      int row = p * stride + j;
      int step = p * stepA;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector v0 = FloatVector.broadcast(SPECIES, a[at + step]);
      c00 = b0.fma(v0, c00);
      c01 = b1.fma(v0, c01);
      FloatVector v1 = FloatVector.broadcast(SPECIES, a[a1 + step]);
      c10 = b0.fma(v1, c10);
      c11 = b1.fma(v1, c11);
      FloatVector v2 = FloatVector.broadcast(SPECIES, a[a2 + step]);
      c20 = b0.fma(v2, c20);
      c21 = b1.fma(v2, c21);
      FloatVector v3 = FloatVector.broadcast(SPECIES, a[a3 + step]);
      c30 = b0.fma(v3, c30);
      c31 = b1.fma(v3, c31);
    }
    c00.intoArray(c, into + j);
    c01.intoArray(c, into + j + LANES);
    c10.intoArray(c, into + stride + j);
    c11.intoArray(c, into + stride + j + LANES);
    c20.intoArray(c, into + 2 * stride + j);
    c21.intoArray(c, into + 2 * stride + j + LANES);
    c30.intoArray(c, into + 3 * stride + j);
    c31.intoArray(c, into + 3 * stride + j + LANES);
  }

  private static void fourByThree(
      float[] a,
      int at,
      int strideA,
      int stepA,
      float[] b,
      float[] c,
      int into,
      int k,
      int stride,
      int j) {
    int a1 = at + strideA;
    int a2 = a1 + strideA;
    int a3 = a2 + strideA;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    for (int p = 0; p < k; p++) {
      int row = p * stride + j;
      int step = p * stepA;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector v0 = FloatVector.broadcast(SPECIES, a[at + step]);
      c00 = b0.fma(v0, c00);
      c01 = b1.fma(v0, c01);
      c02 = b2.fma(v0, c02);
      FloatVector v1 = FloatVector.broadcast(SPECIES, a[a1 + step]);
      c10 = b0.fma(v1, c10);
      c11 = b1.fma(v1, c11);
      c12 = b2.fma(v1, c12);
      FloatVector v2 = FloatVector.broadcast(SPECIES, a[a2 + step]);
      c20 = b0.fma(v2, c20);
      c21 = b1.fma(v2, c21);
      c22 = b2.fma(v2, c22);
      FloatVector v3 = FloatVector.broadcast(SPECIES, a[a3 + step]);
      c30 = b0.fma(v3, c30);
      c31 = b1.fma(v3, c31);
      c32 = b2.fma(v3, c32);
    }
    c00.intoArray(c, into + j);
    c01.intoArray(c, into + j + LANES);
    c02.intoArray(c, into + j + 2 * LANES);
    c10.intoArray(c, into + stride + j);
    c11.intoArray(c, into + stride + j + LANES);
    c12.intoArray(c, into + stride + j + 2 * LANES);
    c20.intoArray(c, into + 2 * stride + j);
    c21.intoArray(c, into + 2 * stride + j + LANES);
    c22.intoArray(c, into + 2 * stride + j + 2 * LANES);
    c30.intoArray(c, into + 3 * stride + j);
    c31.intoArray(c, into + 3 * stride + j + LANES);
    c32.intoArray(c, into + 3 * stride + j + 2 * LANES);
  }
}
