package alphadistill.engine.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of small matrices in heap arrays, as attention needs them for every head: too small for BLAS to pack its
 * operands, which takes longer than the product.
 *
 * <p>Tiles of six rows by up to four vectors keep their sums in registers: 24 sums hide the latency of each addition, and
 * with four vectors of b and one broadcast number they are what 32 registers hold. They are spelled out because the
 * compiler keeps only local variables in registers.
 */
final class SmallProduct {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Rows of a tile; fewer rows than these are worked on one by one. */
  static final int ROWS = 6;

  private static final int VECTORS = 4;

  private SmallProduct() {}

  /**
   * {@code c = a b}: b (k, n) and c (m, n) with rows padded to {@link VectorMath#padded}.
   *
   * @param fromA where a begins
   * @param strideA from a row of a to the next: its length, or 1 for a matrix that is to be read transposed
   * @param stepA from a column of a to the next: 1, or its length
   * @param fromC where c begins
   */
  static void multiply(
      float[] a,
      int fromA,
      int strideA,
      int stepA,
      float[] b,
      float[] c,
      int fromC,
      int m,
      int k,
      int n) {
    int stride = VectorMath.padded(n);
    int vectors = stride / LANES;
    int tiles = (vectors + VECTORS - 1) / VECTORS;
    for (int block = 0; block < m && m >= ROWS; block += ROWS) {
      int row = Math.min(block, m - ROWS); // the last tile repeats rows, which takes no longer
      for (int tile = 0, first = 0; tile < tiles; tile++) {
        int width = (vectors - first + tiles - tile - 1) / (tiles - tile); // as even as can be
        tile(
            width,
            a,
            fromA + row * strideA,
            strideA,
            stepA,
            b,
            first * LANES,
            c,
            fromC + row * stride + first * LANES,
            k,
            stride);
        first += width;
      }
    }
    for (int row = 0; row < m && m < ROWS; row++) {
      int at = fromA + row * strideA;
      for (int j = 0; j < stride; j += LANES) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int p = 0; p < k; p++) {
          sum = FloatVector.fromArray(SPECIES, b, p * stride + j)
              .fma(FloatVector.broadcast(SPECIES, a[at + p * stepA]), sum);
        }
        sum.intoArray(c, fromC + row * stride + j);
      }
    }
  }

  private static void tile(
      int width,
      float[] a,
      int at,
      int strideA,
      int stepA,
      float[] b,
      int from,
      float[] c,
      int into,
      int k,
      int stride) {
    switch (width) {
      case 1 -> sixByOne(a, at, strideA, stepA, b, from, c, into, k, stride);
      case 2 -> sixByTwo(a, at, strideA, stepA, b, from, c, into, k, stride);
      case 3 -> sixByThree(a, at, strideA, stepA, b, from, c, into, k, stride);
      default -> sixByFour(a, at, strideA, stepA, b, from, c, into, k, stride);
    }
  }

  private static void sixByOne(
      float[] a,
      int at,
      int strideA,
      int stepA,
      float[] b,
      int from,
      float[] c,
      int into,
      int k,
      int stride) {
    int a1 = at + strideA;
    int a2 = a1 + strideA;
    int a3 = a2 + strideA;
    int a4 = a3 + strideA;
    int a5 = a4 + strideA;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    FloatVector c40 = c00;
    FloatVector c50 = c00;
    for (int p = 0; p < k; p++) {
      int row = from + p * stride;
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
      FloatVector v4 = FloatVector.broadcast(SPECIES, a[a4 + step]);
      c40 = b0.fma(v4, c40);
      FloatVector v5 = FloatVector.broadcast(SPECIES, a[a5 + step]);
      c50 = b0.fma(v5, c50);
    }
    c00.intoArray(c, into);
    c10.intoArray(c, into + stride);
    c20.intoArray(c, into + 2 * stride);
    c30.intoArray(c, into + 3 * stride);
    c40.intoArray(c, into + 4 * stride);
    c50.intoArray(c, into + 5 * stride);
  }

  private static void sixByTwo(
      float[] a,
      int at,
      int strideA,
      int stepA,
      float[] b,
      int from,
      float[] c,
      int into,
      int k,
      int stride) {
    int a1 = at + strideA;
    int a2 = a1 + strideA;
    int a3 = a2 + strideA;
    int a4 = a3 + strideA;
    int a5 = a4 + strideA;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    for (int p = 0; p < k; p++) {
      int row = from + p * stride;
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
      FloatVector v4 = FloatVector.broadcast(SPECIES, a[a4 + step]);
      c40 = b0.fma(v4, c40);
      c41 = b1.fma(v4, c41);
      FloatVector v5 = FloatVector.broadcast(SPECIES, a[a5 + step]);
      c50 = b0.fma(v5, c50);
      c51 = b1.fma(v5, c51);
    }
    c00.intoArray(c, into);
    c01.intoArray(c, into + LANES);
    c10.intoArray(c, into + stride);
    c11.intoArray(c, into + stride + LANES);
    c20.intoArray(c, into + 2 * stride);
    c21.intoArray(c, into + 2 * stride + LANES);
    c30.intoArray(c, into + 3 * stride);
    c31.intoArray(c, into + 3 * stride + LANES);
    c40.intoArray(c, into + 4 * stride);
    c41.intoArray(c, into + 4 * stride + LANES);
    c50.intoArray(c, into + 5 * stride);
    c51.intoArray(c, into + 5 * stride + LANES);
  }

  private static void sixByThree(
      float[] a,
      int at,
      int strideA,
      int stepA,
      float[] b,
      int from,
      float[] c,
      int into,
      int k,
      int stride) {
    int a1 = at + strideA;
    int a2 = a1 + strideA;
    int a3 = a2 + strideA;
    int a4 = a3 + strideA;
    int a5 = a4 + strideA;
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
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c42 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c52 = c00;
    for (int p = 0; p < k; p++) {
      int row = from + p * stride;
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
      FloatVector v4 = FloatVector.broadcast(SPECIES, a[a4 + step]);
      c40 = b0.fma(v4, c40);
      c41 = b1.fma(v4, c41);
      c42 = b2.fma(v4, c42);
      FloatVector v5 = FloatVector.broadcast(SPECIES, a[a5 + step]);
      c50 = b0.fma(v5, c50);
      c51 = b1.fma(v5, c51);
      c52 = b2.fma(v5, c52);
    }
    c00.intoArray(c, into);
    c01.intoArray(c, into + LANES);
    c02.intoArray(c, into + 2 * LANES);
    c10.intoArray(c, into + stride);
    c11.intoArray(c, into + stride + LANES);
    c12.intoArray(c, into + stride + 2 * LANES);
    c20.intoArray(c, into + 2 * stride);
    c21.intoArray(c, into + 2 * stride + LANES);
    c22.intoArray(c, into + 2 * stride + 2 * LANES);
    c30.intoArray(c, into + 3 * stride);
    c31.intoArray(c, into + 3 * stride + LANES);
    c32.intoArray(c, into + 3 * stride + 2 * LANES);
    c40.intoArray(c, into + 4 * stride);
    c41.intoArray(c, into + 4 * stride + LANES);
    c42.intoArray(c, into + 4 * stride + 2 * LANES);
    c50.intoArray(c, into + 5 * stride);
    c51.intoArray(c, into + 5 * stride + LANES);
    c52.intoArray(c, into + 5 * stride + 2 * LANES);
  }

  private static void sixByFour(
      float[] a,
      int at,
      int strideA,
      int stepA,
      float[] b,
      int from,
      float[] c,
      int into,
      int k,
      int stride) {
    int a1 = at + strideA;
    int a2 = a1 + strideA;
    int a3 = a2 + strideA;
    int a4 = a3 + strideA;
    int a5 = a4 + strideA;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c42 = c00;
    FloatVector c43 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c52 = c00;
    FloatVector c53 = c00;
    for (int p = 0; p < k; p++) {
      int row = from + p * stride;
      int step = p * stepA;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector v0 = FloatVector.broadcast(SPECIES, a[at + step]);
      c00 = b0.fma(v0, c00);
      c01 = b1.fma(v0, c01);
      c02 = b2.fma(v0, c02);
      c03 = b3.fma(v0, c03);
      FloatVector v1 = FloatVector.broadcast(SPECIES, a[a1 + step]);
      c10 = b0.fma(v1, c10);
      c11 = b1.fma(v1, c11);
      c12 = b2.fma(v1, c12);
      c13 = b3.fma(v1, c13);
      FloatVector v2 = FloatVector.broadcast(SPECIES, a[a2 + step]);
      c20 = b0.fma(v2, c20);
      c21 = b1.fma(v2, c21);
      c22 = b2.fma(v2, c22);
      c23 = b3.fma(v2, c23);
      FloatVector v3 = FloatVector.broadcast(SPECIES, a[a3 + step]);
      c30 = b0.fma(v3, c30);
      c31 = b1.fma(v3, c31);
      c32 = b2.fma(v3, c32);
      c33 = b3.fma(v3, c33);
      FloatVector v4 = FloatVector.broadcast(SPECIES, a[a4 + step]);
      c40 = b0.fma(v4, c40);
      c41 = b1.fma(v4, c41);
      c42 = b2.fma(v4, c42);
      c43 = b3.fma(v4, c43);
      FloatVector v5 = FloatVector.broadcast(SPECIES, a[a5 + step]);
      c50 = b0.fma(v5, c50);
      c51 = b1.fma(v5, c51);
      c52 = b2.fma(v5, c52);
      c53 = b3.fma(v5, c53);
    }
    c00.intoArray(c, into);
    c01.intoArray(c, into + LANES);
    c02.intoArray(c, into + 2 * LANES);
    c03.intoArray(c, into + 3 * LANES);
    c10.intoArray(c, into + stride);
    c11.intoArray(c, into + stride + LANES);
    c12.intoArray(c, into + stride + 2 * LANES);
    c13.intoArray(c, into + stride + 3 * LANES);
    c20.intoArray(c, into + 2 * stride);
    c21.intoArray(c, into + 2 * stride + LANES);
    c22.intoArray(c, into + 2 * stride + 2 * LANES);
    c23.intoArray(c, into + 2 * stride + 3 * LANES);
    c30.intoArray(c, into + 3 * stride);
    c31.intoArray(c, into + 3 * stride + LANES);
    c32.intoArray(c, into + 3 * stride + 2 * LANES);
    c33.intoArray(c, into + 3 * stride + 3 * LANES);
    c40.intoArray(c, into + 4 * stride);
    c41.intoArray(c, into + 4 * stride + LANES);
    c42.intoArray(c, into + 4 * stride + 2 * LANES);
    c43.intoArray(c, into + 4 * stride + 3 * LANES);
    c50.intoArray(c, into + 5 * stride);
    c51.intoArray(c, into + 5 * stride + LANES);
    c52.intoArray(c, into + 5 * stride + 2 * LANES);
    c53.intoArray(c, into + 5 * stride + 3 * LANES);
  }
}
