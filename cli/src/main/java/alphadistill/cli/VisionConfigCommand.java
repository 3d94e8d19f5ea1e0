package alphadistill.cli;

import alphadistill.cli.vision.VisionConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vision config}: every key with its value. */
@Command(
    name = "config",
    description = {
      "Prints every key of 'vision train' with its value: the defaults, or a file over them and over the preset it names."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill vision config",
      "  alphadistill vision config configs/vision/fashion-mnist.yaml --set preset=deit"
    })
final class VisionConfigCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "CONFIG", description = "a YAML file")
  private Path file;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "overrides a key; repeatable")
  private List<String> set = List.of();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.print(
        file == null
            ? VisionConfig.defaultText(set)
            : VisionConfig.read(file, set).print());
    out.flush();
    return Main.DONE;
  }
}
