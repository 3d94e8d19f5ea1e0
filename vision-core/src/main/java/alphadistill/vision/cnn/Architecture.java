package alphadistill.vision.cnn;

import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.TensorSource;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The published networks that can be teachers, by timm's names. They read {@link PixelConvention#IMAGENET} pixels. */
public enum Architecture {
  RESNET_18("resnet18", ResNet::resNet18),
  RESNET_50("resnet50", ResNet::resNet50),
  /** DeiT's teacher. */
  REGNETY_16GF("regnety_160", RegNetY::regNetY16),
  /** Trained at 300 pixels. */
  EFFICIENTNET_B3("efficientnet_b3", EfficientNet::b3);

  private final String timmName;
  private final IntFunction<LayerList> structure;

  Architecture(String timmName, IntFunction<LayerList> structure) {
    this.timmName = timmName;
    this.structure = structure;
  }

  /** @throws IllegalArgumentException for a name that is not known; the message lists those that are */
  public static Architecture named(String name) {
    return Arrays.stream(values())
        .filter(architecture -> architecture.timmName.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no network '%s' is known; there are %s"
            .formatted(
                name,
                Arrays.stream(values()).map(a -> a.timmName).collect(Collectors.joining(", ")))));
  }

  public String timmName() {
    return timmName;
  }

  /** Its layers, with an answer for this many classes (1000 in the published files). */
  public LayerList layers(int classes) {
    return structure.apply(classes);
  }

  /**
   * Its layers with as many classes as a file's weights have.
   *
   * @throws CheckpointException if the file has no tensor of the last layer in timm's or torchvision's name
   */
  public LayerList layersOf(TensorSource weights) {
    LayerList any = layers(1);
    String head = ((Layer.Linear) any.layers().get(any.layers().size() - 1)).weight();
    String other = any.otherNames().get(head);
    String name = weights.has(head) ? head : other;
    if (!weights.has(name)) {
      throw new CheckpointException(
          "%s has no tensor '%s' or '%s' (classes x channels): not the weights of %s?"
              .formatted(weights.origin(), head, other, timmName));
    }
    return layers((int) weights.shape(name)[0]);
  }
}
