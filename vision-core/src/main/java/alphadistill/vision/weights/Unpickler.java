package alphadistill.vision.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python's pickles without running anything: numbers, strings, lists, tuples and dictionaries become Java's, and a
 * name of Python code is accepted only from a list of those that weights need. Everything else is refused by name.
 *
 * <p>The format is a program for a stack; it is read in one pass without recursion, so a deeply nested pickle costs no
 * more than its length. Keys of dictionaries are strings or numbers: nothing nested is ever hashed or printed.
 */
final class Unpickler {
  /** Makes a value of the pickle from a name on the list and its arguments. */
  interface Maker {
    Object make(List<Object> arguments);
  }

  /** Finds what an outside reference, here a storage of numbers, stands for. */
  interface References {
    Object find(List<Object> reference);
  }

  /** A pickle that cannot be read; the message says why. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private static final Object MARK = new Object();

  private final ByteBuffer in;
  private final Map<String, Maker> allowed;
  private final References references;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  /**
   * @param in from its position on
   * @param allowed makers by {@code module.name}
   */
  Unpickler(ByteBuffer in, Map<String, Maker> allowed, References references) {
    this.in = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    this.allowed = allowed;
    this.references = references;
  }

  /** A name of the list, before it is called. */
  private record Named(String name, Maker maker) {}

  /** The maker behind a name of the list that a pickle gives as a value. */
  static Maker maker(Object value) {
    return ((Named) value).maker();
  }

  /** Reads one pickle; {@link #position} is behind it then. */
  Object read() {
    try {
      for (int code = next(); code != '.'; code = next()) {
        step(code);
      }
      return pop();
    } catch (java.nio.BufferUnderflowException e) {
      throw new Refused("it is cut off");
    } catch (ClassCastException e) {
      throw new Refused("its parts do not fit together");
    }
  }

  int position() {
    return in.position();
  }

  private void step(int code) {
    switch (code) {
      case 0x80 -> next(); // protocol number: what later protocols add is refused by its code
      case 0x95 -> in.getLong(); // length of a frame
      case '(' -> stack.add(MARK);
      case 'N' -> stack.add(None.NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) next());
      case 'M' -> stack.add((long) (in.getShort() & 0xFFFF));
      case 'J' -> stack.add((long) in.getInt());
      case 0x8a -> stack.add(whole(next()));
      case 0x8b -> stack.add(whole(in.getInt()));
      case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
      case 'X', 'T', 'B' -> stack.add(text(in.getInt()));
      case 0x8c, 'U', 'C' -> stack.add(text(next()));
      case 0x8d -> stack.add(text(in.getLong()));
      case ')' -> stack.add(List.of());
      case ']' -> stack.add(new ArrayList<>());
      case '}' -> stack.add(new LinkedHashMap<>());
      case 't' -> stack.add(afterMark());
      case 0x85 -> stack.add(last(1));
      case 0x86 -> stack.add(last(2));
      case 0x87 -> stack.add(last(3));
      case 'l' -> stack.add(new ArrayList<>(afterMark()));
      case 'd' -> {
        List<Object> items = afterMark();
        stack.add(new LinkedHashMap<>());
        put(items);
      }
      case 'a' -> append(last(1));
      case 'e' -> append(afterMark());
      case 's' -> put(last(2));
      case 'u' -> put(afterMark());
      case '0' -> pop();
      case '1' -> afterMark();
      case '2' -> stack.add(top());
      case 'q' -> memo.put(next(), top());
      case 'r' -> memo.put(in.getInt(), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'h' -> stack.add(remembered(next()));
      case 'j' -> stack.add(remembered(in.getInt()));
      case 'c' -> stack.add(named(line() + "." + line()));
      case 0x93 -> {
        List<Object> parts = last(2);
        stack.add(named(parts.get(0) + "." + parts.get(1)));
      }
      case 'R', 0x81 -> call();
      case 'b' -> pop(); // attributes beside the content, such as versions of modules
      case 'Q' -> stack.add(references.find(list(pop())));
      default ->
        throw new Refused(
            "it uses the pickle operation 0x%02x, which weights do not need".formatted(code));
    }
  }

  /** Python's None. */
  enum None {
    NONE
  }

  private int next() {
    return in.get() & 0xFF;
  }

  private Object whole(int bytes) {
    byte[] little = bytes(bytes);
    for (int i = 0, j = little.length - 1; i < j; i++, j--) {
      byte swapped = little[i];
      little[i] = little[j];
      little[j] = swapped;
    }
    BigInteger value = little.length == 0 ? BigInteger.ZERO : new BigInteger(little);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private String text(long bytes) {
    return new String(bytes(bytes), StandardCharsets.UTF_8);
  }

  /** No more than there is: a length is checked before memory is taken. */
  private byte[] bytes(long count) {
    if (count < 0 || count > in.remaining()) {
      throw new Refused("it announces %d bytes of text or number where %d are left: cut off?"
          .formatted(count, in.remaining()));
    }
    byte[] bytes = new byte[(int) count];
    in.get(bytes);
    return bytes;
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (int c = next(); c != '\n'; c = next()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private Object top() {
    if (stack.isEmpty()) {
      throw new Refused("its parts do not fit together");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    Object top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<Object> last(int count) {
    if (stack.size() < count) {
      throw new Refused("its parts do not fit together");
    }
    List<Object> part = stack.subList(stack.size() - count, stack.size());
    List<Object> copy = new ArrayList<>(part);
    part.clear();
    return copy;
  }

  private List<Object> afterMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw new Refused("its parts do not fit together");
    }
    List<Object> items = last(stack.size() - mark - 1);
    pop();
    return items;
  }

  @SuppressWarnings("unchecked") // what a pickle holds is checked where it is used
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> items) {
    ((ArrayList<Object>) top()).addAll(items);
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> items) {
    if (items.size() % 2 != 0) {
      throw new Refused("its parts do not fit together");
    }
    Map<Object, Object> into = (Map<Object, Object>) top();
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
        throw new Refused("a dictionary has a key that is neither a string nor a number");
      }
      into.put(key, items.get(i + 1));
    }
  }

  private Object remembered(int index) {
    Object value = memo.get(index);
    if (value == null) {
      throw new Refused("its parts do not fit together");
    }
    return value;
  }

  private Named named(String name) {
    Maker maker = allowed.get(name);
    if (maker == null) {
      throw new Refused(
          "it names '%s', which weights do not need; nothing was run. If you trust the file, open it in Python and save the tensors alone: torch.save(model.state_dict(), file)"
              .formatted(name.length() > 100 ? name.substring(0, 100) + "..." : name));
    }
    return new Named(name, maker);
  }

  private void call() {
    List<Object> both = last(2);
    Named named = (Named) both.get(0);
    try {
      stack.add(named.maker().make(list(both.get(1))));
    } catch (IndexOutOfBoundsException e) {
      throw new Refused("it gives '%s' too few arguments".formatted(named.name()));
    }
  }
}
