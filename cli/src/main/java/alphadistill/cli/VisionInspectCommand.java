package alphadistill.cli;

import alphadistill.cli.vision.Inspection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vision inspect}: attention over a picture, and tokens by layer. */
@Command(
    name = "inspect",
    description = {
      "Draws what class and distillation token look at in a picture, block by block and through all of them (attention.png), and how alike the positions of patches are (positions.png).",
      "Writes tokens.csv: the cosine of the two tokens after each block."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill vision inspect --weights runs/fashion-mnist/units/hard-s1/model.safetensors --image shoe.png --out looks"
    })
final class VisionInspectCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private WeightsOption weights;

  @Option(names = "--image", paramLabel = "FILE", required = true, description = "a picture")
  private Path image;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "where drawings go; made when absent")
  private Path folder;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.print(Inspection.of(weights.read(), image).write(folder));
    out.println("wrote " + folder.toAbsolutePath());
    out.flush();
    return Main.DONE;
  }
}
