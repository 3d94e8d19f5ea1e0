package alphadistill.engine.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.engine.train.Trainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00.250Z"), ZoneOffset.UTC);

  @TempDir
  Path folder;

  /** One event as a reader of the format sees it. */
  private record Event(double time, long step, String version, Map<String, Float> values) {}

  @Test
  void anEpochIsOneEventWithItsValues() throws IOException {
    EventFile events = new EventFile(folder.resolve("new"), "accuracy", CLOCK);
    events.begins(0, 0, List.of());
    events.epochDone(new Trainer.Epoch(0, 5, 2.25, 1.5, 1e-6, 0.125, Map.of("class head", 0.25)));
    events.epochDone(epoch(1));

    List<Event> read = read(folder.resolve("new").resolve(EventFile.NAME));
    assertThat(read).hasSize(3);
    assertThat(read.get(0)).isEqualTo(new Event(1772366400.25, 0, "brain.Event:2", Map.of()));
    assertThat(read.get(1))
        .isEqualTo(new Event(
            1772366400.25,
            0,
            "",
            Map.of(
                "train/loss", 2.25f,
                "train/gradient_norm", 1.5f,
                "train/rate", 1e-6f,
                "validation/accuracy", 0.125f,
                "validation/class head", 0.25f)));
    assertThat(read.get(2).step()).isEqualTo(1);
  }

  @Test
  void goingOnKeepsWhatWasDoneAndWritesNoEpochTwice() throws IOException {
    EventFile events = new EventFile(folder, "accuracy", CLOCK);
    events.begins(0, 0, List.of());
    for (int i = 0; i < 4; i++) {
      events.epochDone(epoch(i));
    }

    // Stopped after epoch 3 was told and before its checkpoint was written.
    EventFile resumed = new EventFile(folder, "accuracy", CLOCK);
    resumed.begins(3, 2, List.of(epoch(0), epoch(1), epoch(2)));
    resumed.epochDone(epoch(3));

    assertThat(steps()).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void beginningAgainStartsTheFileAgain() throws IOException {
    EventFile events = new EventFile(folder, "accuracy", CLOCK);
    for (int run = 0; run < 2; run++) {
      events.begins(0, 0, List.of());
      events.epochDone(epoch(0));
    }

    assertThat(steps()).containsExactly(0L);
  }

  @Test
  void whatWasCutOffOrLostIsWrittenAgain() throws IOException {
    EventFile events = new EventFile(folder, "accuracy", CLOCK);
    events.begins(0, 0, List.of());
    events.epochDone(epoch(0));
    events.epochDone(epoch(1));
    Path file = folder.resolve(EventFile.NAME);
    byte[] bytes = Files.readAllBytes(file);
    List<Trainer.Epoch> done = List.of(epoch(0), epoch(1));

    Files.write(file, Arrays.copyOf(bytes, bytes.length - 7));
    events.begins(2, 0, done);
    assertThat(file).hasBinaryContent(bytes);

    byte[] damaged = bytes.clone();
    damaged[bytes.length - 10] ^= 1;
    Files.write(file, damaged);
    events.begins(2, 0, done);
    assertThat(file).hasBinaryContent(bytes);

    Files.delete(file);
    events.begins(2, 0, done);
    assertThat(file).hasBinaryContent(bytes);
  }

  private static Trainer.Epoch epoch(int number) {
    return new Trainer.Epoch(number, 5, 2.0 / (1 + number), 1, 1e-3, 0.1 * number);
  }

  private List<Long> steps() throws IOException {
    return read(folder.resolve(EventFile.NAME)).stream()
        .skip(1)
        .map(Event::step)
        .toList();
  }

  private static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = little(Files.readAllBytes(file));
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(checksum(length));
      byte[] data = new byte[(int) little(length).getLong()];
      bytes.get(data);
      assertThat(bytes.getInt()).isEqualTo(checksum(data));
      events.add(event(little(data)));
    }
    return events;
  }

  private static Event event(ByteBuffer data) {
    double time = 0;
    long step = 0;
    String version = "";
    Map<String, Float> values = new LinkedHashMap<>();
    while (data.hasRemaining()) {
      switch ((int) varint(data)) {
        case 1 << 3 | 1 -> time = data.getDouble();
        case 2 << 3 -> step = varint(data);
        case 3 << 3 | 2 -> version = text(part(data));
        case 5 << 3 | 2 -> {
          ByteBuffer summary = part(data);
          while (summary.hasRemaining()) {
            assertThat(varint(summary)).isEqualTo(1 << 3 | 2);
            ByteBuffer value = part(summary);
            assertThat(varint(value)).isEqualTo(1 << 3 | 2);
            String tag = text(part(value));
            assertThat(varint(value)).isEqualTo(2 << 3 | 5);
            assertThat(values.put(tag, value.getFloat())).isNull();
            assertThat(value.hasRemaining()).isFalse();
          }
        }
        default -> throw new AssertionError("unknown field");
      }
    }
    return new Event(time, step, version, values);
  }

  private static long varint(ByteBuffer data) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = data.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static ByteBuffer part(ByteBuffer data) {
    byte[] bytes = new byte[(int) varint(data)];
    data.get(bytes);
    return little(bytes);
  }

  private static String text(ByteBuffer bytes) {
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    long value = crc.getValue();
    return (int) ((value >>> 15 | value << 17) + 0xa282ead8L);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
