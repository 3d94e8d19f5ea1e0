package alphadistill.cli.distill;

import alphadistill.backtest.Comparison;
import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.run.Progress;
import alphadistill.cli.run.Unit;
import alphadistill.cli.run.UnitPool;
import alphadistill.data.DataException;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A finished run as it lies on disk. What is made of it again equals what the run made, because the trials it was
 * deflated by and where it came from are read from the folder, not asked of today's ledger and machine.
 */
public final class StoredRun {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final ConfigFile configFile;

  private StoredRun(Path folder, ConfigFile configFile) {
    this.folder = folder;
    this.configFile = configFile;
  }

  /**
   * Opens a run folder for reading; it may have been moved since.
   *
   * @param defaults YAML with a value for every key
   * @throws UsageException if it is not the folder of a finished run
   */
  public static StoredRun open(InputStream defaults, Path folder) {
    for (String name : new String[] {"config.yaml", "provenance.json", "trials.json"}) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw new UsageException("%s is not the folder of a finished run: it has no %s%s"
            .formatted(
                folder,
                name,
                name.equals("config.yaml")
                    ? "; runs lie below the folder that 'out' names, such as runs/demo"
                    : "; finish it with: alphadistill distill " + folder.resolve("config.yaml")));
      }
    }
    return new StoredRun(folder, ConfigFile.load(defaults, folder.resolve("config.yaml")));
  }

  /**
   * The page again, equal to the run's own to the byte.
   *
   * @throws DataException if the data are not those of the run, or a file of the run cannot be read
   * @throws UsageException if a unit is missing
   */
  public String report(Progress progress) throws IOException {
    RunConfig config = configFile.as(RunConfig.class);
    Map<String, String> provenance = facts(folder.resolve("provenance.json"));
    ObservedMarket market = MarketSource.read(config.data());
    requireSameData(market, provenance);
    Study study = Study.of(market.data(), config.study());
    requireFinished(study);
    progress.say("evaluating");
    StudyResults results =
        StudyResults.of(study, market.simulated(), folder.resolve("units"), config.evaluation());
    Comparison comparison = results.comparison(trials(folder.resolve("trials.json")));
    return ReportFile.of(
        results,
        comparison,
        market,
        config.name(),
        Files.readString(folder.resolve("config.yaml")),
        provenance);
  }

  private void requireSameData(ObservedMarket market, Map<String, String> provenance) {
    for (ObservedMarket.Hash hash : market.hashes()) {
      String then = provenance.get("sha256 " + hash.input());
      if (!hash.sha256().equals(then)) {
        throw DataException.in(
            folder.resolve("provenance.json"),
            "the %s had SHA-256 %s when the run was made and have %s now: restore them, or run again under another --set name="
                .formatted(hash.input(), shortened(then), shortened(hash.sha256())));
      }
    }
  }

  private static String shortened(String hash) {
    return hash == null ? "none" : hash.substring(0, Math.min(12, hash.length())) + "…";
  }

  private void requireFinished(Study study) {
    UnitPool pool = new UnitPool(folder.resolve("units"), 1);
    for (Unit unit :
        new StudyUnits(study, FactorTeaching.of(study), ComputeDevice.cpu()).all(epoch -> {})) {
      if (!pool.isFinished(unit)) {
        throw new UsageException(
            "%s has no finished unit %s: finish the run with: alphadistill distill %s"
                .formatted(folder, unit.name(), folder.resolve("config.yaml")));
      }
    }
  }

  private static int trials(Path metrics) throws IOException {
    JsonNode trials = json(metrics).path("trials");
    if (!trials.canConvertToInt()) {
      throw DataException.in(metrics, "does not say how many trials there were: run distill again");
    }
    return trials.intValue();
  }

  private static Map<String, String> facts(Path provenance) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    json(provenance)
        .properties()
        .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
    return facts;
  }

  private static JsonNode json(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw DataException.in(
          file,
          "is not the JSON that was written (%s): run distill again"
              .formatted(e.getOriginalMessage()),
          e);
    }
  }
}
