package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.run.Progress;
import alphadistill.cli.vision.VisionConfig;
import alphadistill.cli.vision.VisionRun;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vision train CONFIG}: trainings side by side, and their comparison. */
@Command(
    name = "train",
    description = {
      "Trains every variant and seed of a configuration, looks at the test pictures once, and compares.",
      "Stopped at any instant, the same command goes on where it was and ends with the same weights."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill vision train configs/vision/fashion-mnist.yaml",
      "  alphadistill vision train configs/vision/cifar10-jpeg.yaml --set variants=[hard] --set seeds=[1] --set name=one",
      "  alphadistill vision train configs/vision/fashion-mnist.yaml --set training.epochs=1 --set data.limit=512 --set name=try"
    })
final class VisionTrainCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "CONFIG", description = "a YAML file; 'vision config' shows every key")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of run folders; short for --set out=DIR")
  private Path out;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "overrides a key; repeatable")
  private List<String> set = List.of();

  @Mixin
  private DeviceOption device;

  @Override
  public Integer call() throws Exception {
    ConfigFile config = VisionConfig.read(file, set);
    if (out != null) {
      config.set("out", ConfigFile.print(out.toString()), "--out " + out);
    }
    VisionRun.Done done = new VisionRun(config, device.choose(), Progress.toConsole()).run();
    var console = spec.commandLine().getOut();
    console.println();
    console.print(done.table());
    console.println();
    console.println("report   " + done.report().toAbsolutePath());
    console.println("run      " + done.folder().toAbsolutePath());
    console.flush();
    return Main.DONE;
  }
}
