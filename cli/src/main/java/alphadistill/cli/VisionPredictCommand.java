package alphadistill.cli;

import alphadistill.cli.config.UsageException;
import alphadistill.cli.vision.Prediction;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vision predict}: logits for pictures. */
@Command(
    name = "predict",
    description = {
      "What a network says about pictures, or about a tensor of normalised pixels.",
      "Writes the class and all logits of each head: logits_cls, logits_dist (where there is such a head) and logits_eval, their mean."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill vision predict --weights model.safetensors --inputs photo.jpg --out answer.csv",
      "  alphadistill vision predict --weights model.safetensors --inputs pictures --out answers.safetensors",
      "  alphadistill vision predict --weights model.safetensors --inputs pixels.safetensors --out logits.safetensors"
    })
final class VisionPredictCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private WeightsOption weights;

  @Option(
      names = "--inputs",
      paramLabel = "FILE|DIR",
      required = true,
      description =
          "a picture, a folder of pictures, or a .safetensors file with a tensor 'input' (N, 3, H, W)")
  private Path inputs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "a .csv or .safetensors file")
  private Path file;

  @Override
  public Integer call() {
    if (!file.toString().matches(".*\\.(csv|safetensors)")) {
      throw new UsageException(
          "--out %s: name a file that ends in .csv or .safetensors".formatted(file));
    }
    Prediction prediction = Prediction.of(weights.read(), inputs);
    prediction.write(file);
    var out = spec.commandLine().getOut();
    prediction.notes().forEach(note -> out.println("note: " + note));
    out.println("wrote %s: %,d inputs"
        .formatted(file.toAbsolutePath(), prediction.names().size()));
    out.flush();
    return Main.DONE;
  }
}
