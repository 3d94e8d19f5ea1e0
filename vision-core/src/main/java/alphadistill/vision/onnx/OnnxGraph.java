package alphadistill.vision.onnx;

import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.protobuf.MessageContent;
import alphadistill.engine.protobuf.ProtoMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An ONNX graph that is being built: nodes in the order they run, and the tensors they read. Field numbers are those of
 * the ONNX project's {@code onnx.proto}. Every value is named by the caller, once.
 */
final class OnnxGraph {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final List<ProtoMessage> nodes = new ArrayList<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<ProtoMessage> inputs = new ArrayList<>();
  private final List<ProtoMessage> outputs = new ArrayList<>();

  /** Adds a node with one output and returns the output's name. */
  String node(String operation, String output, List<String> read, ProtoMessage... attributes) {
    ProtoMessage node = new ProtoMessage();
    read.forEach(name -> node.text(1, name));
    node.text(2, output).text(3, output).text(4, operation);
    for (ProtoMessage attribute : attributes) {
      node.message(5, attribute);
    }
    nodes.add(node);
    return output;
  }

  static ProtoMessage whole(String name, long value) {
    return new ProtoMessage().text(1, name).whole(3, value).whole(20, 2);
  }

  static ProtoMessage real(String name, double value) {
    return new ProtoMessage().text(1, name).real32(2, (float) value).whole(20, 1);
  }

  static ProtoMessage wholes(String name, long... values) {
    ProtoMessage attribute = new ProtoMessage().text(1, name);
    for (long value : values) {
      attribute.whole(8, value);
    }
    return attribute.whole(20, 7);
  }

  /** A tensor of float32 numbers, converted from any type when it is written. */
  String tensor(String name, INDArray values) {
    tensors.put(name, new Tensor(name, FLOAT, values.shape(), new Floats(values)));
    return name;
  }

  /** One number. */
  String scalar(String name, double value) {
    ByteBuffer bytes = little(Float.BYTES).putFloat((float) value);
    tensors.put(name, new Tensor(name, FLOAT, new long[0], MessageContent.of(bytes.array())));
    return name;
  }

  /** A shape or an index, as operations read them. */
  String wholeTensor(String name, long[] shape, long... values) {
    ByteBuffer bytes = little(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    tensors.put(name, new Tensor(name, INT64, shape, MessageContent.of(bytes.array())));
    return name;
  }

  /** @param dimensions a number, or a word for what may change from call to call */
  void input(String name, Object... dimensions) {
    inputs.add(declared(name, dimensions));
  }

  /** @param dimensions as for {@link #input} */
  void output(String name, Object... dimensions) {
    outputs.add(declared(name, dimensions));
  }

  /** Bytes of all tensors' elements. */
  long dataLength() {
    return tensors.values().stream().mapToLong(t -> t.data().length()).sum();
  }

  /** The elements of all large tensors in turn, as a file beside the model holds them. */
  void writeData(OutputStream out) throws IOException {
    for (Tensor tensor : tensors.values()) {
      if (tensor.isLarge()) {
        tensor.data().writeTo(out);
      }
    }
  }

  /** @param dataFile name of the file that holds the elements of large tensors; null to keep them in the message */
  ProtoMessage toMessage(String name, String dataFile) {
    ProtoMessage graph = new ProtoMessage();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, name);
    long offset = 0;
    for (Tensor tensor : tensors.values()) {
      boolean outside = dataFile != null && tensor.isLarge();
      graph.message(5, tensor.toMessage(outside ? dataFile : null, offset));
      offset += outside ? tensor.data().length() : 0;
    }
    inputs.forEach(value -> graph.message(11, value));
    outputs.forEach(value -> graph.message(12, value));
    return graph;
  }

  private static ProtoMessage declared(String name, Object... dimensions) {
    ProtoMessage shape = new ProtoMessage();
    for (Object dimension : dimensions) {
      shape.message(
          1,
          dimension instanceof Number size
              ? new ProtoMessage().whole(1, size.longValue())
              : new ProtoMessage().text(2, dimension.toString()));
    }
    ProtoMessage tensor = new ProtoMessage().whole(1, FLOAT).message(2, shape);
    return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
  }

  private record Tensor(String name, int type, long[] shape, MessageContent data) {
    /** Shapes are small: they are needed before other files are opened. */
    boolean isLarge() {
      return data.length() >= 1024;
    }

    ProtoMessage toMessage(String dataFile, long offset) {
      ProtoMessage tensor = new ProtoMessage();
      for (long size : shape) {
        tensor.whole(1, size);
      }
      tensor.whole(2, type).text(8, name);
      if (dataFile == null) {
        return tensor.message(9, data);
      }
      return tensor
          .message(13, entry("location", dataFile))
          .message(13, entry("offset", Long.toString(offset)))
          .message(13, entry("length", Long.toString(data.length())))
          .whole(14, 1);
    }
  }

  /** A key and its value, as ONNX keeps metadata and places in other files. */
  static ProtoMessage entry(String key, String value) {
    return new ProtoMessage().text(1, key).text(2, value);
  }

  private record Floats(INDArray values) implements MessageContent {
    @Override
    public long length() {
      return values.length() * Float.BYTES;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      float[] numbers = HostCopy.floats(values);
      ByteBuffer bytes = little(numbers.length * Float.BYTES);
      bytes.asFloatBuffer().put(numbers);
      out.write(bytes.array());
    }
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
