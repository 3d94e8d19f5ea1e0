package alphadistill.data.source;

import alphadistill.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a long table from text. One thread unpacks and cuts the text into blocks of whole lines, the others read the
 * blocks; results are taken in file order, so neither rows nor the reported fault depend on the number of threads.
 */
final class TextRows {
  private static final int BLOCK = 1 << 20;

  private TextRows() {}

  static LongRows read(Path file, ColumnMapping mapping, Selection selection) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService readers = Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(task, "text-reader");
      thread.setDaemon(true);
      return thread;
    });
    try (InputStream in = TextFile.open(file)) {
      TextHeader header = TextHeader.of(file, firstLine(file, in), mapping);
      Blocks blocks = new Blocks(file);
      Deque<Future<TextBlockParser.Result>> underWay = new ArrayDeque<>();
      byte[] carried = new byte[0];
      while (true) {
        byte[] text = nextBlock(in, carried);
        if (text.length == 0) {
          break;
        }
        int end = lastLineEnd(text);
        carried = Arrays.copyOfRange(text, end, text.length);
        byte[] lines = Arrays.copyOf(text, end);
        underWay.add(
            readers.submit(() -> new TextBlockParser(lines, header, mapping, selection).parse()));
        if (underWay.size() > threads + 1) {
          blocks.add(underWay.remove());
        }
      }
      for (Future<TextBlockParser.Result> result : underWay) {
        blocks.add(result);
      }
      return new LongRows(blocks.blocks, header.fieldColumn(), blocks.dates);
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    } finally {
      readers.shutdownNow();
    }
  }

  /** Blocks in file order; knows how many lines came before. */
  private static final class Blocks {
    private final Path file;
    private final List<RowBlock> blocks = new ArrayList<>();
    private LongRows.DaySpan dates = LongRows.DaySpan.NONE;
    private long lines = 1; // the header

    Blocks(Path file) {
      this.file = file;
    }

    void add(Future<TextBlockParser.Result> future) {
      TextBlockParser.Result result = get(future);
      if (result.fault() != null) {
        throw DataException.at(
            file, lines + result.fault().line(), result.fault().text());
      }
      blocks.add(result.block());
      dates = dates.with(result.dates());
      lines += result.block().lines();
    }

    private static TextBlockParser.Result get(Future<TextBlockParser.Result> future) {
      try {
        return future.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while reading", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a block could not be read", e.getCause());
      }
    }
  }

  static String firstLine(Path file, InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
      if (line.size() > BLOCK) {
        throw DataException.at(file, 1, "has no end within a megabyte; this is not a text table");
      }
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  /** What was carried over and up to a block more; the end of the file gets its missing line feed. */
  private static byte[] nextBlock(InputStream in, byte[] carried) throws IOException {
    byte[] block = Arrays.copyOf(carried, carried.length + BLOCK);
    int filled = carried.length;
    boolean more = true;
    while (more) {
      int read = in.readNBytes(block, filled, block.length - filled);
      filled += read;
      more = filled == block.length;
      if (more && lastLineEnd(block) > 0) {
        return block;
      }
      if (more) {
        block = Arrays.copyOf(block, 2 * block.length); // one line longer than a block
      }
    }
    if (filled > 0 && block[filled - 1] != '\n') {
      block[filled++] = '\n';
    }
    return Arrays.copyOf(block, filled);
  }

  private static int lastLineEnd(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}
