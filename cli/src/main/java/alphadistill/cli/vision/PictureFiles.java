package alphadistill.cli.vision;

import alphadistill.augment.image.Image;
import alphadistill.cli.config.InputPath;
import alphadistill.cli.config.UsageException;
import alphadistill.vision.images.ImageDecoder;
import alphadistill.vision.images.ImageException;
import alphadistill.vision.images.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Picture files without labels: one, or all below a folder in the order of their names. All are of one class, which says
 * nothing.
 */
record PictureFiles(List<Path> files) implements ImageSet {
  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp");

  /** @throws UsageException if there is no such file or folder, or no picture in it */
  static PictureFiles at(Path written) {
    Path path = InputPath.find(written);
    if (Files.isRegularFile(path)) {
      return new PictureFiles(List.of(path));
    }
    if (!Files.isDirectory(path)) {
      throw new UsageException("no file or folder of pictures %s".formatted(path));
    }
    try (Stream<Path> below = Files.walk(path)) {
      List<Path> found = below.filter(PictureFiles::isPicture).sorted().toList();
      if (found.isEmpty()) {
        throw new UsageException("no picture below %s: files that end in %s are looked for"
            .formatted(path, String.join(", ", ENDINGS)));
      }
      return new PictureFiles(found);
    } catch (IOException e) {
      throw new ImageException("%s: cannot be read (%s)".formatted(path, e), e);
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public List<String> classes() {
    return List.of("unknown");
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public String origin(int index) {
    return files.get(index).toString();
  }

  @Override
  public Image image(int index) {
    try {
      return ImageDecoder.USUAL.decode(Files.readAllBytes(files.get(index)), origin(index));
    } catch (IOException e) {
      throw new ImageException("%s: cannot be read (%s)".formatted(origin(index), e), e);
    }
  }
}
