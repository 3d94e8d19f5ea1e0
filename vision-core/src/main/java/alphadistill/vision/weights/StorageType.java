package alphadistill.vision.weights;

import java.nio.ByteBuffer;

/** The types of numbers in a torch file, by the name of their storage class; little-endian. */
enum StorageType {
  FLOAT("FloatStorage", 4) {
    @Override
    double at(ByteBuffer data, int index) {
      return data.getFloat(4 * index);
    }
  },
  DOUBLE("DoubleStorage", 8) {
    @Override
    double at(ByteBuffer data, int index) {
      return data.getDouble(8 * index);
    }
  },
  HALF("HalfStorage", 2) {
    @Override
    double at(ByteBuffer data, int index) {
      return half(data.getShort(2 * index));
    }
  },
  BFLOAT16("BFloat16Storage", 2) {
    @Override
    double at(ByteBuffer data, int index) {
      return Float.intBitsToFloat(data.getShort(2 * index) << 16);
    }
  },
  LONG("LongStorage", 8) {
    @Override
    double at(ByteBuffer data, int index) {
      return data.getLong(8 * index);
    }
  },
  INT("IntStorage", 4) {
    @Override
    double at(ByteBuffer data, int index) {
      return data.getInt(4 * index);
    }
  },
  BYTE("ByteStorage", 1) {
    @Override
    double at(ByteBuffer data, int index) {
      return data.get(index) & 0xFF;
    }
  },
  BOOL("BoolStorage", 1) {
    @Override
    double at(ByteBuffer data, int index) {
      return data.get(index);
    }
  };

  private final String className;
  private final int width;

  StorageType(String className, int width) {
    this.className = className;
    this.width = width;
  }

  /** As in {@code torch.FloatStorage}. */
  String className() {
    return className;
  }

  /** Bytes of a number. */
  int width() {
    return width;
  }

  /** Number {@code index} of a storage. */
  abstract double at(ByteBuffer data, int index);

  /** IEEE 754 half precision: 1 sign, 5 exponent and 10 fraction bits. */
  static double half(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    double size = exponent == 0
        ? fraction * 0x1p-24
        : exponent == 31
            ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
            : (1024 + fraction) * Math.scalb(1.0, exponent - 25);
    return bits < 0 ? -size : size;
  }
}
