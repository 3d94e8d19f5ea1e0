package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import java.util.List;

/** Labelled pictures that are decoded when asked for; safe for many threads. */
public interface ImageSet {
  /** Number of pictures. */
  int size();

  /** Names of the classes; a label is an index into them. */
  List<String> classes();

  /** Class of a picture. */
  int label(int index);

  /** Where a picture comes from, for messages: file, or archive and entry. */
  String origin(int index);

  /** @throws ImageException if the picture cannot be decoded; the message names its origin and what is wrong */
  Image image(int index);
}
