package alphadistill.vision.deit;

import alphadistill.engine.GoldenTensors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The architecture that a reference file states in its metadata. */
public final class GoldenSpec {
  private GoldenSpec() {}

  public static DeitSpec of(GoldenTensors golden) {
    JsonNode config;
    try {
      config = new ObjectMapper().readTree(golden.tensors().metadata().get("config"));
    } catch (JsonProcessingException e) {
      throw new AssertionError("the file's configuration is not JSON", e);
    }
    return new DeitSpec(
        family(config),
        config.get("image").asInt(),
        config.get("patch").asInt(),
        config.get("dim").asInt(),
        config.get("depth").asInt(),
        config.get("heads").asInt(),
        config.get("classes").asInt(),
        0);
  }

  private static DeitSpec.Family family(JsonNode config) {
    if (config.get("kind").asText().equals("deit3")) {
      return DeitSpec.Family.DEIT3;
    }
    return config.get("distilled").asBoolean() ? DeitSpec.Family.DISTILLED : DeitSpec.Family.PLAIN;
  }
}
