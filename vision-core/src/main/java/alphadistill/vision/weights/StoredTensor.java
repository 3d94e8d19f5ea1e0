package alphadistill.vision.weights;

import java.nio.ByteBuffer;

/**
 * A tensor as a view of a storage: element (i, j, ...) is number {@code offset + i * stride[0] + j * stride[1] + ...}.
 *
 * @param key name of the storage in its file
 * @param type of its numbers
 * @param numbers in the storage
 */
record StoredTensor(
    String key, StorageType type, long numbers, long offset, long[] shape, long[] stride) {
  /** A view that repeats numbers may be longer than its storage, but not without end. */
  private static final long LONGEST_REPEATED = 1 << 24;

  StoredTensor {
    if (shape.length != stride.length) {
      throw new Unpickler.Refused(
          "a tensor has %d sizes and %d strides".formatted(shape.length, stride.length));
    }
    try {
      long length = 1;
      long last = offset;
      for (int i = 0; i < shape.length; i++) {
        if (shape[i] < 0 || stride[i] < 0) {
          throw new Unpickler.Refused("a tensor has a negative size or stride");
        }
        length = Math.multiplyExact(length, shape[i]);
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[i] - 1), stride[i]));
      }
      if (offset < 0 || (length > 0 && last >= numbers)) {
        throw new Unpickler.Refused(
            "a tensor reaches number %d of a storage of %d".formatted(last, numbers));
      }
      if (length > Math.max(numbers, LONGEST_REPEATED) || length > Integer.MAX_VALUE - 8) {
        throw new Unpickler.Refused("a tensor has %d numbers, more than its storage of %d can mean"
            .formatted(length, numbers));
      }
    } catch (ArithmeticException e) {
      throw new Unpickler.Refused("a tensor has sizes beyond all memory");
    }
  }

  int length() {
    int length = 1;
    for (long size : shape) {
      length *= (int) size;
    }
    return length;
  }

  /** Row-major elements. */
  double[] read(ByteBuffer storage) {
    double[] values = new double[length()];
    long[] at = new long[shape.length];
    long position = offset;
    for (int i = 0; i < values.length; i++) {
      values[i] = type.numbers().at(storage, (int) position);
      for (int d = shape.length - 1;
          d >= 0;
          d--) { // the next element: count up the last dimension that is not full
        position += stride[d];
        if (++at[d] < shape[d]) {
          break;
        }
        position -= at[d] * stride[d];
        at[d] = 0;
      }
    }
    return values;
  }
}
