package alphadistill.cli.distill;

import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a run that has ended.
 *
 * @param folder of the run
 * @param metrics what {@code metrics.json} holds
 */
public record FinishedRun(Path folder, JsonNode metrics) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * @throws UsageException if there is no run, or it was not finished
   * @throws DataException if its metrics cannot be read
   */
  public static FinishedRun of(Path folder) {
    if (!Files.isRegularFile(folder.resolve("config.yaml"))) {
      throw new UsageException(
          "no run in %s (it has no config.yaml); 'alphadistill runs list' shows those there are"
              .formatted(folder));
    }
    Path file = folder.resolve("metrics.json");
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "%s was not finished: run 'alphadistill distill' on it again, which goes on where it stopped"
              .formatted(folder));
    }
    return new FinishedRun(folder, json(file));
  }

  /** A file of the run as JSON. */
  static JsonNode json(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw DataException.in(
          file,
          "is not readable as JSON: remove it and run the same command again, which rewrites it");
    } catch (IOException e) {
      throw DataException.in(file, "cannot be read (%s)".formatted(e.getMessage()), e);
    }
  }

  public Path config() {
    return folder.resolve("config.yaml");
  }

  Path units() {
    return folder.resolve("units");
  }
}
