package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.png.PngProcessingException;
import com.drew.lang.SequentialByteArrayReader;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG or BMP file. Samples are read from the raster: the JDK's own colours are converted from a linear grey space and
 * come out too bright.
 */
final class PlainFile {
  private PlainFile() {}

  static Image decodePng(byte[] file, ImageDecoder decoder) throws IOException {
    Image stored = decode("png", file, decoder);
    try {
      // Only this chunk: others may be compressed and unfold to anything.
      for (PngChunk chunk : new PngChunkReader()
          .extract(new SequentialByteArrayReader(file), Set.of(PngChunkType.eXIf))) {
        return Orientation.ofExif(chunk.getBytes(), 0).apply(stored);
      }
    } catch (PngProcessingException | IOException e) {
      return stored; // the pixels were whole: what follows them is not needed
    }
    return stored;
  }

  static Image decodeBmp(byte[] file, ImageDecoder decoder) throws IOException {
    return decode("bmp", file, decoder);
  }

  private static Image decode(String format, byte[] file, ImageDecoder decoder) throws IOException {
    ImageReader reader = jdkReader(format);
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(stream, true, true); // without metadata: compressed profiles stay folded
      decoder.requireSize(reader.getWidth(0), reader.getHeight(0));
      return rgb(reader.read(0));
    } catch (IIOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "damaged or truncated %s (%s); replace the file or take it out of the set"
              .formatted(format.toUpperCase(java.util.Locale.ROOT), cause.getMessage()),
          e);
    } finally {
      reader.dispose();
    }
  }

  private static Image rgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[3 * width * height];
    if (image.getColorModel() instanceof IndexColorModel palette) {
      lookUp(palette, image.getRaster(), rgb);
    } else if (image.getColorModel() instanceof ComponentColorModel) {
      copy(image.getRaster(), rgb);
    } else { // colours packed into one number, never grey: the JDK's own way is right
      int[] packed = image.getRGB(0, 0, width, height, null, 0, width);
      for (int i = 0; i < packed.length; i++) {
        put(packed[i], rgb, 3 * i);
      }
    }
    return new Image(width, height, rgb);
  }

  private static void lookUp(IndexColorModel palette, Raster indices, byte[] rgb) {
    int[] row = new int[indices.getWidth()];
    for (int y = 0, to = 0; y < indices.getHeight(); y++) {
      indices.getSamples(0, y, row.length, 1, 0, row);
      for (int index : row) {
        put(index < palette.getMapSize() ? palette.getRGB(index) : 0, rgb, to);
        to += 3;
      }
    }
  }

  /** One or two bands are grey, three or four begin with colours; further bands are alpha, which is dropped. */
  private static void copy(Raster samples, byte[] rgb) {
    int bands = samples.getNumBands();
    boolean wide = samples.getTransferType() == DataBuffer.TYPE_USHORT;
    int[] row = new int[samples.getWidth() * bands];
    for (int y = 0, to = 0; y < samples.getHeight(); y++) {
      samples.getPixels(0, y, samples.getWidth(), 1, row);
      for (int from = 0; from < row.length; from += bands) {
        for (int channel = 0; channel < 3; channel++) {
          int value = row[from + (bands < 3 ? 0 : channel)];
          if (wide) { // Pillow cuts grey of 16 bits, and takes the upper byte of everything else
            value = bands == 1 ? Math.min(255, value) : value >> 8;
          }
          rgb[to++] = (byte) value;
        }
      }
    }
  }

  private static void put(int packed, byte[] rgb, int to) {
    rgb[to] = (byte) (packed >> 16);
    rgb[to + 1] = (byte) (packed >> 8);
    rgb[to + 2] = (byte) packed;
  }

  private static ImageReader jdkReader(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      throw new IllegalStateException("this Java has no reader for " + format);
    }
    return readers.next();
  }
}
