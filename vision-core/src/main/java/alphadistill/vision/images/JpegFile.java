package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentData;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
import com.drew.lang.SequentialByteArrayReader;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A JPEG file. Which colours it stores is decided here by libjpeg's own rules. The JDK's reader then gets the file
 * without its application segments, so that no colour profile is applied, no colour space is guessed, and damage in them
 * costs nothing: as RGB where libjpeg itself converts, else as the samples that are stored.
 */
final class JpegFile {
  private static final Set<JpegSegmentType> HEADERS = EnumSet.of(
      JpegSegmentType.APP0,
      JpegSegmentType.APP1,
      JpegSegmentType.APPE,
      JpegSegmentType.SOF0,
      JpegSegmentType.SOF1,
      JpegSegmentType.SOF2,
      JpegSegmentType.SOF3);

  private static final ColorModel RGB = new ComponentColorModel(
      ColorSpace.getInstance(ColorSpace.CS_sRGB),
      false,
      false,
      Transparency.OPAQUE,
      DataBuffer.TYPE_BYTE);

  private final JpegSegmentData segments;
  private final byte[]
      frame; // precision, height, width, number of components, three bytes for each

  private JpegFile(byte[] file) throws IOException {
    try {
      segments =
          JpegSegmentReader.readSegments(new SequentialByteArrayReader(file), List.copyOf(HEADERS));
    } catch (JpegProcessingException e) {
      throw new IOException(
          "damaged JPEG header (%s); replace the file or take it out of the set"
              .formatted(e.getMessage()),
          e);
    }
    frame = frame();
  }

  static Image decode(byte[] file, ImageDecoder decoder) throws IOException {
    JpegFile jpeg = new JpegFile(file);
    int width = jpeg.number(3);
    int height = jpeg.number(1);
    decoder.requireSize(width, height);
    int components = jpeg.frame[5];
    byte[] rgb =
        switch (components) {
          case 1 -> Colours.ofGrey(jpeg.stored(file));
          case 3 -> jpeg.isRgb() ? jpeg.stored(file) : jpeg.converted(file, width, height);
          case 4 ->
            jpeg.isPlainCmyk()
                ? Colours.ofInvertedCmyk(jpeg.stored(file))
                : Colours.ofInvertedYcck(jpeg.stored(file));
          default ->
            throw new IOException(
                "a JPEG of %d components; convert it to RGB".formatted(components));
        };
    return jpeg.orientation().apply(new Image(width, height, rgb));
  }

  private byte[] frame() throws IOException {
    for (JpegSegmentType type : HEADERS) {
      byte[] segment = type.name().startsWith("SOF") ? segments.getSegment(type) : null;
      if (segment != null && segment.length >= 6 && segment.length >= 6 + 3 * segment[5]) {
        return segment;
      }
    }
    throw new IOException(
        "JPEG without a frame header that can be used: damaged, or arithmetic coding; replace or convert it");
  }

  private int number(int at) {
    return (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
  }

  /** libjpeg's rule for three components: JFIF says YCbCr, then Adobe's marker decides, then the components' names. */
  private boolean isRgb() {
    if (marked(JpegSegmentType.APP0, "JFIF\0") != null) {
      return false;
    }
    int transform = adobeTransform();
    return transform == 0
        || transform < 0 && frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B';
  }

  /** libjpeg's rule for four components: YCCK only where Adobe's marker says so. */
  private boolean isPlainCmyk() {
    return adobeTransform() <= 0;
  }

  /** 0 for none, 1 for YCbCr, 2 for YCCK; -1 without Adobe's marker. */
  private int adobeTransform() {
    byte[] segment = marked(JpegSegmentType.APPE, "Adobe");
    return segment == null || segment.length < 12 ? -1 : segment[11] & 0xFF;
  }

  private Orientation orientation() {
    String mark = "Exif\0\0";
    byte[] segment = marked(JpegSegmentType.APP1, mark);
    return segment == null ? Orientation.UPRIGHT : Orientation.ofExif(segment, mark.length());
  }

  /** The first segment of a type that begins with a mark, or null. */
  private byte[] marked(JpegSegmentType type, String mark) {
    byte[] start = mark.getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] segment : segments.getSegments(type)) {
      if (segment.length >= start.length
          && java.util.Arrays.equals(segment, 0, start.length, start, 0, start.length)) {
        return segment;
      }
    }
    return null;
  }

  /** Samples as stored, components beside each other. */
  private byte[] stored(byte[] file) throws IOException {
    Raster samples = read(JpegSegments.bare(file, false), reader -> reader.readRaster(0, null));
    if (!(samples.getDataBuffer() instanceof DataBufferByte)) {
      throw new IOException("a JPEG of more than 8 bits a sample; convert it");
    }
    return (byte[]) samples.getDataElements(0, 0, samples.getWidth(), samples.getHeight(), null);
  }

  /** RGB made of YCbCr by libjpeg, into an array in the order wanted here. */
  private byte[] converted(byte[] file, int width, int height) throws IOException {
    byte[] rgb = new byte[3 * width * height];
    WritableRaster raster = Raster.createInterleavedRaster(
        new DataBufferByte(rgb, rgb.length),
        width,
        height,
        3 * width,
        3,
        new int[] {0, 1, 2},
        null);
    BufferedImage target = new BufferedImage(RGB, raster, false, null);
    return read(JpegSegments.bare(file, true), reader -> {
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestination(target);
      reader.read(0, param);
      return rgb;
    });
  }

  /** One way of reading. */
  private interface Reading<T> {
    T by(ImageReader reader) throws IOException;
  }

  private static <T> T read(byte[] bare, Reading<T> reading) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    List<String> warnings = new ArrayList<>(0);
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bare))) {
      reader.setInput(stream, true, true);
      T read = reading.by(reader);
      // The library fills what is missing with grey; the reference refuses.
      if (warnings.stream().anyMatch(warning -> warning.startsWith("Truncated"))) {
        throw new IOException(
            "truncated JPEG: it ends before the picture does; replace the file or take it out of the set");
      }
      return read;
    } catch (IIOException e) {
      throw new IOException(
          "damaged JPEG (%s); replace the file or take it out of the set".formatted(e.getMessage()),
          e);
    } finally {
      reader.dispose();
    }
  }
}
