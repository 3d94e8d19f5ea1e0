package alphadistill.cli;

import alphadistill.cli.config.UsageException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vision export}: a network as ONNX. */
@Command(
    name = "export",
    description = {
      "Writes a network as ONNX: input 'input' (N, 3, H, W), outputs logits_cls, logits_dist and logits_eval."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill vision export --weights runs/fashion-mnist/units/hard-s1/model.safetensors --out student.onnx"
    })
final class VisionExportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private WeightsOption weights;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "a .onnx file")
  private Path file;

  @Override
  public Integer call() {
    if (!file.toString().endsWith(".onnx")) {
      throw new UsageException("--out %s: name a file that ends in .onnx".formatted(file));
    }
    weights.read().export(file);
    var out = spec.commandLine().getOut();
    out.println("wrote " + file.toAbsolutePath());
    out.flush();
    return Main.DONE;
  }
}
