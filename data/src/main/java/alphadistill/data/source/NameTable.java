package alphadistill.data.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers asset names as they are met in a text, without making a string for each row. Names that are not wanted have
 * the number {@link #UNWANTED}.
 */
final class NameTable {
  static final int UNWANTED = -1;

  private final Selection selection;
  private final List<String> wanted = new ArrayList<>();
  private byte[][] keys = new byte[64][];
  private int[] numbers = new int[64];
  private int size;

  NameTable(Selection selection) {
    this.selection = selection;
  }

  /** Number of the name in {@code bytes[from, to)}. */
  int number(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    if (keys[slot] == null) {
      if (2 * ++size > keys.length) {
        grow();
        slot = slot(bytes, from, to);
      }
      String name = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      keys[slot] = Arrays.copyOfRange(bytes, from, to);
      numbers[slot] = selection.wants(name) ? wanted.size() : UNWANTED;
      if (numbers[slot] != UNWANTED) {
        wanted.add(name);
      }
    }
    return numbers[slot];
  }

  /** Wanted names, by number. */
  List<String> names() {
    return List.copyOf(wanted);
  }

  private int slot(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & keys.length - 1;
    while (keys[slot] != null
        && !Arrays.equals(keys[slot], 0, keys[slot].length, bytes, from, to)) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  private void grow() {
    byte[][] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new byte[2 * oldKeys.length][];
    numbers = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        int slot = slot(oldKeys[i], 0, oldKeys[i].length);
        keys[slot] = oldKeys[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}
