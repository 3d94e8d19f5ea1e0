package alphadistill.vision.weights;

import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.vision.deit.DeitPreset;
import alphadistill.vision.deit.DeitSpec;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Reads a DeiT's architecture off its tensors. Shapes tell everything but the number of attention heads and the epsilon
 * of layer norms: these are in our own files' metadata, and elsewhere those of the published size, or one head for 64
 * channels.
 */
final class ArchitectureReader {
  /** Keys of the metadata. */
  static final String HEADS = "heads";

  static final String NORM_EPSILON = "norm_epsilon";

  private static final int HEAD_WIDTH = 64;

  private final TimmTensors file;

  private ArchitectureReader(TimmTensors file) {
    this.file = file;
  }

  static DeitSpec read(TimmTensors file) {
    return new ArchitectureReader(file).read();
  }

  private DeitSpec read() {
    int width = (int) shape("cls_token", 3)[2];
    long[] projection = shape("patch_embed.proj.weight", 4);
    int patch = (int) projection[3];
    int depth = depth();
    DeitSpec.Family family = file.has("dist_token")
        ? DeitSpec.Family.DISTILLED
        : file.has("blocks.0.gamma_1") ? DeitSpec.Family.DEIT3 : DeitSpec.Family.PLAIN;
    int special = family == DeitSpec.Family.DEIT3 ? 0 : family == DeitSpec.Family.PLAIN ? 1 : 2;
    int grid = side(shape("pos_embed", 3)[1] - special);
    if (grid < 1) {
      throw refused("its %d positions are not %d and a square grid"
          .formatted(shape("pos_embed", 3)[1], special));
    }
    int classes = (int) shape("head.weight", 2)[0];
    try {
      DeitSpec spec = new DeitSpec(
          family,
          grid * patch,
          patch,
          width,
          depth,
          heads(width, depth, patch),
          classes,
          0); // what was dropped in training is not in the file
      String epsilon = file.metadata().get(NORM_EPSILON);
      return epsilon == null ? spec : spec.withNormEpsilon(Double.parseDouble(epsilon));
    } catch (IllegalArgumentException e) {
      throw refused(e.getMessage());
    }
  }

  private long[] shape(String name, int rank) {
    if (!file.has(name)) {
      throw refused("it has no tensor '%s'".formatted(name));
    }
    long[] shape = file.shape(name);
    if (shape.length != rank || Arrays.stream(shape).anyMatch(n -> n < 1 || n > 1 << 24)) {
      throw refused("'%s' has the shape %s".formatted(name, Arrays.toString(shape)));
    }
    return shape;
  }

  private int depth() {
    int depth = 0;
    while (file.has("blocks.%d.attn.qkv.weight".formatted(depth))) {
      depth++;
    }
    if (depth == 0) {
      throw refused("it has no tensor 'blocks.0.attn.qkv.weight'");
    }
    return depth;
  }

  private int heads(int width, int depth, int patch) {
    String stated = file.metadata().get(HEADS);
    if (stated != null) {
      if (!stated.matches("[1-9]\\d{0,5}")) {
        throw refused("its metadata states '%s' heads".formatted(stated));
      }
      return Integer.parseInt(stated);
    }
    return Stream.of(DeitPreset.values())
        .map(DeitPreset::spec)
        .filter(s -> s.width() == width && s.depth() == depth && s.patch() == patch)
        .map(DeitSpec::heads)
        .findFirst()
        .orElseGet(() -> {
          if (width % HEAD_WIDTH != 0) {
            throw refused(
                "the heads of a width of %d cannot be told; state '%s' in the file's metadata"
                    .formatted(width, HEADS));
          }
          return width / HEAD_WIDTH;
        });
  }

  /** Side of a square of cells; 0 if they make none. */
  static int side(long cells) {
    long side = Math.round(Math.sqrt(Math.max(0, cells)));
    return side * side == cells ? (int) side : 0;
  }

  private CheckpointException refused(String problem) {
    return new CheckpointException(
        "%s holds no whole image transformer: %s".formatted(file.origin(), problem));
  }
}
