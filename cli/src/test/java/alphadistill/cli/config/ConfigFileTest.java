package alphadistill.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final String DEFAULTS = """
      name: default
      from: null
      label:
        horizon: 5
        lag: 1
      training:
        rate: 0.001
        kind: slow
      exclude: []
      """;

  record Label(int horizon, int lag) {
    Label {
      if (horizon < 1) {
        throw new IllegalArgumentException(
            "horizon must be at least 1 trading day, was " + horizon);
      }
    }
  }

  enum Kind {
    SLOW,
    FAST
  }

  record Training(double rate, Kind kind) {}

  record Config(
      String name, LocalDate from, Label label, Training training, List<String> exclude) {}

  @TempDir
  Path folder;

  @Test
  void takesTheFileOverTheDefaultsAndOverridesOverBoth() throws IOException {
    Config config = load(
        "label:\n  horizon: 20\nfrom: 2010-01-04\nexclude: [DRYS, TDW]\n",
        "training.rate=0.01",
        "label.lag=2");

    assertThat(config)
        .isEqualTo(new Config(
            "default",
            LocalDate.of(2010, 1, 4),
            new Label(20, 2),
            new Training(0.01, Kind.SLOW),
            List.of("DRYS", "TDW")));
  }

  @Test
  void namesTheNearestKeyAndItsLine() {
    refuses(
        "name: a\nlabel:\n  horizn: 3\n",
        "run.yaml:3: unknown key 'label.horizn': did you mean 'horizon'?");
  }

  @Test
  void listsTheKeysWhenNoneIsNear() {
    refuses("label:\n  zzzzzzzz: 3\n", "known here are horizon, lag");
  }

  @Test
  void namesTheLineOfWhatARecordRefuses() {
    refuses(
        "name: a\nlabel:\n  horizon: 0\n",
        "run.yaml:2: label: horizon must be at least 1 trading day, was 0");
  }

  @Test
  void namesTheLineOfAValueOfTheWrongKind() {
    refuses("label:\n  horizon: soon\n", "run.yaml:2: label.horizon: 'soon' is not a whole number");
    refuses("label:\n  horizon: 2.5\n", "run.yaml:2: label.horizon");
    refuses("training:\n  kind: medium\n", "choose one of slow, fast");
    refuses("from: soon\n", "run.yaml:1: from: 'soon' is not a date such as 2015-01-31");
    refuses("label: 3\n", "'label' is a section with the keys horizon, lag");
    refuses("name:\n  a: 3\n", "'name' is one value, not a section");
  }

  @Test
  void refusesDuplicateKeysAndBrokenYaml() {
    refuses("name: a\nname: b\n", "run.yaml:2: not readable as YAML");
    refuses("label: [1,\n", "not readable as YAML");
  }

  @Test
  void namesTheOverrideThatIsWrong() {
    assertThatThrownBy(() -> load("", "label.horizn=3"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--set label.horizn=3: unknown key 'label.horizn': did you mean 'horizon'?");
    assertThatThrownBy(() -> load("", "horizon")).hasMessageContaining("--set wants key=value");
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertThatThrownBy(() -> ConfigFile.load(defaults(), folder.resolve("none.yaml")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no configuration file");
  }

  @Test
  void printsWhatItReadsBack() throws IOException {
    ConfigFile printed = ConfigFile.ofDefaults(defaults()).set(List.of("name=other"));
    Path file = Files.writeString(folder.resolve("printed.yaml"), printed.print());

    assertThat(ConfigFile.load(defaults(), file).as(Config.class))
        .isEqualTo(printed.as(Config.class));
  }

  private record Place(Path out, Path data) {}

  @Test
  void printsPathsAsWrittenWhetherTheyAreThereOrNot() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
    Place place = new Place(relative.resolve("runs"), Path.of("../data/prices.csv"));
    String before = ConfigFile.print(place);
    Files.createDirectory(relative.resolve("runs"));
    assertThat(ConfigFile.print(place)).isEqualTo(before).contains("data: ../data/prices.csv");
  }

  private void refuses(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  private Config load(String yaml, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), yaml);
    return ConfigFile.load(defaults(), file).set(List.of(overrides)).as(Config.class);
  }

  private static InputStream defaults() {
    return new ByteArrayInputStream(DEFAULTS.getBytes(StandardCharsets.UTF_8));
  }
}
