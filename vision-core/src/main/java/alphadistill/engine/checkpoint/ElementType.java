package alphadistill.engine.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Types of stored numbers, little-endian; named as in the header of a safetensors file. */
public enum ElementType {
  F64(8) {
    @Override
    double next(ByteBuffer data) {
      return data.getDouble();
    }
  },
  F32(4) {
    @Override
    double next(ByteBuffer data) {
      return data.getFloat();
    }
  },
  F16(2) {
    @Override
    double next(ByteBuffer data) {
      int bits = data.getShort();
      int exponent = bits >> 10 & 0x1F;
      int fraction = bits & 0x3FF;
      double size;
      if (exponent == 0x1F) {
        size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      } else {
        size = exponent == 0 // subnormal numbers have no leading one
            ? Math.scalb((double) fraction, -24)
            : Math.scalb(1024.0 + fraction, exponent - 25);
      }
      return bits < 0 ? -size : size;
    }
  },
  BF16(2) {
    @Override
    double next(ByteBuffer data) {
      return Float.intBitsToFloat(data.getShort() << 16);
    }
  },
  I64(8) {
    @Override
    double next(ByteBuffer data) {
      return data.getLong();
    }
  },
  I32(4) {
    @Override
    double next(ByteBuffer data) {
      return data.getInt();
    }
  },
  I16(2) {
    @Override
    double next(ByteBuffer data) {
      return data.getShort();
    }
  },
  I8(1) {
    @Override
    double next(ByteBuffer data) {
      return data.get();
    }
  },
  U8(1) {
    @Override
    double next(ByteBuffer data) {
      return data.get() & 0xFF;
    }
  },
  BOOL(1) {
    @Override
    double next(ByteBuffer data) {
      return data.get() == 0 ? 0 : 1;
    }
  };

  private final int width;

  ElementType(int width) {
    this.width = width;
  }

  /** Bytes of a number. */
  public int width() {
    return width;
  }

  /** The next number; every one but a large I64 is exact. */
  abstract double next(ByteBuffer data);

  /** Number {@code index} from the start of the data. */
  public double at(ByteBuffer data, int index) {
    return next(data.position(width * index));
  }

  static Optional<ElementType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
