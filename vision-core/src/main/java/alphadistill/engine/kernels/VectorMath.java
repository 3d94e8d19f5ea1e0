package alphadistill.engine.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Loops over heap arrays that the compiler does not vectorise by itself: exponentials, GELU, norms, sums. */
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

  /**
   * exp(x), relative error below 2e-7, for x in [-87, 88]; smaller x give 1e-38, NaN stays. Comparisons, not the
   * library's minimum and maximum: those take five instructions each to treat zeros and NaN as Java does.
   */
  private static FloatVector exp(FloatVector x) {
    FloatVector low = FloatVector.broadcast(SPECIES, -87f);
    FloatVector high = FloatVector.broadcast(SPECIES, 88f);
    FloatVector above = x.blend(low, x.compare(VectorOperators.LT, low));
    FloatVector clamped = above.blend(high, above.compare(VectorOperators.GT, high));
    FloatVector round = FloatVector.broadcast(SPECIES, ROUND);
    FloatVector shifted = clamped.fma(FloatVector.broadcast(SPECIES, LOG2_E), round);
    FloatVector n = shifted.sub(round);
    FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), clamped);
    r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
    // Taylor to r^7 by Horner; |r| <= ln(2)/2, so the rest is below 1e-7
    FloatVector p =
        r.fma(FloatVector.broadcast(SPECIES, 1f / 5040), FloatVector.broadcast(SPECIES, 1f / 720));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 120));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 24));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 6));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f));
    p = p.fma(r, FloatVector.broadcast(SPECIES, 1f));
    // 2^n through the exponent bits: shifted holds n in its low bits, p is near one
    return p.reinterpretAsInts()
        .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
        .reinterpretAsFloats();
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

  /** y = x Phi(x), and Phi(x) + x phi(x) in place of x; lengths are padded. */
  static void geluWithSlope(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      FloatVector e = exp(v.mul(v).mul(-0.5f));
      FloatVector below = distribution(v, e);
      v.mul(below).intoArray(y, i);
      v.mul(e).fma(FloatVector.broadcast(SPECIES, 0.39894228f), below).intoArray(x, i);
    }
  }

  /** x = x / (1 + exp(-x)) in place; lengths are padded. */
  static void silu(float[] x, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      v.div(exp(v.neg()).add(1f)).intoArray(x, i);
    }
  }

  /**
   * Softmax of {@code scale * row} for rows of {@code length} padded to whole vectors, in place; the padding becomes
   * zero. Each step is done for all rows before the next, so that no row waits for another's sums: give as many as the
   * nearest cache holds.
   *
   * @param from where the first row begins
   * @param scale positive
   * @param sums scratch of one float for each row
   * @param lanes scratch of {@link #LANES} floats
   */
  static void softmax(
      float[] x, int from, int rows, int length, float scale, float[] sums, float[] lanes) {
    int stride = padded(length);
    fillPadding(
        x, from, rows, length, Float.NEGATIVE_INFINITY); // neither the largest nor in the sum
    for (int r = 0; r < rows; r++) {
      int row = from + r * stride;
      FloatVector largest = FloatVector.fromArray(SPECIES, x, row);
      for (int i = row + LANES; i < row + stride; i += LANES) {
        largest = largest.max(FloatVector.fromArray(SPECIES, x, i));
      }
      sums[r] = largest.reduceLanes(VectorOperators.MAX);
    }
    for (int r = 0; r < rows; r++) {
      sums[r] = exponentials(x, from + r * stride, stride, scale, -scale * sums[r], lanes);
    }
    fillPadding(x, from, rows, length, 0); // 1e-38 divided by a sum is what processors stumble over
    for (int r = 0; r < rows; r++) {
      float inverse = 1 / sums[r];
      int row = from + r * stride;
      for (int i = row; i < row + stride; i += LANES) {
        FloatVector.fromArray(SPECIES, x, i).mul(inverse).intoArray(x, i);
      }
    }
  }

  private static void fillPadding(float[] x, int from, int rows, int length, float value) {
    int stride = padded(length);
    for (int end = from + stride; end <= from + rows * stride; end += stride) {
      Arrays.fill(x, end - stride + length, end, value);
    }
  }

  /**
   * The gradient of {@link #softmax} by its input, {@code dp = p (dp - sum(dp p)) scale}, in place. Both have the same
   * place and padding.
   *
   * @param sums scratch of one float for each row
   */
  static void softmaxBackward(
      float[] p,
      float[] dp,
      int from,
      int rows,
      int length,
      float scale,
      float[] sums,
      float[] lanes) {
    int stride = padded(length);
    for (int r = 0; r < rows; r++) {
      sums[r] = dot(dp, from + r * stride, p, from + r * stride, length, lanes);
    }
    for (int r = 0; r < rows; r++) {
      FloatVector mean = FloatVector.broadcast(SPECIES, sums[r]);
      for (int i = from + r * stride; i < from + (r + 1) * stride; i += LANES) {
        FloatVector.fromArray(SPECIES, dp, i)
            .sub(mean)
            .mul(FloatVector.fromArray(SPECIES, p, i).mul(scale))
            .intoArray(dp, i);
      }
    }
  }

  /** {@code x = exp(scale x + shift)} of one padded row in place, and its sum. */
  private static float exponentials(
      float[] x, int from, int stride, float scale, float shift, float[] lanes) {
    FloatVector slope = FloatVector.broadcast(SPECIES, scale);
    FloatVector offset = FloatVector.broadcast(SPECIES, shift);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < from + stride; i += LANES) {
      FloatVector e = exp(FloatVector.fromArray(SPECIES, x, i).fma(slope, offset));
      e.intoArray(x, i);
      sum = sum.add(e);
    }
    return total(sum, lanes);
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

  /** Sum of squares in double, in four sums that do not wait for each other. */
  static double squares(float[] x, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
    }
    for (; i < length; i++) {
      s0 += (double) x[i] * x[i];
    }
    return (s0 + s2) + (s1 + s3);
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

  /** {@code x = x * gain + shift} of one row, in place. */
  static void scaleAndShift(float[] x, int from, int length, float[] gain, float[] shift) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector.fromArray(SPECIES, x, from + i)
          .fma(FloatVector.fromArray(SPECIES, gain, i), FloatVector.fromArray(SPECIES, shift, i))
          .intoArray(x, from + i);
    }
    for (; i < length; i++) {
      x[from + i] = Math.fma(x[from + i], gain[i], shift[i]);
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
}
