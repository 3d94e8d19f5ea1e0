package alphadistill.engine.protobuf;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes whose number is known before they are made. */
public interface MessageContent {
  /** Exactly as many bytes as {@link #writeTo} writes. */
  long length();

  void writeTo(OutputStream out) throws IOException;

  /** @param bytes not changed afterwards */
  static MessageContent of(byte[] bytes) {
    return new MessageContent() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }
}
