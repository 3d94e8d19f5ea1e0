package alphadistill.cli.bench;

import alphadistill.cli.run.Provenance;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Figures with the machine they were measured on. */
public final class BenchReport {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BenchReport() {}

  /** The machine in one line. */
  public static String machine() {
    Map<String, String> facts = Provenance.here().facts();
    return "%s cores of %s; %s; %s"
        .formatted(
            facts.get("processors"),
            facts.get("processor"),
            facts.get("java"),
            facts.get("system"));
  }

  public static String json(List<BenchResult> results) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode machine = json.putObject("machine");
    Provenance.here().facts().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(fact -> machine.put(fact.getKey(), fact.getValue()));
    var list = json.putArray("results");
    results.forEach(result -> result.put(list.addObject()));
    return json.toPrettyString() + "\n";
  }
}
