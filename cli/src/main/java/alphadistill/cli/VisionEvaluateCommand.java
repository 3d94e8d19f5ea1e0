package alphadistill.cli;

import alphadistill.cli.vision.HeadResults;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vision evaluate}: accuracy on labelled pictures. */
@Command(
    name = "evaluate",
    description = {"How good each head of a network is on labelled pictures."},
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill vision evaluate --weights runs/fashion-mnist/units/hard-s1/model.safetensors --images ../shared/data/vision/fashion-mnist/test-images-idx3-ubyte.gz",
      "  alphadistill vision evaluate --weights deit_small.safetensors --images imagenet/val"
    })
final class VisionEvaluateCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private WeightsOption weights;

  @Option(
      names = "--images",
      paramLabel = "SPEC",
      required = true,
      description =
          "a folder of class folders, a .zip, idx, CIFAR or .jpegs.gz file; * joins files")
  private Path images;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "first pictures that are looked at; 0 for all")
  private int limit;

  @Option(
      names = "--broken",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "share of pictures that may be unreadable; default: ${DEFAULT-VALUE}")
  private double broken;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.print(HeadResults.of(weights.read(), images, limit, broken));
    out.flush();
    return Main.DONE;
  }
}
