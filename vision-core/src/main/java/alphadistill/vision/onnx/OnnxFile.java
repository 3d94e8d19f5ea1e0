package alphadistill.vision.onnx;

import alphadistill.engine.checkpoint.WholeFile;
import alphadistill.engine.protobuf.ProtoMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A graph on disk, whole or not at all. Elements that one message cannot hold go into a file beside it. */
final class OnnxFile {
  /** Messages end at 2^31 - 1 bytes; the rest is left for nodes and names. */
  static final long MOST_DATA_INSIDE = Integer.MAX_VALUE - (64L << 20);

  private static final int IR_VERSION = 8; // the one that came with operator set 17
  private static final int OPERATOR_SET = 17;

  private OnnxFile() {}

  /** @param mostInside bytes of elements up to which they stand in the file itself */
  static void write(
      Path file, OnnxGraph graph, String name, Map<String, String> metadata, long mostInside) {
    String dataFile = graph.dataLength() > mostInside ? file.getFileName() + ".data" : null;
    ProtoMessage model = new ProtoMessage()
        .whole(1, IR_VERSION)
        .text(2, "alphadistill")
        .message(7, graph.toMessage(name, dataFile))
        .message(8, new ProtoMessage().text(1, "").whole(2, OPERATOR_SET));
    new TreeMap<>(metadata).forEach((key, value) -> model.message(14, OnnxGraph.entry(key, value)));
    if (dataFile != null) {
      // First, so that whoever sees the new model finds its elements.
      write(file.resolveSibling(dataFile), graph::writeData);
    }
    write(file, model::writeTo);
  }

  @FunctionalInterface
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static void write(Path file, Writing writing) {
    try {
      WholeFile.write(file, channel -> {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        writing.to(out);
        out.flush();
      });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
