package alphadistill.cli.bench;

import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.device.MemoryNeed;
import alphadistill.engine.layer.BodySpec;
import alphadistill.vision.deit.DeitPreset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A network and what is done with it: the sizes the engine's goals are set for. */
public enum EngineRow {
  DEIT_TI_TRAIN_8(DeitPreset.TINY, true, 8),
  DEIT_TI_TRAIN_32(DeitPreset.TINY, true, 32),
  DEIT_TI_INFER_32(DeitPreset.TINY, false, 32),
  DEIT_S_TRAIN_8(DeitPreset.SMALL, true, 8),
  STUDENT_TRAIN_256(new Body(64, 32, 128, 4, 4), true, 256),
  STUDENT_INFER_1024(new Body(64, 32, 128, 4, 4), false, 1024),
  SMALL_TRAIN_256(new Body(15, 32, 32, 2, 2), true, 256),
  /** Blocks are run again in the backward pass. Minutes, so only where it is asked for. */
  DEIT_B_TRAIN_32(DeitPreset.BASE, true, 32);

  /** What is measured unless rows are named. */
  public static final List<EngineRow> USUAL =
      Stream.of(values()).filter(row -> row != DEIT_B_TRAIN_32).toList();

  /** Pixels of a side, pixels of a patch's side, and classes of the image networks. */
  static final int IMAGE = 224;

  static final int PATCH = 16;
  static final int CLASSES = 1000;

  private final Body body;
  private final boolean isImage;
  private final boolean isTraining;
  private final int batch;

  /**
   * A distilled transformer.
   *
   * @param tokens without class and distillation token
   * @param features of a token before it is embedded
   */
  record Body(int tokens, int features, int width, int depth, int heads) {}

  EngineRow(DeitPreset preset, boolean isTraining, int batch) {
    this(
        new Body(
            (IMAGE / PATCH) * (IMAGE / PATCH),
            3 * PATCH * PATCH,
            preset.spec().body().width(),
            preset.spec().body().depth(),
            preset.spec().body().heads()),
        true,
        isTraining,
        batch);
  }

  EngineRow(Body body, boolean isTraining, int batch) {
    this(body, false, isTraining, batch);
  }

  EngineRow(Body body, boolean isImage, boolean isTraining, int batch) {
    this.body = body;
    this.isImage = isImage;
    this.isTraining = isTraining;
    this.batch = batch;
  }

  Body body() {
    return body;
  }

  /** Pictures, hard distillation and cross entropy; else windows, a scalar head and squared distances. */
  boolean isImage() {
    return isImage;
  }

  boolean isTraining() {
    return isTraining;
  }

  /** Whether blocks are run again in the backward pass. */
  boolean recomputes() {
    return this == DEIT_B_TRAIN_32;
  }

  BodySpec spec() {
    int outputs = isImage ? CLASSES : 1;
    return BodySpec.deit(body.width(), body.depth(), body.heads(), outputs, true, 0);
  }

  /** What a training of this network takes. */
  MemoryNeed memory() {
    long numbers = (long) body.tokens() * body.features(); // of a sample
    return MemoryNeed.ofTraining(
        ComputeDevice.cpu(), spec(), body.tokens(), numbers, isImage, batch, false, recomputes());
  }

  /** Numbers that are trained. */
  long parameters() {
    return memory().weights() / Float.BYTES;
  }

  int batch() {
    return batch;
  }

  /** Such as {@code deit-ti-train-8}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a table says of it. */
  String work() {
    return "%s, %s, batch %d"
        .formatted(
            isImage
                ? "DeiT of width %d, depth %d".formatted(body.width(), body.depth())
                : "student of %d tokens x %d features, width %d, depth %d"
                    .formatted(body.tokens(), body.features(), body.width(), body.depth()),
            isTraining ? "training step" : "inference",
            batch);
  }
}
