package alphadistill.cli.device;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.cpu.nativecpu.buffer.DefaultDataBufferFactory;

/** Makes float32 and double buffers that tell of every read by the host; all others are ND4J's own. */
final class WatchedBuffers extends DefaultDataBufferFactory {
  private final HostReads reads;

  WatchedBuffers(HostReads reads) {
    this.reads = reads;
  }

  @Override
  public DataBuffer create(DataType type, long length, boolean initialise) {
    return switch (type) {
      case FLOAT -> new Floats(length, initialise);
      case DOUBLE -> new Doubles(length, initialise);
      default -> super.create(type, length, initialise);
    };
  }

  @Override
  public DataBuffer create(
      DataType type, long length, boolean initialise, MemoryWorkspace workspace) {
    return workspace == null && (type == DataType.FLOAT || type == DataType.DOUBLE)
        ? create(type, length, initialise)
        : super.create(type, length, initialise, workspace);
  }

  /** A view. */
  @Override
  public DataBuffer create(DataBuffer underlying, long offset, long length) {
    return switch (underlying.dataType()) {
      case FLOAT -> new Floats(underlying, length, offset);
      case DOUBLE -> new Doubles(underlying, length, offset);
      default -> super.create(underlying, offset, length);
    };
  }

  @Override
  public DataBuffer createFloat(long length) {
    return new Floats(length, true);
  }

  @Override
  public DataBuffer createFloat(long length, boolean initialise) {
    return new Floats(length, initialise);
  }

  @Override
  public DataBuffer createFloat(long length, boolean initialise, MemoryWorkspace workspace) {
    return workspace == null
        ? new Floats(length, initialise)
        : super.createFloat(length, initialise, workspace);
  }

  @Override
  public DataBuffer createFloat(float[] values) {
    return filled(new Floats(values.length, false), values);
  }

  @Override
  public DataBuffer createFloat(float[] values, boolean copy) {
    return createFloat(values);
  }

  @Override
  public DataBuffer createDouble(long length) {
    return new Doubles(length, true);
  }

  @Override
  public DataBuffer createDouble(long length, boolean initialise) {
    return new Doubles(length, initialise);
  }

  @Override
  public DataBuffer createDouble(long length, boolean initialise, MemoryWorkspace workspace) {
    return workspace == null
        ? new Doubles(length, initialise)
        : super.createDouble(length, initialise, workspace);
  }

  @Override
  public DataBuffer createDouble(double[] values) {
    return filled(new Doubles(values.length, false), values);
  }

  @Override
  public DataBuffer createDouble(double[] values, boolean copy) {
    return createDouble(values);
  }

  private static DataBuffer filled(DataBuffer buffer, float[] values) {
    buffer.setData(values);
    return buffer;
  }

  private static DataBuffer filled(DataBuffer buffer, double[] values) {
    buffer.setData(values);
    return buffer;
  }

  private final class Floats extends org.nd4j.linalg.cpu.nativecpu.buffer.FloatBuffer {
    private static final long serialVersionUID = 1;

    Floats(long length, boolean initialise) {
      super(length, initialise);
    }

    Floats(DataBuffer underlying, long length, long offset) {
      super(underlying, length, offset);
    }

    @Override
    public float getFloat(long i) {
      reads.read("getFloat");
      return super.getFloat(i);
    }

    @Override
    public double getDouble(long i) {
      reads.read("getDouble");
      return super.getDouble(i);
    }

    @Override
    public int getInt(long i) {
      reads.read("getInt");
      return super.getInt(i);
    }

    @Override
    public long getLong(long i) {
      reads.read("getLong");
      return super.getLong(i);
    }

    @Override
    public Number getNumber(long i) {
      reads.read("getNumber");
      return super.getNumber(i);
    }

    @Override
    public float[] asFloat() {
      reads.read("asFloat");
      return super.asFloat();
    }

    @Override
    public double[] asDouble() {
      reads.read("asDouble");
      return super.asDouble();
    }

    @Override
    public int[] asInt() {
      reads.read("asInt");
      return super.asInt();
    }

    @Override
    public long[] asLong() {
      reads.read("asLong");
      return super.asLong();
    }

    @Override
    public byte[] asBytes() {
      reads.read("asBytes");
      return super.asBytes();
    }

    @Override
    public Pointer pointer() {
      reads.pointer("pointer");
      return super.pointer();
    }

    @Override
    public Pointer addressPointer() {
      reads.pointer("addressPointer");
      return super.addressPointer();
    }

    @Override
    public ByteBuffer asNio() {
      reads.pointer("asNio");
      return super.asNio();
    }

    @Override
    public java.nio.FloatBuffer asNioFloat() {
      reads.pointer("asNioFloat");
      return super.asNioFloat();
    }

    @Override
    public DoubleBuffer asNioDouble() {
      reads.pointer("asNioDouble");
      return super.asNioDouble();
    }
  }

  private final class Doubles extends org.nd4j.linalg.cpu.nativecpu.buffer.DoubleBuffer {
    private static final long serialVersionUID = 1;

    Doubles(long length, boolean initialise) {
      super(length, initialise);
    }

    Doubles(DataBuffer underlying, long length, long offset) {
      super(underlying, length, offset);
    }

    @Override
    public float getFloat(long i) {
      reads.read("getFloat");
      return super.getFloat(i);
    }

    @Override
    public double getDouble(long i) {
      reads.read("getDouble");
      return super.getDouble(i);
    }

    @Override
    public int getInt(long i) {
      reads.read("getInt");
      return super.getInt(i);
    }

    @Override
    public long getLong(long i) {
      reads.read("getLong");
      return super.getLong(i);
    }

    @Override
    public Number getNumber(long i) {
      reads.read("getNumber");
      return super.getNumber(i);
    }

    @Override
    public float[] asFloat() {
      reads.read("asFloat");
      return super.asFloat();
    }

    @Override
    public double[] asDouble() {
      reads.read("asDouble");
      return super.asDouble();
    }

    @Override
    public int[] asInt() {
      reads.read("asInt");
      return super.asInt();
    }

    @Override
    public long[] asLong() {
      reads.read("asLong");
      return super.asLong();
    }

    @Override
    public byte[] asBytes() {
      reads.read("asBytes");
      return super.asBytes();
    }

    @Override
    public Pointer pointer() {
      reads.pointer("pointer");
      return super.pointer();
    }

    @Override
    public Pointer addressPointer() {
      reads.pointer("addressPointer");
      return super.addressPointer();
    }

    @Override
    public ByteBuffer asNio() {
      reads.pointer("asNio");
      return super.asNio();
    }

    @Override
    public java.nio.FloatBuffer asNioFloat() {
      reads.pointer("asNioFloat");
      return super.asNioFloat();
    }

    @Override
    public DoubleBuffer asNioDouble() {
      reads.pointer("asNioDouble");
      return super.asNioDouble();
    }
  }
}
