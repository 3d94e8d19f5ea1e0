package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the defaults, which are a simulated market. */
@Command(
    name = "demo",
    description =
        "Distils a student on a simulated nonlinear market whose truth is known, and reports; a few minutes.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill demo",
      "  alphadistill demo --out /tmp/runs --set data.simulated.kind=linear --set name=linear"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(names = "--out", paramLabel = "DIR", description = "folder for runs; default: runs")
  private Path out;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "overrides a key; repeatable")
  private List<String> set = List.of();

  @Mixin
  private DeviceOption device;

  @Override
  public Integer call() throws Exception {
    ConfigFile config = ConfigFile.ofDefaults(ConfigCommand.defaults())
        .set(List.of("name=demo"))
        .set(set);
    if (out != null) {
      config.set(List.of("out=" + ConfigFile.print(out.toString()).trim()));
    }
    return DistillCommand.finish(spec, config, device.choose());
  }
}
