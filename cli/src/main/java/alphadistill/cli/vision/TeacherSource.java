package alphadistill.cli.vision;

import alphadistill.augment.image.ImageBatch;
import alphadistill.cli.config.InputPath;
import alphadistill.cli.config.UsageException;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.Kernels;
import alphadistill.vision.cnn.Architecture;
import alphadistill.vision.cnn.PixelConvention;
import alphadistill.vision.teacher.CnnTeacher;
import alphadistill.vision.teacher.OnnxTeacher;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens the teacher that a configuration names, or that was trained for it; the kind is read off the name. Each call
 * opens another one, because a network's memory serves one thread at a time.
 */
final class TeacherSource {
  private final VisionConfig.TeacherSpec spec;
  private final Path file;

  private TeacherSource(VisionConfig.TeacherSpec spec, Path file) {
    this.spec = spec;
    this.file = file;
  }

  /** The file that the configuration names. */
  static TeacherSource named(VisionConfig.TeacherSpec spec) {
    return new TeacherSource(spec, InputPath.find(spec.file()));
  }

  /** @param json the list of layers, with weights beside it */
  static TeacherSource trained(VisionConfig.TeacherSpec spec, Path json) {
    return new TeacherSource(spec, json);
  }

  /**
   * @param kernels of this teacher alone; a teacher in ONNX has its own
   * @throws UsageException if there is no such file, or nothing says which network it holds
   * @throws alphadistill.engine.checkpoint.CheckpointException if it cannot be used
   */
  Teacher<ImageBatch> open(Kernels kernels) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("teacher.file: no such file %s".formatted(file));
    }
    String name = file.getFileName().toString();
    if (name.endsWith(".onnx")) {
      return OnnxTeacher.open(file, pixels(), 1);
    }
    if (name.endsWith(".json")) {
      return CnnTeacher.listed(file, kernels);
    }
    if (spec.architecture() != null) {
      return CnnTeacher.published(
          Architecture.named(spec.architecture()), WeightsFile.open(file), kernels);
    }
    Path json = file.resolveSibling(name.replaceFirst("\\.[^.]*$", ".json"));
    if (!Files.isRegularFile(json)) {
      throw new UsageException(
          "teacher.file: nothing says which network %s holds: name a published one in teacher.architecture, or put its list of layers beside it as %s"
              .formatted(file, json.getFileName()));
    }
    return CnnTeacher.listed(json, kernels);
  }

  private PixelConvention pixels() {
    return new PixelConvention(
        spec.white(),
        spec.mean().stream().mapToDouble(Double::doubleValue).toArray(),
        spec.deviation().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The file's name, for messages. */
  String name() {
    return file.getFileName().toString();
  }

  Path file() {
    return file;
  }
}
