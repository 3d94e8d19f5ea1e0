package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A configuration of {@code distill} and what is changed in it. */
final class ConfigOptions {
  @Parameters(paramLabel = "CONFIG", description = "a YAML file; 'config print' shows every key")
  private Path file;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "overrides a key; repeatable")
  private List<String> set = List.of();

  ConfigFile load() {
    return ConfigFile.load(ConfigCommand.defaults(), file).set(set);
  }
}
