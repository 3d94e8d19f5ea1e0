package alphadistill.vision.weights;

import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.TensorSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Tensors of a file that {@code torch.save} wrote ({@code .pth}, {@code .pt}): the zip format of 1.6 and later, and the
 * one before. Where the file holds a dictionary with an entry {@code model} or {@code state_dict}, that entry is read.
 *
 * <pre>{@code
 * TensorSource weights = TorchFile.read(Path.of("regnety_160-a5fe301d.pth"));
 * INDArray stem = weights.array("stem.conv.weight", DataType.FLOAT); // (32, 3, 3, 3)
 * }</pre>
 *
 * <p>Such a file is a Python program for building objects. It is never run: names of Python code beyond a short list of
 * those that tensors need are refused ({@link Unpickler}), and so is what does not fit the file's length. Types: float
 * of 16, 32 and 64 bits, bfloat16, whole numbers. Numbers are read when they are asked for.
 */
public final class TorchFile implements TensorSource {
  private static final BigInteger LEGACY_MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final List<String> WRAPPERS = List.of("model", "state_dict");
  private static final int LONGEST_PICKLE = 1 << 28;

  private final Path file;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, Object> storages =
      new HashMap<>(); // key to entry name (zip) or first byte (before)
  private final boolean zip;

  /** @throws CheckpointException if the file is no torch file, is cut off, or asks for more than tensors */
  public static TorchFile read(Path file) {
    return reading(file, () -> new TorchFile(file));
  }

  private static CheckpointException unusable(Path file, String problem) {
    return new CheckpointException("%s is not a usable torch file: %s".formatted(file, problem));
  }

  private TorchFile(Path file) throws IOException {
    this.file = file;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer start = ByteBuffer.allocate(4);
      while (start.hasRemaining() && channel.read(start) >= 0) {}
      this.zip = start.position() == 4 && start.flip().getInt() == 0x504b0304;
      collect(zip ? readZip() : readBefore(channel));
    }
  }

  // ---- the two formats ----

  private Object readZip() throws IOException {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      String folder = null;
      for (ZipEntry entry : java.util.Collections.list(archive.entries())) {
        String name = entry.getName();
        int data = name.lastIndexOf("/data/");
        if (name.endsWith("/data.pkl")) {
          folder = name.substring(0, name.length() - "data.pkl".length());
        } else if (data >= 0) {
          storages.put(name.substring(data + "/data/".length()), name);
        }
      }
      if (folder == null) {
        throw new Unpickler.Refused("the archive has no data.pkl");
      }
      ZipEntry order = archive.getEntry(folder + "byteorder");
      if (order != null && !new String(bytes(archive, order, 16)).strip().equals("little")) {
        throw new Unpickler.Refused("its numbers are big-endian; save it again on a usual machine");
      }
      byte[] pickle = bytes(archive, archive.getEntry(folder + "data.pkl"), LONGEST_PICKLE);
      return new Unpickler(
              ByteBuffer.wrap(pickle), makers(), reference -> storage(archive, reference))
          .read();
    }
  }

  /** Torch never compresses, so an entry is no longer than the file. */
  private static byte[] bytes(ZipFile archive, ZipEntry entry, long most) throws IOException {
    if (entry.getMethod() != ZipEntry.STORED || entry.getSize() > most) {
      throw new Unpickler.Refused(
          "entry '%s' is compressed or larger than %d bytes".formatted(entry.getName(), most));
    }
    try (InputStream in = archive.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      if (bytes.length < entry.getSize()) {
        throw new Unpickler.Refused("entry '%s' is cut off".formatted(entry.getName()));
      }
      return bytes;
    }
  }

  private static Map<String, Unpickler.Maker> makers() {
    Map<String, Unpickler.Maker> makers = new HashMap<>();
    makers.put("collections.OrderedDict", TorchFile::ordered);
    makers.put(
        "argparse.Namespace", arguments -> new LinkedHashMap<>()); // options beside the weights
    makers.put("torch.Size", arguments -> arguments.get(0));
    makers.put("torch._utils._rebuild_parameter", arguments -> arguments.get(0));
    makers.put("torch._utils._rebuild_tensor", TorchFile::tensor);
    makers.put("torch._utils._rebuild_tensor_v2", TorchFile::tensor);
    for (StorageType type : StorageType.values()) {
      makers.put("torch." + type.className(), new StorageClass(type));
    }
    return makers;
  }

  /** Empty, to be filled by what follows; Python 2 gives its entries at once. */
  private static Map<Object, Object> ordered(List<Object> arguments) {
    Map<Object, Object> ordered = new LinkedHashMap<>();
    for (Object pair : arguments.isEmpty() ? List.of() : (List<?>) arguments.get(0)) {
      ordered.put((String) ((List<?>) pair).get(0), ((List<?>) pair).get(1));
    }
    return ordered;
  }

  /** Stands for a class; nobody calls it. */
  private record StorageClass(StorageType type) implements Unpickler.Maker {
    @Override
    public Object make(List<Object> arguments) {
      throw new Unpickler.Refused("it makes a storage in place");
    }
  }

  /** A storage that a pickle refers to. */
  private record Storage(String key, StorageType type, long numbers) {}

  private static Storage storage(List<Object> reference) {
    if (reference.size() < 5
        || !"storage".equals(reference.get(0))
        || !(reference.get(2) instanceof String key)
        || !(reference.get(4) instanceof Long numbers)) {
      throw new Unpickler.Refused("it refers to something other than a storage");
    }
    if (reference.size() > 5 && reference.get(5) != Unpickler.None.NONE) {
      throw new Unpickler.Refused(
          "it has storages inside storages; save it again with torch 1.6 or later");
    }
    return new Storage(key, ((StorageClass) Unpickler.maker(reference.get(1))).type(), numbers);
  }

  private Storage storage(ZipFile archive, List<Object> reference) {
    Storage storage = storage(reference);
    Object entry = storages.get(storage.key());
    long bytes = entry == null ? -1 : archive.getEntry((String) entry).getSize();
    if (storage.numbers() < 0 || bytes / storage.type().numbers().width() < storage.numbers()) {
      throw new Unpickler.Refused("storage '%s' has %d bytes, too few for %d numbers of %d"
          .formatted(
              storage.key(), bytes, storage.numbers(), storage.type().numbers().width()));
    }
    return storage;
  }

  private static StoredTensor tensor(List<Object> arguments) {
    Storage storage = (Storage) arguments.get(0);
    return new StoredTensor(
        storage.key(),
        storage.type(),
        storage.numbers(),
        (Long) arguments.get(1),
        longs(arguments.get(2)),
        longs(arguments.get(3)));
  }

  private static long[] longs(Object tuple) {
    return ((List<?>) tuple).stream().mapToLong(size -> (Long) size).toArray();
  }

  /** Before 1.6: pickles of a magic number, a version, the machine, the objects and the keys, then the storages. */
  private Object readBefore(FileChannel channel) throws IOException {
    if (channel.size() > Integer.MAX_VALUE) {
      throw new Unpickler.Refused(
          "it is in the format before torch 1.6 and longer than 2 GB; save it again");
    }
    ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    all.order(ByteOrder.LITTLE_ENDIAN);
    Map<String, Storage> named = new HashMap<>();
    if (!LEGACY_MAGIC.equals(isPickle(all) ? next(all, named) : null)) {
      throw new Unpickler.Refused("it is neither an archive nor begins with torch's number");
    }
    next(all, named);
    if (!(next(all, named) instanceof Map<?, ?> machine)
        || Boolean.FALSE.equals(machine.get("little_endian"))) {
      throw new Unpickler.Refused("its numbers are big-endian; save it again on a usual machine");
    }
    Object root = next(all, named);
    if (!(next(all, named) instanceof List<?> keys)) {
      throw new Unpickler.Refused("its list of storages is missing");
    }
    for (Object key : keys) {
      Storage storage = named.get(String.valueOf(key instanceof String ? key : ""));
      if (storage == null) {
        throw new Unpickler.Refused("it lists a storage that nothing refers to");
      }
      long bytes = storage.numbers() * storage.type().numbers().width();
      if (all.remaining() < 8 || all.getLong() != storage.numbers() || all.remaining() < bytes) {
        throw new Unpickler.Refused("it is cut off in storage '%s'".formatted(key));
      }
      storages.put(storage.key(), all.position());
      all.position(all.position() + (int) bytes);
    }
    return root;
  }

  private static boolean isPickle(ByteBuffer all) {
    return all.limit() > 1 && (all.get(0) & 0xFF) == 0x80;
  }

  private static Object next(ByteBuffer all, Map<String, Storage> named) {
    Unpickler unpickler = new Unpickler(all, makers(), reference -> {
      Storage storage = storage(reference);
      if (storage.numbers() < 0
          || storage.numbers() > Integer.MAX_VALUE / storage.type().numbers().width()) {
        throw new Unpickler.Refused(
            "storage '%s' is said to have %d numbers".formatted(storage.key(), storage.numbers()));
      }
      named.put(storage.key(), storage);
      return storage;
    });
    Object value = unpickler.read();
    all.position(unpickler.position());
    return value;
  }

  // ---- what is in it ----

  private void collect(Object root) {
    Map<?, ?> content = dictionary(root, "it holds no dictionary of tensors");
    for (String wrapper : WRAPPERS) {
      if (content.get(wrapper) instanceof Map<?, ?> inner) {
        content = inner;
        break;
      }
    }
    content.forEach((name, value) -> {
      if (name instanceof String text && value instanceof StoredTensor tensor) {
        if (!storages.containsKey(tensor.key())) {
          throw new Unpickler.Refused(
              "storage '%s' of tensor '%s' is missing".formatted(tensor.key(), text));
        }
        tensors.put(text, tensor);
      }
    });
    if (tensors.isEmpty()) {
      throw new Unpickler.Refused(
          "it holds no tensors by name; entries 'model' and 'state_dict' were looked into, and it has %s"
              .formatted(content.keySet().stream().limit(10).toList()));
    }
  }

  private static Map<?, ?> dictionary(Object value, String otherwise) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new Unpickler.Refused(otherwise);
  }

  @Override
  public String origin() {
    return file.toString();
  }

  @Override
  public Set<String> names() {
    return java.util.Collections.unmodifiableSet(tensors.keySet());
  }

  @Override
  public long[] shape(String name) {
    return tensor(name).shape().clone();
  }

  @Override
  public float[] floats(String name) {
    double[] wide = doubles(name);
    float[] values = new float[wide.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return values;
  }

  @Override
  public INDArray array(String name, DataType type) {
    return Nd4j.createFromArray(doubles(name)).castTo(type).reshape('c', shape(name));
  }

  private double[] doubles(String name) {
    StoredTensor tensor = tensor(name);
    return tensor.read(storage(tensor).order(ByteOrder.LITTLE_ENDIAN));
  }

  private ByteBuffer storage(StoredTensor tensor) {
    return reading(file, () -> zip ? fromArchive(tensor) : fromFile(tensor));
  }

  /** Something read from a file. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  /** What was read, or why the file is of no use. */
  private static <T> T reading(Path file, Reading<T> reading) {
    try {
      return reading.read();
    } catch (Unpickler.Refused e) {
      throw unusable(file, e.getMessage());
    } catch (FileSystemException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (IOException e) { // of an archive's reader: what it reads makes no sense
      throw unusable(file, "its archive is damaged or cut off");
    }
  }

  private ByteBuffer fromArchive(StoredTensor tensor) throws IOException {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      ZipEntry entry = archive.getEntry((String) storages.get(tensor.key()));
      return ByteBuffer.wrap(bytes(archive, entry, Integer.MAX_VALUE - 8));
    }
  }

  private ByteBuffer fromFile(StoredTensor tensor) throws IOException {
    ByteBuffer data =
        ByteBuffer.allocate((int) (tensor.numbers() * tensor.type().numbers().width()));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long first = (Integer) storages.get(tensor.key());
      while (data.hasRemaining()) {
        if (channel.read(data, first + data.position()) < 0) {
          throw new Unpickler.Refused("it is cut off");
        }
      }
    }
    return data.flip();
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new CheckpointException(
          "%s has no tensor '%s' among its %d".formatted(file, name, tensors.size()));
    }
    return tensor;
  }
}
