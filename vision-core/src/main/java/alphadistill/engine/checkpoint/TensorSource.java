package alphadistill.engine.checkpoint;

import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Named tensors that can be read one at a time, whatever kind of file they lie in. Values are row-major.
 *
 * <p>A reader throws {@link CheckpointException} for a name it does not have and for values that cannot be read.
 */
public interface TensorSource {
  /** Where the tensors come from, for messages: a file. */
  String origin();

  /** Names in the order of the source. */
  Set<String> names();

  long[] shape(String name);

  /** Elements of a tensor of any stored type, rounded to float32. */
  float[] floats(String name);

  /** A tensor as a new C-ordered array; a source of doubles gives them unrounded when asked for {@code DOUBLE}. */
  default INDArray array(String name, DataType type) {
    return Nd4j.createFromArray(floats(name)).castTo(type).reshape('c', shape(name));
  }

  /** What the source says of itself beside its tensors; empty where it says nothing. */
  default Map<String, String> metadata() {
    return Map.of();
  }

  default boolean has(String name) {
    return names().contains(name);
  }
}
