package alphadistill.cli.vision;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunPlace;
import alphadistill.cli.config.UsageException;
import alphadistill.vision.recipe.Distilling;
import alphadistill.vision.recipe.ImageRecipe;
import alphadistill.vision.teacher.SmallCnnSpec;
import alphadistill.vision.train.PictureSource;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** A run of {@code vision train} as configured; each key is explained in {@code vision-defaults.yaml}. */
public record VisionConfig(
    String name,
    Path out,
    int workers,
    List<Long> seeds,
    List<Distilling.Kind> variants,
    int checkpointSteps,
    RecipePreset preset,
    Data data,
    Model model,
    TeacherSpec teacher,
    ImageRecipe training) {

  public VisionConfig {
    seeds = List.copyOf(seeds);
    variants = variants.isEmpty() ? List.of(training.distillation().kind()) : List.copyOf(variants);
    RunPlace.require(name, workers);
    if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
      throw new IllegalArgumentException(
          "seeds must be different ones, at least one, were " + seeds);
    }
    if (new HashSet<>(variants).size() < variants.size()) {
      throw new IllegalArgumentException("variants must be different ones, were " + variants);
    }
    if (checkpointSteps < 1) {
      throw new IllegalArgumentException(
          "checkpointSteps must be at least 1, was " + checkpointSteps);
    }
    boolean taught = variants.stream().anyMatch(kind -> kind != Distilling.Kind.NONE);
    if (taught && teacher.file() == null && !teacher.trained().wanted()) {
      throw new IllegalArgumentException(
          "variants %s need a teacher: name its file in teacher.file, have one trained with teacher.trained.epochs, or train with variants: [none]"
              .formatted(variants));
    }
    if (taught && model.design() == Design.DEIT3) {
      throw new IllegalArgumentException(
          "a deit3 network has no distillation token: use model.design deit, or variants: [none]");
    }
    if (training.pictures().size() % model.patch() != 0) {
      throw new IllegalArgumentException("patches of %d pixels do not divide pictures of %d"
          .formatted(model.patch(), training.pictures().size()));
    }
  }

  /** Pictures as they are evaluated. */
  PictureSource pictureSource() {
    return new PictureSource(training.pictures().augmentation().evaluation(), data.broken());
  }

  /** The same without what cannot change a result: name, place, workers and how often the state is kept. */
  VisionConfig decisive() {
    return new VisionConfig(
        "run", Path.of("runs"), 1, seeds, variants, 1, preset, data, model, teacher, training);
  }

  /** The defaults, with the preset that file or overrides name, under file and overrides. */
  public static ConfigFile read(Path file, List<String> overrides) {
    String preset = ConfigFile.load(defaults(), file).set(overrides).text("preset");
    return ConfigFile.ofDefaults(defaults())
        .set("training", ConfigFile.print(RecipePreset.named(preset).recipe()), "preset " + preset)
        .over(file)
        .set(overrides);
  }

  /** The defaults under overrides, as YAML. */
  public static String defaultText(List<String> overrides) {
    return ConfigFile.ofDefaults(defaults()).set(overrides).print();
  }

  /** Every key with micro's values. */
  public static InputStream defaults() {
    return Objects.requireNonNull(
        VisionConfig.class.getResourceAsStream("/alphadistill/cli/vision-defaults.yaml"),
        "vision-defaults.yaml is in the jar");
  }

  /** The recipes of {@link ImageRecipe} by name. */
  public enum RecipePreset {
    MICRO,
    DEIT,
    DEIT384,
    DEIT3,
    DEIT3_FINETUNE,
    SUMMARY;

    static RecipePreset named(String name) {
      for (RecipePreset preset : values()) {
        if (preset.name().equalsIgnoreCase(name)) {
          return preset;
        }
      }
      throw new UsageException(
          "preset '%s' is not known: choose one of micro, deit, deit384, deit3, deit3_finetune, summary"
              .formatted(name));
    }

    public ImageRecipe recipe() {
      return switch (this) {
        case MICRO -> ImageRecipe.micro();
        case DEIT -> ImageRecipe.deit();
        case DEIT384 -> ImageRecipe.deit384();
        case DEIT3 -> ImageRecipe.deit3();
        case DEIT3_FINETUNE -> ImageRecipe.deit3Finetune();
        case SUMMARY -> ImageRecipe.summary();
      };
    }
  }

  /** The two families of networks. */
  public enum Design {
    DEIT,
    DEIT3
  }

  /** Where pictures come from. */
  public record Data(Path train, Path test, double validation, int limit, double broken) {
    public Data {
      if (train == null || test == null) {
        throw new IllegalArgumentException(
            "data.train and data.test must name folders or files of pictures");
      }
      if (!(validation > 0 && validation < 1)) {
        throw new IllegalArgumentException(
            "validation must be a share in (0, 1), was " + validation);
      }
      if (limit < 0) {
        throw new IllegalArgumentException("limit must be 0 (all) or more, was " + limit);
      }
      if (!(broken >= 0 && broken < 1)) {
        throw new IllegalArgumentException("broken must be a share in [0, 1), was " + broken);
      }
    }
  }

  /** Shape of the network. */
  public record Model(Design design, int patch, int width, int depth, int heads, Path start) {
    public Model {
      if (patch < 1 || width < 1 || depth < 1 || heads < 1) {
        throw new IllegalArgumentException(
            "patch, width, depth and heads must be at least 1, were %d, %d, %d and %d"
                .formatted(patch, width, depth, heads));
      }
      if (width % heads != 0) {
        throw new IllegalArgumentException(
            "%d heads do not divide a width of %d".formatted(heads, width));
      }
    }
  }

  /** The teacher: a file of weights and how it reads pixels, or one trained here; and the least it must know. */
  public record TeacherSpec(
      Path file,
      String architecture,
      double white,
      List<Double> mean,
      List<Double> deviation,
      Trained trained,
      double bar) {
    public TeacherSpec {
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
      if (!(bar >= 0 && bar <= 1)) {
        throw new IllegalArgumentException("bar must be an accuracy in [0, 1], was " + bar);
      }
      if (file != null && trained.wanted()) {
        throw new IllegalArgumentException(
            "teacher.file names %s and teacher.trained asks for another teacher: set file to null or trained.epochs to 0"
                .formatted(file));
      }
    }
  }

  /** A small CNN that is trained on the training pictures first; with 0 epochs there is none. */
  public record Trained(int epochs, List<Integer> widths, int batch, double rate, long seed) {
    public Trained {
      widths = List.copyOf(widths);
      if (epochs < 0) {
        throw new IllegalArgumentException("epochs must be 0 (none) or more, was " + epochs);
      }
      new SmallCnnSpec(widths, Math.max(1, epochs), batch, rate, seed); // refuses the rest
    }

    boolean wanted() {
      return epochs > 0;
    }

    SmallCnnSpec spec() {
      return new SmallCnnSpec(widths, epochs, batch, rate, seed);
    }
  }
}
