package alphadistill.cli.record;

import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one run folder says of itself.
 *
 * @param folder of the run
 * @param config as resolved
 * @param provenance code, machine and hashes of the data
 * @param metrics headline figures; missing while a run is not finished
 */
public record RunRecord(Path folder, JsonNode config, JsonNode provenance, JsonNode metrics) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final String CONFIG = "config.yaml";

  /**
   * @param folder of a run, or its name below {@code runs}
   * @throws UsageException if there is no run
   * @throws DataException if a file of the run cannot be read
   */
  public static RunRecord of(Path folder, Path runs) {
    Path there = isRun(folder) ? folder : runs.resolve(folder);
    if (!isRun(there)) {
      throw new UsageException(
          "no run %s, neither as a folder nor below %s (it would have a %s); there %s"
              .formatted(folder, runs, CONFIG, known(runs)));
    }
    return read(there);
  }

  /** Every run below a folder, by name. */
  public static List<RunRecord> all(Path runs) {
    return folders(runs).stream().map(RunRecord::read).toList();
  }

  private static String known(Path runs) {
    List<String> names =
        folders(runs).stream().map(run -> run.getFileName().toString()).toList();
    return names.isEmpty() ? "is none" : "are " + String.join(", ", names);
  }

  private static List<Path> folders(Path runs) {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(runs)) {
      return entries.filter(RunRecord::isRun).sorted().toList();
    } catch (IOException e) {
      throw DataException.in(runs, "cannot be listed (%s)".formatted(e.getMessage()), e);
    }
  }

  private static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG));
  }

  private static RunRecord read(Path folder) {
    return new RunRecord(
        folder,
        read(folder.resolve(CONFIG), YAML),
        read(folder.resolve("provenance.json"), JSON),
        read(folder.resolve("metrics.json"), JSON));
  }

  private static JsonNode read(Path file, ObjectMapper format) {
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return format.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw DataException.in(file, "is not readable: start the run again, which writes it anew", e);
    } catch (IOException e) {
      throw DataException.in(file, "cannot be read (%s)".formatted(e.getMessage()), e);
    }
  }

  public String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  public boolean isFinished() {
    return metrics.isObject();
  }

  /**
   * This run.
   *
   * @throws UsageException if it was not finished
   */
  public RunRecord requireFinished() {
    if (!isFinished()) {
      throw new UsageException(
          "%s was not finished: start the same command again, which goes on where it stopped"
              .formatted(folder));
    }
    return this;
  }

  /** The configuration as a file. */
  public Path configFile() {
    return folder.resolve(CONFIG);
  }

  /** Folder of the finished units. */
  public Path units() {
    return folder.resolve("units");
  }

  /** Leaves of a tree by their path, such as {@code training.epochs}; lists are one leaf. */
  static Map<String, String> leaves(JsonNode tree) {
    Map<String, String> leaves = new TreeMap<>();
    collect(tree, "", leaves);
    return leaves;
  }

  private static void collect(JsonNode node, String path, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> collect(
              entry.getValue(),
              path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
              into));
    } else if (!node.isMissingNode()) {
      into.put(path, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}
