package alphadistill.vision.weights;

import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.kernels.HostCopy;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A file of a DeiT under timm's names, whichever it uses. What stands before {@code cls_token} is a prefix of the whole
 * network: {@code module.} of a parallel training, {@code deit.} of Hugging Face, {@code weights/} of a training's state
 * here, whose other groups are not looked at. Query, key and value that come apart are joined when they are read.
 */
final class TimmTensors implements TensorSource {
  private static final String CLASS_TOKEN = "cls_token";
  private static final String HUGGING_FACE_TOKEN = "embeddings.cls_token";
  private static final String OWN_STATE = "weights/";

  private final TensorSource source;
  private final Map<String, List<String>> parts = new LinkedHashMap<>(); // by timm's name

  /** @throws CheckpointException if there is no class token in the source */
  TimmTensors(TensorSource source) {
    this.source = source;
    String classToken = source.names().stream()
        .filter(name -> name.matches("(.*[./])?" + CLASS_TOKEN))
        .min(Comparator.comparing((String name) -> !name.equals(OWN_STATE + CLASS_TOKEN))
            .thenComparingInt(String::length))
        .orElseThrow(() -> new CheckpointException(
            "%s holds no image transformer: none of its %d tensors is a 'cls_token'; they begin with %s"
                .formatted(
                    source.origin(),
                    source.names().size(),
                    source.names().stream().limit(3).toList())));
    boolean huggingFace = classToken.endsWith(HUGGING_FACE_TOKEN);
    String prefix = classToken.substring(
        0, classToken.length() - (huggingFace ? HUGGING_FACE_TOKEN : CLASS_TOKEN).length());
    Map<String, Map<String, String>> thirds = new LinkedHashMap<>();
    for (String name : source.names()) {
      if (prefix.endsWith("/") && !name.startsWith(prefix)) {
        continue;
      }
      String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
      String timm = TensorNames.gamma(huggingFace ? TensorNames.timm(bare) : bare);
      String packed = TensorNames.packed(timm);
      if (packed.equals(timm)) {
        parts.put(timm, List.of(name));
      } else {
        thirds.computeIfAbsent(packed, k -> new TreeMap<>()).put(timm, name);
      }
    }
    thirds.forEach(this::join);
  }

  private void join(String packed, Map<String, String> thirds) {
    List<String> wanted = TensorNames.attentionParts(packed);
    if (thirds.size() == wanted.size()) {
      parts.put(packed, wanted.stream().map(thirds::get).toList());
    } else { // what is there is reported as unexpected, the whole as missing
      thirds.forEach((timm, name) -> parts.put(timm, List.of(name)));
    }
  }

  @Override
  public String origin() {
    return source.origin();
  }

  @Override
  public Map<String, String> metadata() {
    return source.metadata();
  }

  @Override
  public Set<String> names() {
    return parts.keySet();
  }

  @Override
  public long[] shape(String name) {
    List<String> names = namesOf(name);
    long[] shape = source.shape(names.get(0)).clone();
    for (String more : names.subList(1, names.size())) {
      shape[0] += source.shape(more)[0];
    }
    return shape;
  }

  @Override
  public float[] floats(String name) {
    return namesOf(name).size() == 1
        ? source.floats(namesOf(name).get(0))
        : HostCopy.floats(array(name, DataType.FLOAT));
  }

  @Override
  public INDArray array(String name, DataType type) {
    INDArray[] arrays =
        namesOf(name).stream().map(part -> source.array(part, type)).toArray(INDArray[]::new);
    return arrays.length == 1 ? arrays[0] : Nd4j.concat(0, arrays);
  }

  private List<String> namesOf(String name) {
    List<String> names = parts.get(name);
    if (names == null) {
      throw new CheckpointException(
          "%s has no tensor '%s' among its %d".formatted(origin(), name, parts.size()));
    }
    return names;
  }
}
