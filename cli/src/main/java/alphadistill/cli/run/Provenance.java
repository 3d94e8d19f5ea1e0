package alphadistill.cli.run;

import alphadistill.data.duckdb.EmbeddedDatabase;
import alphadistill.engine.kernels.KernelLibraries;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where a result comes from: code, data, machine. */
public final class Provenance {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, String> facts = new LinkedHashMap<>();

  private Provenance() {}

  /** What the running program knows of itself and of the machine. */
  public static Provenance here() {
    Provenance provenance = new Provenance();
    provenance.facts.put("code", codeVersion());
    provenance.facts.put(
        "java",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    provenance.facts.put("nd4j", version(org.nd4j.linalg.factory.Nd4j.class, "1.0.0-M2.1"));
    provenance.facts.put("openblas", KernelLibraries.openBlasVersion());
    provenance.facts.put("duckdb", duckDb());
    provenance.facts.put(
        "flags", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    provenance.facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    provenance.facts.put("processor", processor());
    provenance.facts.put(
        "processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    provenance.facts.put("vectorBits", Integer.toString(KernelLibraries.vectorBits()));
    provenance.facts.put("heapMiB", Long.toString(Runtime.getRuntime().maxMemory() >> 20));
    return provenance;
  }

  public Provenance with(String name, String value) {
    facts.put(name, value);
    return this;
  }

  /** In the order they were added. */
  public Map<String, String> facts() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** In the order they were added. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    facts.forEach(json::put);
    return json.toPrettyString() + "\n";
  }

  /** SHA-256 of texts, in hexadecimal. */
  public static String fingerprint(String... texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** SHA-256 of bytes, in hexadecimal. */
  public static String fingerprint(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String version(Class<?> type, String otherwise) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? otherwise : version;
  }

  private static String duckDb() {
    try {
      return EmbeddedDatabase.version();
    } catch (SQLException e) {
      return "unknown (" + EmbeddedDatabase.reason(e) + ")";
    }
  }

  /** The commit, and a hash of what is not committed; "unknown" outside a repository. */
  public static String codeVersion() {
    String home = System.getProperty("alphadistill.home");
    if (home == null) {
      return "unknown (started without the launcher)";
    }
    String commit = git(home, "rev-parse", "--short=12", "HEAD");
    if (commit.isEmpty()) {
      return "unknown (not a repository)";
    }
    String changes = git(home, "diff", "HEAD", "--", ".");
    return changes.isEmpty()
        ? commit
        : commit + " with uncommitted changes " + fingerprint(changes).substring(0, 12);
  }

  private static String git(String home, String... words) {
    String[] command = new String[words.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = home;
    System.arraycopy(words, 0, command, 3, words.length);
    try {
      Process process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? out.trim() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Model name of the processor; "unknown" where the system does not say. */
  public static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
