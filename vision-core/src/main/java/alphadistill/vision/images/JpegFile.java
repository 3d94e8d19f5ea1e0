package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentData;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
import com.drew.lang.SequentialByteArrayReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * A JPEG file. The JDK's library gives the samples as stored, so that no colour profile is applied and no colour space
 * is guessed; which space they are in is decided here by libjpeg's own rules.
 */
final class JpegFile {
  private static final String JDK = "com.sun.imageio.";

  /** In the order they are tried: the JDK's is faster, the other reads past damaged profiles and headers. */
  private static final List<ImageReaderSpi> READERS = readers();

  private static final Set<JpegSegmentType> HEADERS = EnumSet.of(
      JpegSegmentType.APP0,
      JpegSegmentType.APP1,
      JpegSegmentType.APPE,
      JpegSegmentType.SOF0,
      JpegSegmentType.SOF1,
      JpegSegmentType.SOF2,
      JpegSegmentType.SOF3);

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
    decoder.requireSize(jpeg.size(3), jpeg.size(1));
    Raster samples = samples(file);
    byte[] stored = interleaved(samples);
    byte[] rgb =
        switch (samples.getNumBands()) {
          case 1 -> Colours.ofGrey(stored);
          case 3 -> jpeg.isRgb() ? stored : Colours.ofYcc(stored);
          case 4 ->
            jpeg.isPlainCmyk() ? Colours.ofInvertedCmyk(stored) : Colours.ofInvertedYcck(stored);
          default ->
            throw new IOException(
                "a JPEG of %d components; convert it to RGB".formatted(samples.getNumBands()));
        };
    return jpeg.orientation().apply(new Image(samples.getWidth(), samples.getHeight(), rgb));
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

  private int size(int at) {
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

  private static Raster samples(byte[] file) throws IOException {
    IOException first = null;
    for (ImageReaderSpi spi : READERS) {
      try {
        return samples(file, spi);
      } catch (IIOException e) {
        first = first == null ? e : first;
      }
    }
    throw new IOException(
        "damaged JPEG (%s); replace the file or take it out of the set"
            .formatted(first.getMessage()),
        first);
  }

  private static Raster samples(byte[] file, ImageReaderSpi spi) throws IOException {
    ImageReader reader = spi.createReaderInstance();
    List<String> warnings = new ArrayList<>(0);
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(file)) {
      reader.setInput(stream, true, true);
      Raster samples = reader.readRaster(0, null);
      // The library fills what is missing with grey; the reference refuses.
      if (warnings.stream().anyMatch(warning -> warning.startsWith("Truncated"))) {
        throw new IOException(
            "truncated JPEG: its %,d bytes end before the picture does; replace the file or take it out of the set"
                .formatted(file.length));
      }
      return samples;
    } finally {
      reader.dispose();
    }
  }

  /** The samples, components beside each other; the array belongs to the caller. */
  private static byte[] interleaved(Raster samples) throws IOException {
    int bands = samples.getNumBands();
    int length = samples.getWidth() * samples.getHeight() * bands;
    if (samples.getDataBuffer() instanceof DataBufferByte bytes
        && samples.getSampleModel() instanceof PixelInterleavedSampleModel model
        && model.getPixelStride() == bands
        && bytes.getData().length == length
        && inOrder(model.getBandOffsets())) {
      return bytes.getData();
    }
    if (samples.getDataBuffer() instanceof DataBufferByte) {
      return (byte[])
          samples.getDataElements(0, 0, samples.getWidth(), samples.getHeight(), new byte[length]);
    }
    throw new IOException("a JPEG of more than 8 bits a sample; convert it");
  }

  private static boolean inOrder(int[] offsets) {
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] != i) {
        return false;
      }
    }
    return true;
  }

  private static List<ImageReaderSpi> readers() {
    List<ImageReaderSpi> readers = new ArrayList<>();
    for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName("jpeg"); all.hasNext(); ) {
      ImageReaderSpi spi = all.next().getOriginatingProvider();
      if (spi.getClass().getName().startsWith(JDK)) {
        readers.add(spi);
      }
    }
    readers.add(IIORegistry.getDefaultInstance()
        .getServiceProviderByClass(
            com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi.class));
    return List.copyOf(readers);
  }
}
