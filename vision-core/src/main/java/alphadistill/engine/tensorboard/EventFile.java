package alphadistill.engine.tensorboard;

import alphadistill.engine.checkpoint.WholeFile;
import alphadistill.engine.protobuf.ProtoMessage;
import alphadistill.engine.train.Trainer;
import alphadistill.engine.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Writes how each epoch went to a file that TensorBoard shows ({@code tensorboard --logdir FOLDER}): {@code train/loss},
 * {@code train/gradient_norm}, {@code train/rate} and {@code validation/...}, by epoch.
 *
 * <p>The file holds one record for its version, then one for each epoch. A training that goes on, or begins again, keeps
 * the records of the epochs it has done, drops the others and whatever was cut off, and adds those that are missing: so
 * each epoch stands there once.
 *
 * <pre>{@code
 * TrainingListener events = new EventFile(run.resolve("tensorboard"), "accuracy", Clock.systemUTC());
 * }</pre>
 */
public final class EventFile implements TrainingListener {
  /** TensorBoard reads files that have {@code tfevents} in their names. */
  static final String NAME = "events.out.tfevents.alphadistill";

  private final Path file;
  private final String validation;
  private final Clock clock;

  /**
   * @param folder made when absent
   * @param validation what the validation of an epoch is called, such as {@code accuracy}
   * @param clock of the times shown beside the values
   */
  public EventFile(Path folder, String validation, Clock clock) {
    this.file = folder.resolve(NAME);
    this.validation = validation;
    this.clock = clock;
  }

  @Override
  public void begins(int epoch, int step, List<Trainer.Epoch> done) {
    try {
      Files.createDirectories(file.getParent());
      Records.Extent kept = keep(1 + done.size());
      if (kept.records() == 0) {
        append(event().text(3, "brain.Event:2"));
      }
      done.stream().skip(Math.max(0, kept.records() - 1)).forEach(this::epochDone);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public void epochDone(Trainer.Epoch epoch) {
    ProtoMessage values = new ProtoMessage();
    add(values, "train/loss", epoch.loss());
    add(values, "train/gradient_norm", epoch.gradientNorm());
    add(values, "train/rate", epoch.rate());
    add(values, "validation/" + validation, epoch.validation());
    epoch.figures().forEach((name, value) -> add(values, "validation/" + name, value));
    try {
      append(event().whole(2, epoch.epoch()).message(5, values));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Field numbers are those of TensorFlow's event.proto and summary.proto. */
  private ProtoMessage event() {
    Instant now = clock.instant();
    return new ProtoMessage().real64(1, now.getEpochSecond() + now.getNano() / 1e9);
  }

  private static void add(ProtoMessage summary, String tag, double value) {
    summary.message(1, new ProtoMessage().text(1, tag).real32(2, (float) value));
  }

  private Records.Extent keep(int records) throws IOException {
    try (FileChannel channel = FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Records.Extent kept = Records.whole(channel, records);
      channel.truncate(kept.bytes());
      return kept;
    }
  }

  private void append(ProtoMessage event) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      WholeFile.writeFully(channel, ByteBuffer.wrap(Records.framed(event.toBytes())));
    }
  }
}
