package alphadistill.cli.record;

import alphadistill.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between two runs.
 *
 * @param configuration keys; name, place and number of workers are left out, since they change no result
 * @param data hashes of the inputs
 * @param code code version, JVM, libraries and machine
 * @param metrics figures
 * @param sameSignals whether {@code signals.parquet} has the same bytes
 */
public record RunDifference(
    List<Entry> configuration,
    List<Entry> data,
    List<Entry> code,
    List<Entry> metrics,
    boolean sameSignals) {
  private static final Set<String> WITHOUT_EFFECT = Set.of("name", "out", "workers");
  private static final String DATA = "sha256 ";
  private static final String NONE = "(none)";

  /** One thing that differs; what a run does not have is {@code (none)}. */
  public record Entry(String key, String a, String b) {}

  public RunDifference {
    configuration = List.copyOf(configuration);
    data = List.copyOf(data);
    code = List.copyOf(code);
    metrics = List.copyOf(metrics);
  }

  /** @throws DataException if the signals of a run cannot be read */
  public static RunDifference of(RunRecord a, RunRecord b) {
    List<Entry> provenance =
        entries(RunRecord.leaves(a.provenance()), RunRecord.leaves(b.provenance()));
    return new RunDifference(
        entries(RunRecord.leaves(a.config()), RunRecord.leaves(b.config())).stream()
            .filter(entry -> !WITHOUT_EFFECT.contains(entry.key()))
            .toList(),
        provenance.stream().filter(entry -> entry.key().startsWith(DATA)).toList(),
        provenance.stream()
            .filter(entry -> !entry.key().startsWith(DATA) && !entry.key().equals("fingerprint"))
            .toList(),
        entries(RunRecord.leaves(a.metrics()), RunRecord.leaves(b.metrics())),
        sameBytes(a.folder(), b.folder()));
  }

  private static List<Entry> entries(Map<String, String> a, Map<String, String> b) {
    Set<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    List<Entry> entries = new ArrayList<>();
    for (String key : keys) {
      Entry entry = new Entry(key, a.getOrDefault(key, NONE), b.getOrDefault(key, NONE));
      if (!entry.a().equals(entry.b())) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static boolean sameBytes(Path a, Path b) {
    Path one = a.resolve("signals.parquet");
    Path other = b.resolve("signals.parquet");
    try {
      return Files.exists(one) && Files.exists(other)
          ? Files.mismatch(one, other) == -1
          : Files.exists(one) == Files.exists(other);
    } catch (IOException e) {
      throw DataException.in(one, "cannot be compared (%s)".formatted(e.getMessage()), e);
    }
  }

  public boolean isEmpty() {
    return configuration.isEmpty()
        && data.isEmpty()
        && code.isEmpty()
        && metrics.isEmpty()
        && sameSignals;
  }

  /** In plain text, a section for each kind. */
  public String text(String a, String b) {
    StringBuilder text = new StringBuilder();
    section(text, "configuration", configuration, a, b);
    section(text, "data", data, a, b);
    section(text, "code and machine", code, a, b);
    section(text, "metrics", metrics, a, b);
    text.append("signals.parquet: ").append(sameSignals ? "the same bytes\n" : "differs\n");
    return text.toString();
  }

  private static void section(
      StringBuilder text, String title, List<Entry> entries, String a, String b) {
    if (entries.isEmpty()) {
      text.append(title).append(": the same\n");
      return;
    }
    text.append("%s: %d differ\n".formatted(title, entries.size()));
    for (Entry entry : entries) {
      text.append(
          "  %s\n    %s: %s\n    %s: %s\n".formatted(entry.key(), a, entry.a(), b, entry.b()));
    }
  }
}
