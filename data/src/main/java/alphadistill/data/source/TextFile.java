package alphadistill.data.source;

import alphadistill.data.DataException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens text files, plain or gzip, and says in one line why one cannot be read. Kinds are told by content. */
public final class TextFile {
  private static final int BUFFER = 1 << 16;

  /** What the first bytes of a file say it is. */
  enum Kind {
    TEXT,
    GZIP,
    PARQUET
  }

  private TextFile() {}

  /** All lines, without their ends and without a byte order mark. */
  public static List<String> lines(Path file) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause());
    }
  }

  /** The text of a file, unpacked, without a byte order mark. */
  static InputStream open(Path file) {
    Kind kind = kind(file);
    if (kind == Kind.PARQUET) {
      throw DataException.in(file, "is a Parquet file; a text file is expected here");
    }
    try {
      InputStream raw = Files.newInputStream(file);
      try {
        InputStream text = kind == Kind.GZIP ? new GZIPInputStream(raw, BUFFER) : raw;
        return withoutByteOrderMark(file, new BufferedInputStream(text, BUFFER));
      } catch (IOException | RuntimeException e) {
        raw.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Tells text, gzip and Parquet apart; refuses what is no file. */
  static Kind kind(Path file) {
    if (!Files.exists(file)) {
      throw DataException.in(
          file,
          "no such file; check the path (relative paths start at " + Path.of("").toAbsolutePath()
              + ")");
    }
    if (Files.isDirectory(file)) {
      throw DataException.in(file, "is a folder; name a file in it");
    }
    byte[] first;
    try (InputStream raw = Files.newInputStream(file)) {
      first = raw.readNBytes(4);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (first.length == 0) {
      throw DataException.in(file, "the file is empty; it may not have been copied fully");
    }
    if (starts(first, 0x1f, 0x8b)) {
      return Kind.GZIP;
    }
    if (starts(first, 'P', 'A', 'R', '1')) {
      return Kind.PARQUET;
    }
    if (starts(first, 'P', 'K', 3, 4)) {
      throw DataException.in(file, "is a zip archive; unpack it first");
    }
    if (file.toString().endsWith(".parquet")) {
      throw DataException.in(
          file, "is not a Parquet file (it does not begin with PAR1); if it is text, name it .csv");
    }
    return Kind.TEXT;
  }

  /** One line for a read that broke off. */
  static DataException unreadable(Path file, IOException cause) {
    if (cause instanceof EOFException) {
      return DataException.in(
          file, "the gzip data ends early: the file is truncated; copy it again", cause);
    }
    if (cause instanceof ZipException) {
      return DataException.in(
          file,
          "the gzip data is damaged (%s); copy the file again".formatted(cause.getMessage()),
          cause);
    }
    return DataException.in(file, "cannot be read (%s)".formatted(cause), cause);
  }

  private static InputStream withoutByteOrderMark(Path file, BufferedInputStream text)
      throws IOException {
    text.mark(3);
    byte[] first = text.readNBytes(3);
    if (starts(first, 0xff, 0xfe) || starts(first, 0xfe, 0xff)) {
      throw DataException.in(file, "is UTF-16 text; save it as UTF-8");
    }
    if (!starts(first, 0xef, 0xbb, 0xbf)) {
      text.reset();
    }
    return text;
  }

  private static boolean starts(byte[] bytes, int... with) {
    boolean starts = bytes.length >= with.length;
    for (int i = 0; starts && i < with.length; i++) {
      starts = bytes[i] == (byte) with[i];
    }
    return starts;
  }
}
