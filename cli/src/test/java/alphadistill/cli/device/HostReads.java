package alphadistill.cli.device;

import alphadistill.engine.kernels.HostCopy;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.nd4j.linalg.api.buffer.factory.DataBufferFactory;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Watches every read of an array's memory by the host while it is open: ND4J's float32 and double buffers are made by a
 * factory that tells of each. On a GPU such a read is a copy that the host waits for. Reads through {@code HostCopy} are
 * counted; any other is refused and named, whether the program makes it or ND4J on its behalf.
 */
final class HostReads implements AutoCloseable {
  private static final StackWalker STACK = StackWalker.getInstance();

  private final DataBufferFactory before;
  private final AtomicInteger copies = new AtomicInteger();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  private HostReads(DataBufferFactory before) {
    this.before = before;
  }

  static HostReads watch() {
    HostReads reads = new HostReads(Nd4j.getDataBufferFactory());
    install(new WatchedBuffers(reads));
    return reads;
  }

  @Override
  public void close() {
    install(before);
  }

  private static void install(DataBufferFactory factory) {
    try {
      Field field = Nd4j.class.getDeclaredField("DATA_BUFFER_FACTORY_INSTANCE");
      field.setAccessible(true);
      field.set(null, factory);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another version of ND4J", e);
    }
  }

  /** Copies through {@code HostCopy} so far. */
  int copies() {
    return copies.get();
  }

  /** Every other read, with who made it. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** An element or all elements are read. */
  void read(String method) {
    String reader = caller(frame -> frame.getClassName().startsWith("alphadistill."));
    if (reader.startsWith(HostCopy.class.getName() + ".")) {
      copies.incrementAndGet();
    } else {
      refuse(method, reader);
    }
  }

  /** Host memory is handed out; the backend itself may have it, as a GPU's has its own. */
  void pointer(String method) {
    String taker = caller(frame -> true);
    if (taker.startsWith("alphadistill.")) {
      refuse(method, taker);
    }
  }

  private void refuse(String method, String reader) {
    refused.add("%s by %s".formatted(method, reader));
    throw new AssertionError("read of host memory: %s by %s".formatted(method, reader));
  }

  private static String caller(Predicate<StackWalker.StackFrame> wanted) {
    return STACK.walk(frames -> frames
        .filter(frame ->
            !frame.getClassName().startsWith(HostReads.class.getPackageName() + ".HostReads")
                && !frame.getClassName().startsWith(WatchedBuffers.class.getName()))
        .filter(wanted)
        .findFirst()
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .orElse("nobody"));
  }
}
