package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import java.io.IOException;
import java.util.List;

/** Pictures that are files of their own, wherever those lie. */
final class EncodedSet extends ListedSet {

  /** Where the files lie; safe for many threads. */
  interface Source {
    String origin(int index);

    /** All bytes of a file. */
    byte[] read(int index) throws IOException;
  }

  private final Source source;
  private final ImageDecoder decoder;

  EncodedSet(List<String> classes, int[] labels, Source source, ImageDecoder decoder) {
    super(classes, labels);
    this.source = source;
    this.decoder = decoder;
  }

  @Override
  public String origin(int index) {
    return source.origin(index);
  }

  @Override
  public Image image(int index) {
    byte[] file;
    try {
      file = source.read(index);
    } catch (IOException e) {
      throw new ImageException("%s: cannot be read (%s)".formatted(origin(index), e), e);
    }
    return decoder.decode(file, origin(index));
  }
}
