package alphadistill.engine.train;

import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.checkpoint.WholeFile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A training's state on disk. The tensors of a checkpoint are written first, under a name of their own; then {@code
 * state.json}, which names them with their SHA-256, takes the place of the one before. So there is a whole checkpoint at
 * every instant.
 */
final class CheckpointFolder {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STATE = "state.json";

  private final Path folder;

  CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes the state in one piece, and removes the checkpoint before it. */
  void write(TrainingState state) {
    String name = "tensors-%d-%d.safetensors".formatted(state.epoch, state.step);
    try {
      Files.createDirectories(folder);
      SafeTensors.write(folder.resolve(name), state.tensors(), Map.of());
      ObjectNode json = JSON.createObjectNode();
      json.put("tensors", name).put("sha256", hash(folder.resolve(name)));
      json.put("epoch", state.epoch).put("step", state.step);
      json.put("optimiserSteps", state.optimiser.steps());
      exact(json, "loss", state.loss);
      exact(json, "norm", state.norm);
      ObjectNode stopping = json.putObject("earlyStopping");
      exact(stopping, "best", state.stopping.best());
      stopping.put("bestEpoch", state.stopping.bestEpoch()).put("waited", state.stopping.waited());
      for (Trainer.Epoch epoch : state.history) {
        ObjectNode done = json.withArray("history").addObject();
        done.put("epoch", epoch.epoch()).put("steps", epoch.steps());
        exact(done, "loss", epoch.loss());
        exact(done, "gradientNorm", epoch.gradientNorm());
        exact(done, "rate", epoch.rate());
        exact(done, "validation", epoch.validation());
        if (!epoch.figures().isEmpty()) {
          ObjectNode figures = done.putObject("figures");
          epoch.figures().forEach((figure, value) -> exact(figures, figure, value));
        }
      }
      ByteBuffer text = StandardCharsets.UTF_8.encode(json.toPrettyString() + "\n");
      WholeFile.write(folder.resolve(STATE), channel -> WholeFile.writeFully(channel, text));
      removeOthers(name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint in " + folder, e);
    }
  }

  /**
   * Puts a saved state back; does nothing where none was saved.
   *
   * @throws CheckpointException if the checkpoint is damaged or of another network
   */
  void restore(TrainingState state) {
    Path file = folder.resolve(STATE);
    if (!Files.exists(file)) {
      return;
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      Path tensors = folder.resolve(json.path("tensors").asText("?"));
      if (!Files.isRegularFile(tensors)
          || !hash(tensors).equals(json.path("sha256").asText())) {
        throw damaged(tensors, "is missing or is not what %s says it was".formatted(STATE));
      }
      SafeTensors saved = SafeTensors.read(tensors);
      Map<String, INDArray> live = state.tensors();
      if (!saved.names().equals(live.keySet())) {
        throw damaged(tensors, "belongs to another network, optimiser or recipe");
      }
      live.forEach((name, array) -> {
        if (!Arrays.equals(saved.shape(name), array.shape())) {
          throw damaged(
              tensors,
              "has '%s' in the shape %s, the network has %s"
                  .formatted(
                      name, Arrays.toString(saved.shape(name)), Arrays.toString(array.shape())));
        }
        array.assign(saved.array(name, array.dataType()));
      });
      state.epoch = whole(file, json, "epoch");
      state.step = whole(file, json, "step");
      state.optimiser.resumeAt(whole(file, json, "optimiserSteps"));
      state.loss = exact(file, json, "loss");
      state.norm = exact(file, json, "norm");
      JsonNode stopping = json.path("earlyStopping");
      state.stopping.resumeAt(
          exact(file, stopping, "best"),
          whole(file, stopping, "bestEpoch"),
          whole(file, stopping, "waited"));
      state.history.clear();
      for (JsonNode done : json.path("history")) {
        state.history.add(new Trainer.Epoch(
            whole(file, done, "epoch"),
            whole(file, done, "steps"),
            exact(file, done, "loss"),
            exact(file, done, "gradientNorm"),
            exact(file, done, "rate"),
            exact(file, done, "validation"),
            figures(file, done.path("figures"))));
      }
    } catch (JsonProcessingException e) {
      throw damaged(file, "is not JSON");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the checkpoint in " + folder, e);
    }
  }

  /** As text, because JSON has no infinity and every bit counts. */
  private static void exact(ObjectNode json, String name, double value) {
    json.put(name, Double.toString(value));
  }

  private double exact(Path file, JsonNode json, String name) {
    try {
      return Double.parseDouble(json.path(name).asText());
    } catch (NumberFormatException e) {
      throw damaged(file, "has no number '%s'".formatted(name));
    }
  }

  private Map<String, Double> figures(Path file, JsonNode json) {
    Map<String, Double> figures = new LinkedHashMap<>();
    json.fieldNames().forEachRemaining(name -> figures.put(name, exact(file, json, name)));
    return figures;
  }

  private int whole(Path file, JsonNode json, String name) {
    if (!json.path(name).canConvertToInt()) {
      throw damaged(file, "has no whole number '%s'".formatted(name));
    }
    return json.path(name).intValue();
  }

  private CheckpointException damaged(Path file, String problem) {
    return new CheckpointException(
        "%s %s; delete %s to train from the start".formatted(file, problem, folder));
  }

  private void removeOthers(String kept) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("tensors-\\d+-\\d+\\.safetensors") && !name.equals(kept)) {
          Files.delete(file);
        }
      }
    }
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) { // may be larger than an array
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] part = new byte[1 << 20];
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        digest.update(part, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
