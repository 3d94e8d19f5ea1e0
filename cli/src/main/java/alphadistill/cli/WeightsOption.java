package alphadistill.cli;

import alphadistill.cli.vision.TrainedModel;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The network that a command uses, and the device it computes on. */
final class WeightsOption {
  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "a .safetensors or .pth file; the architecture is read off the tensors")
  private Path file;

  @Mixin
  private DeviceOption device;

  TrainedModel read() {
    return TrainedModel.read(file, device.choose());
  }
}
