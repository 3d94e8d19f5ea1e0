package alphadistill.vision.images;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** PNG files of any kind, written by hand for tests. */
final class Pngs {
  private Pngs() {}

  /**
   * @param kind PNG's colour type: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
   * @param rows packed samples of all rows
   * @param extra name and bytes of further chunks, in turns
   */
  static byte[] of(int width, int height, int bits, int kind, byte[] rows, Object... extra) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(png, "IHDR", header.put((byte) bits).put((byte) kind).array());
    for (int i = 0; i < extra.length; i += 2) {
      chunk(png, (String) extra[i], (byte[]) extra[i + 1]);
    }
    chunk(png, "IDAT", packed(rows, height));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  /** An RGB file. */
  static byte[] rgb(int width, int height, byte[] rgb) {
    return of(width, height, 8, 2, rgb);
  }

  private static byte[] packed(byte[] rows, int height) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int length = rows.length / height;
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater())) {
      for (int y = 0; y < height && length > 0; y++) {
        out.write(0); // no filter
        out.write(rows, y * length, length);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String name, byte[] data) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(type);
    sum.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(type);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
