package alphadistill.cli.vision;

import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.vision.recipe.Pictures;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the metadata of a weights file of ours says beside its tensors, so that whoever uses it cuts pictures as they
 * were cut for it. Pixels are normalised by ImageNet's means and deviations. Files of other projects say nothing: their
 * classes have numbers and their crop is DeiT's.
 *
 * @param classes names in the order of the logits; empty where they are not known
 * @param evalCrop size over the shorter side in evaluation
 */
record ModelFile(List<String> classes, double evalCrop) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CLASSES = "classes";
  private static final String EVAL_CROP = "eval_crop";
  private static final double DEIT_CROP = 0.875;

  static ModelFile of(List<String> classes, Pictures pictures) {
    return new ModelFile(List.copyOf(classes), pictures.evalCrop());
  }

  /** @throws CheckpointException if the metadata is not as we write it */
  static ModelFile of(Path file, Map<String, String> metadata) {
    try {
      List<String> classes = metadata.containsKey(CLASSES)
          ? JSON.readValue(metadata.get(CLASSES), new TypeReference<List<String>>() {})
          : List.of();
      String crop = metadata.get(EVAL_CROP);
      return new ModelFile(classes, crop == null ? DEIT_CROP : Double.parseDouble(crop));
    } catch (JsonProcessingException | NumberFormatException e) {
      throw new CheckpointException(
          "%s: its metadata '%s' or '%s' is not readable".formatted(file, CLASSES, EVAL_CROP));
    }
  }

  Map<String, String> metadata() {
    try {
      return Map.of(
          CLASSES, JSON.writeValueAsString(classes), EVAL_CROP, Double.toString(evalCrop));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
