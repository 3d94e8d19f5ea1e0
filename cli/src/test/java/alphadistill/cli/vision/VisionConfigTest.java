package alphadistill.cli.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.cli.config.UsageException;
import alphadistill.vision.recipe.Distilling;
import alphadistill.vision.recipe.ImageRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisionConfigTest {
  private static final String DATA = "data: {train: pictures, test: others}\n";

  @TempDir
  private Path folder;

  private VisionConfig read(String yaml, String... overrides) throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(file, yaml);
    return VisionConfig.read(file, List.of(overrides)).as(VisionConfig.class);
  }

  @Test
  void theDefaultsAreTheMicroPreset() throws IOException {
    VisionConfig config = read(DATA + "variants: [none]\n");
    assertThat(config.training()).isEqualTo(ImageRecipe.micro());
  }

  @Test
  void everyShippedConfigurationBinds() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../configs/vision"))) {
      List<Path> shipped = files.toList();
      assertThat(shipped).isNotEmpty();
      for (Path file : shipped) {
        VisionConfig config = VisionConfig.read(file, List.of()).as(VisionConfig.class);
        assertThat(config.seeds()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(config.variants()).contains(Distilling.Kind.NONE);
      }
    }
  }

  @Test
  void anyPresetStandsUnderFileAndOverrides() throws IOException {
    for (VisionConfig.RecipePreset preset : VisionConfig.RecipePreset.values()) {
      VisionConfig config = read(
          DATA + "variants: [none]\nmodel: {patch: 16}\ntraining: {dropPath: 0.25}\n",
          "preset=" + preset.name().toLowerCase(),
          "training.epochs=7");
      assertThat(config.training().dropPath()).isEqualTo(0.25);
      assertThat(config.training().epochs()).isEqualTo(7);
      assertThat(config.training().rates()).isEqualTo(preset.recipe().rates());
      assertThat(config.training().pictures()).isEqualTo(preset.recipe().pictures());
    }
  }

  @Test
  void aFileReadsBackAsItWasPrinted() throws IOException {
    Path file = folder.resolve("again.yaml");
    VisionConfig first = read(DATA + "variants: [none]\npreset: deit3\nmodel: {patch: 16}\n");
    Files.writeString(
        file, VisionConfig.read(folder.resolve("run.yaml"), List.of()).print());
    assertThat(VisionConfig.read(file, List.of()).as(VisionConfig.class)).isEqualTo(first);
  }

  @Test
  void withoutVariantsTheRecipesOwnDistillationIsTrained() throws IOException {
    VisionConfig config = read(DATA + "teacher: {file: t.onnx}\n");
    assertThat(config.variants()).containsExactly(Distilling.Kind.HARD);
  }

  @Test
  void refusesInOneLineWhatCannotBeMeant() {
    refuses("variants: [hard]\n" + DATA, "need a teacher: name its file in teacher.file");
    refuses(
        "variants: [hard]\nteacher: {file: t.onnx, trained: {epochs: 3}}\n" + DATA,
        "teacher.trained asks for another teacher");
    refuses("variants: [none]\n", "data.train and data.test must name");
    refuses("variants: [none]\nmodel: {patch: 5}\n" + DATA, "patches of 5 pixels do not divide");
    refuses("variants: [none]\nseeds: [1, 1]\n" + DATA, "seeds must be different ones");
    refuses(
        "variants: [soft]\nmodel: {design: deit3}\nteacher: {file: t.onnx}\n" + DATA,
        "a deit3 network has no distillation token");
    refuses("preset: dait\n" + DATA, "preset 'dait' is not known");
    refuses(
        "variants: [none]\ntraining: {loss: {kind: binary}}\n" + DATA,
        "run.yaml:2: training.loss: smoothing of 0.1 with the binary loss");
    refuses("variants: [none]\ntraining: {epoch: 3}\n" + DATA, "did you mean 'epochs'?");
  }

  private void refuses(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }
}
