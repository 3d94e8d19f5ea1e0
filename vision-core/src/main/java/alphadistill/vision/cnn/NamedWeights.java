package alphadistill.vision.cnn;

import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.TensorSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A file's tensors under a network's own names, in whichever of its spellings the file uses. */
final class NamedWeights {
  private final TensorSource source;
  private final UnaryOperator<String> spelling;
  private final LoadReport report;

  /** @throws CheckpointException if a tensor is missing or has another shape; the message lists what did not meet */
  NamedWeights(LayerList list, TensorSource source) {
    this.source = source;
    Map<String, Layer.Tensor> tensors = list.tensors();
    UnaryOperator<String> other = name -> list.otherNames().getOrDefault(name, name);
    this.spelling =
        present(tensors.keySet(), other) > present(tensors.keySet(), UnaryOperator.identity())
            ? other
            : UnaryOperator.identity();
    this.report = compare(tensors);
    if (!report.missing().isEmpty()) {
      throw new CheckpointException(
          "%s does not fit network '%s' with %d classes: %s; is the file of another network?"
              .formatted(source.origin(), list.model(), list.classes(), report));
    }
  }

  private long present(Set<String> names, UnaryOperator<String> spelled) {
    return names.stream().filter(name -> source.has(spelled.apply(name))).count();
  }

  private LoadReport compare(Map<String, Layer.Tensor> tensors) {
    List<String> missing = new ArrayList<>();
    Set<String> unexpected = new java.util.LinkedHashSet<>(source.names());
    Set<String> loaded = new HashSet<>();
    for (Layer.Tensor tensor : tensors.values()) {
      String name = spelling.apply(tensor.name());
      if (unexpected.remove(name)) {
        List<Long> shape =
            java.util.Arrays.stream(source.shape(name)).boxed().collect(Collectors.toList());
        if (shape.equals(tensor.shape())) {
          loaded.add(name);
        } else {
          missing.add(
              "%s (%s in the file, %s in the network)".formatted(name, shape, tensor.shape()));
        }
      } else if (tensor.role() != Layer.Role.COUNTER) { // files before 2018 have no counters
        missing.add(name);
      }
    }
    return new LoadReport(loaded.size(), missing, List.copyOf(unexpected));
  }

  LoadReport report() {
    return report;
  }

  /** A tensor in double precision, as folding needs it. */
  INDArray array(String name) {
    return source.array(spelling.apply(name), DataType.DOUBLE);
  }
}
