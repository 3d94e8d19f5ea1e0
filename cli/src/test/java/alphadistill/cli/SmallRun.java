package alphadistill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of a run that takes a second or two: 24 assets, two folds, one seed of each student. */
final class SmallRun {
  static final String YAML = """
      name: small
      data:
        simulated: {assets: 24, days: 330}
        minimumAssets: 10
      folds: {train: 160, validation: 30, test: 75, stride: 5}
      student: {width: 8, depth: 1}
      training: {seeds: [1], epochs: 2, batch: 64}
      """;

  private SmallRun() {}

  /** Writes the configuration. */
  static Path config(Path folder) throws IOException {
    return Files.writeString(folder.resolve("small.yaml"), YAML);
  }

  /** Runs it inside this process into {@code folder/runs/NAME}. */
  static CommandRun distill(Path folder, String name, String... set) throws IOException {
    String[] args = new String[6 + 2 * set.length];
    args[0] = "distill";
    args[1] = config(folder).toString();
    args[2] = "--set";
    args[3] = "out=" + folder.resolve("runs");
    args[4] = "--set";
    args[5] = "name=" + name;
    for (int i = 0; i < set.length; i++) {
      args[6 + 2 * i] = "--set";
      args[7 + 2 * i] = set[i];
    }
    return CommandRun.of(args);
  }
}
