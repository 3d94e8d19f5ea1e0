package alphadistill.vision.deit;

import java.util.Arrays;
import java.util.Locale;

/**
 * The published sizes at 224 pixels and 1000 classes with the drop path of their recipe (vision.md sections 1 and 2),
 * and small ones for pictures of 28 and 32 pixels. {@link DeitSpec#at}, {@link DeitSpec#distilled} and {@link
 * DeitSpec#withClasses} make the rest.
 */
public enum DeitPreset {
  TINY(DeitSpec.Family.PLAIN, 224, 16, 192, 12, 3, 1000, 0.1),
  SMALL(DeitSpec.Family.PLAIN, 224, 16, 384, 12, 6, 1000, 0.1),
  BASE(DeitSpec.Family.PLAIN, 224, 16, 768, 12, 12, 1000, 0.1),
  DEIT3_TINY(DeitSpec.Family.DEIT3, 224, 16, 192, 12, 3, 1000, 0),
  DEIT3_SMALL(DeitSpec.Family.DEIT3, 224, 16, 384, 12, 6, 1000, 0.05),
  DEIT3_MEDIUM(DeitSpec.Family.DEIT3, 224, 16, 512, 12, 8, 1000, 0.1),
  DEIT3_BASE(DeitSpec.Family.DEIT3, 224, 16, 768, 12, 12, 1000, 0.2),
  DEIT3_LARGE(DeitSpec.Family.DEIT3, 224, 16, 1024, 24, 16, 1000, 0.45),
  DEIT3_HUGE(DeitSpec.Family.DEIT3, 224, 14, 1280, 32, 16, 1000, 0.6),
  /** For pictures of 32 pixels and a minute's budget: 4 blocks of 64 channels. */
  NANO(DeitSpec.Family.PLAIN, 32, 4, 64, 4, 2, 10, 0),
  /** For pictures of 32 pixels: 6 blocks of 96 channels. */
  MICRO(DeitSpec.Family.PLAIN, 32, 4, 96, 6, 3, 10, 0),
  /** The same for pictures of 28 pixels. */
  MICRO_28(DeitSpec.Family.PLAIN, 28, 4, 96, 6, 3, 10, 0);

  private final DeitSpec spec;

  DeitPreset(
      DeitSpec.Family family,
      int imageSize,
      int patch,
      int width,
      int depth,
      int heads,
      int classes,
      double dropPath) {
    this.spec = new DeitSpec(family, imageSize, patch, width, depth, heads, classes, dropPath);
  }

  public DeitSpec spec() {
    return spec;
  }

  /** As in configurations, such as {@code deit3-small}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** @throws IllegalArgumentException that lists the known labels */
  public static DeitPreset labelled(String label) {
    return Arrays.stream(values())
        .filter(preset -> preset.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no DeiT size '%s'; there are %s"
            .formatted(label, Arrays.stream(values()).map(DeitPreset::label).toList())));
  }
}
