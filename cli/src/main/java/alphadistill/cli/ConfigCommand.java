package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config print}: every key with its value. */
@Command(name = "config", description = "Shows configurations.", mixinStandardHelpOptions = true)
final class ConfigCommand {

  /** The defaults that stand behind every configuration. */
  static InputStream defaults() {
    return Objects.requireNonNull(
        ConfigCommand.class.getResourceAsStream("defaults.yaml"), "defaults.yaml is in the jar");
  }

  @Command(
      name = "print",
      description = {
        "Prints every key with its value: a file and overrides over the defaults, or the defaults alone, with what each",
        "key means."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill config print",
        "  alphadistill config print configs/us-stocks.yaml --set training.epochs=3"
      })
  int print(
      @Parameters(arity = "0..1", paramLabel = "CONFIG", description = "a YAML file") Path file,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "overrides a key; repeatable")
          List<String> set)
      throws IOException {
    var out = spec.commandLine().getOut();
    if (file == null && set == null) {
      try (InputStream explained = defaults()) {
        out.print(new String(explained.readAllBytes(), StandardCharsets.UTF_8));
      }
    } else {
      ConfigFile config =
          file == null ? ConfigFile.ofDefaults(defaults()) : ConfigFile.load(defaults(), file);
      out.print(config.set(set == null ? List.of() : set).print());
    }
    out.flush();
    return Main.DONE;
  }

  @Spec
  private CommandSpec spec;
}
