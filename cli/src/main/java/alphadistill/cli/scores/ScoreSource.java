package alphadistill.cli.scores;

import alphadistill.cli.config.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of scores and what they are called in tables.
 *
 * @param model name, such as {@code momentum}
 * @param file CSV, gzip or Parquet of date, asset and score
 */
public record ScoreSource(String model, Path file) {

  public ScoreSource {
    if (model.isBlank()) {
      throw new UsageException(
          "--scores =%s has no name before '='; write NAME=FILE or the file alone".formatted(file));
    }
  }

  /** Reads {@code NAME=FILE}, or {@code FILE}, which is called by its file name. */
  public static ScoreSource parse(String text) {
    int equals = text.indexOf('=');
    if (equals >= 0 && !Files.exists(Path.of(text))) { // a file may have '=' in its name
      return new ScoreSource(
          text.substring(0, equals).strip(), Path.of(text.substring(equals + 1)));
    }
    Path file = Path.of(text);
    String name = file.getFileName() == null ? text : file.getFileName().toString();
    return new ScoreSource(name.replaceFirst("(?i)\\.(csv|csv\\.gz|parquet)$", ""), file);
  }
}
