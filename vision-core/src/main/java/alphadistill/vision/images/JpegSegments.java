package alphadistill.vision.images;

import java.io.ByteArrayOutputStream;

/** The segments of a JPEG file up to its first scan. */
final class JpegSegments {
  private static final int SCAN = 0xDA;
  private static final int COMMENT = 0xFE;

  /** Says that three components are YCbCr, and nothing that a reader would act on besides. */
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private JpegSegments() {}

  /**
   * A file without application segments and comments.
   *
   * @param jfif whether to say that it is YCbCr
   */
  static byte[] bare(byte[] file, boolean jfif) {
    ByteArrayOutputStream bare = new ByteArrayOutputStream(file.length + JFIF.length);
    bare.write(file, 0, 2); // start of image
    if (jfif) {
      bare.writeBytes(JFIF);
    }
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
      int marker = file[at + 1] & 0xFF;
      if (marker == SCAN) {
        break;
      }
      if (marker == 0xFF) { // fill
        at++;
        continue;
      }
      int length = 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
      boolean application = marker >= 0xE0 && marker <= 0xEF || marker == COMMENT;
      if (!application) {
        bare.write(file, at, Math.min(length, file.length - at));
      }
      at = Math.min(at + length, file.length);
    }
    bare.write(file, at, file.length - at);
    return bare.toByteArray();
  }
}
