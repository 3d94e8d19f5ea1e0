package alphadistill.cli.vision;

import alphadistill.cli.config.InputPath;
import alphadistill.cli.config.UsageException;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.vision.weights.TorchFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a file of tensors by its ending: {@code .safetensors}, else what torch writes ({@code .pth}, {@code .pt}). */
final class WeightsFile {
  private WeightsFile() {}

  /**
   * @throws UsageException if there is no such file
   * @throws alphadistill.engine.checkpoint.CheckpointException if it is not what its name says
   */
  static TensorSource open(Path written) {
    Path file = InputPath.find(written);
    if (!Files.isRegularFile(file)) {
      throw new UsageException("no file of weights %s".formatted(file));
    }
    return file.getFileName().toString().endsWith(".safetensors")
        ? SafeTensors.read(file)
        : TorchFile.read(file);
  }
}
