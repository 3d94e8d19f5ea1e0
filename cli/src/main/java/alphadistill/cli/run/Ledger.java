package alphadistill.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every trial ever made below one folder of runs, one JSON line each: what a deflated Sharpe ratio must be told
 * (quant.md section 2.1). The same configuration run again is the same trial, not a new one.
 */
public final class Ledger {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;

  /**
   * One thing that was tried.
   *
   * @param configuration fingerprint of configuration and data
   * @param variant such as {@code distilled}
   * @param seed of the student; 0 for models without one
   * @param sharpePerPeriod net Sharpe ratio of its test returns, in units of one return period, not annualised
   * @param periods number of those returns
   */
  public record Trial(
      String configuration, String variant, long seed, double sharpePerPeriod, int periods) {
    private String key() {
      return configuration + "/" + variant + "/" + seed;
    }
  }

  /** @param runs the folder of run folders; the ledger is its file {@code ledger.jsonl} */
  public Ledger(Path runs) {
    this.file = runs.resolve("ledger.jsonl");
  }

  /** Different trials, in the order they were first made; a line that was cut off by a crash is passed over. */
  public List<Trial> trials() {
    Map<String, Trial> trials = new LinkedHashMap<>();
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          Trial trial = parse(line);
          if (trial != null) {
            trials.put(trial.key(), trial);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new ArrayList<>(trials.values());
  }

  /** Records trials that are not in the ledger yet. Safe against other commands recording at the same time. */
  public void record(List<Trial> made) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel channel = FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND);
          var lock = channel.lock()) {
        List<String> known = trials().stream().map(Trial::key).toList();
        StringBuilder lines = new StringBuilder();
        if (channel.size() > 0 && !endsWithNewline()) {
          lines.append('\n');
        }
        for (Trial trial : made) {
          if (!known.contains(trial.key())) {
            lines.append(JSON.writeValueAsString(trial)).append('\n');
          }
        }
        channel.write(StandardCharsets.UTF_8.encode(lines.toString()));
        channel.force(true);
        assert lock.isValid();
      }
    } catch (IOException e) {
      throw RunFolder.notWritten(file, e);
    }
  }

  private boolean endsWithNewline() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes[bytes.length - 1] == '\n';
  }

  private static Trial parse(String line) {
    try {
      return line.isBlank() ? null : JSON.readValue(line, Trial.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
