package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import java.io.IOException;
import java.util.Arrays;

/**
 * Turns the bytes of a JPEG, PNG or BMP file into what the reference loader gives: Pillow's {@code convert('RGB')} after
 * the picture was set upright by its EXIF orientation. Colour profiles and gamma are ignored, alpha is dropped and not
 * blended, a palette is looked up, and grey of 16 bits is cut at 255, all as there.
 *
 * <pre>{@code
 * Image image = ImageDecoder.USUAL.decode(Files.readAllBytes(file), file.toString());
 * }</pre>
 *
 * @param mostPixels largest width times height that a file may declare; checked before pixels are allocated
 */
public record ImageDecoder(long mostPixels) {
  /** Pillow's limit, 1024 * 1024 * 1024 / 4 / 3: a picture of 256 MiB. */
  public static final ImageDecoder USUAL = new ImageDecoder(89_478_485);

  public ImageDecoder {
    if (mostPixels < 1 || mostPixels > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "mostPixels must be in [1, %d], was %d".formatted(Integer.MAX_VALUE / 4, mostPixels));
    }
  }

  /**
   * Decodes one file; safe for many threads.
   *
   * @param file all bytes of it
   * @param origin where it comes from, for messages
   * @throws ImageException if it cannot be decoded whole, or is larger than allowed
   */
  public Image decode(byte[] file, String origin) {
    try {
      return decode(file);
    } catch (IOException e) {
      throw new ImageException("%s: %s".formatted(origin, e.getMessage()), e);
    } catch (RuntimeException e) { // what the libraries throw where a file lies about itself
      throw new ImageException(
          "%s: damaged (%s); replace the file or take it out of the set".formatted(origin, e), e);
    }
  }

  private Image decode(byte[] file) throws IOException {
    if (file.length == 0) {
      throw new IOException("the file is empty; replace it or take it out of the set");
    }
    if (startsWith(file, 0xFF, 0xD8, 0xFF)) {
      return JpegFile.decode(file, this);
    }
    if (startsWith(file, 0x89, 'P', 'N', 'G')) {
      return PlainFile.decodePng(file, this);
    }
    if (startsWith(file, 'B', 'M')) {
      return PlainFile.decodeBmp(file, this);
    }
    throw new IOException(
        "neither JPEG, PNG nor BMP: it begins with %s%s; convert it or take it out of the set"
            .formatted(hex(file), startsWith(file, 'R', 'I', 'F', 'F') ? " (WebP?)" : ""));
  }

  /** Refuses a picture that would need more memory than a picture should. */
  void requireSize(int width, int height) throws IOException {
    if (width < 1 || height < 1) {
      throw new IOException(
          "declares %d x %d pixels: damaged; replace the file or take it out of the set"
              .formatted(width, height));
    }
    if ((long) width * height > mostPixels) {
      throw new IOException(
          "declares %d x %d pixels, more than the limit of %,d: a decompression bomb? Raise mostPixels if it is real"
              .formatted(width, height, mostPixels));
    }
  }

  private static boolean startsWith(byte[] file, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= file.length || (file[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static String hex(byte[] file) {
    return java.util.HexFormat.ofDelimiter(" ")
        .formatHex(Arrays.copyOf(file, Math.min(4, file.length)));
  }
}
