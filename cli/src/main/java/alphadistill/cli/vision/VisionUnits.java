package alphadistill.cli.vision;

import alphadistill.augment.image.ImageBatch;
import alphadistill.cli.run.Unit;
import alphadistill.engine.Teacher;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.tensorboard.EventFile;
import alphadistill.engine.train.Checkpoints;
import alphadistill.engine.train.Trainer;
import alphadistill.engine.train.TrainingListener;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.inspect.TokenCosine;
import alphadistill.vision.recipe.Distilling;
import alphadistill.vision.recipe.ImageRecipe;
import alphadistill.vision.train.Answers;
import alphadistill.vision.train.ImageTraining;
import alphadistill.vision.train.PictureInput;
import alphadistill.vision.weights.DeitWeights;
import alphadistill.vision.weights.Naming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * A run's units of work: one training for each variant and seed. Each writes its weights, how training went, and its
 * answers to the test pictures, which it looks at once, after the last epoch. None reads another's.
 */
final class VisionUnits {
  static final String MODEL = "model.safetensors";
  static final String AVERAGE = "average.safetensors";
  static final String ANSWERS = "test.safetensors";
  static final String METRICS = "metrics.csv";
  static final String BROKEN = "broken.txt";

  private final VisionConfig config;
  private final VisionData data;
  private final Supplier<Teacher<ImageBatch>> teachers;
  private final ComputeDevice device;
  private final Path run;

  /**
   * @param teachers a teacher of its own for each training, because a network's memory serves one thread
   * @param device that networks are trained on
   * @param run folder of the run, for checkpoints and event files
   */
  VisionUnits(
      VisionConfig config,
      VisionData data,
      Supplier<Teacher<ImageBatch>> teachers,
      ComputeDevice device,
      Path run) {
    this.config = config;
    this.data = data;
    this.teachers = teachers;
    this.device = device;
    this.run = run;
  }

  /** @param listener told of every step of every training, from the unit's own thread */
  List<Unit> all(TrainingListener listener) {
    List<Unit> units = new ArrayList<>();
    for (long seed : config.seeds()) {
      for (Distilling.Kind variant : config.variants()) {
        units.add(new Unit(name(variant, seed), folder -> train(variant, seed, listener, folder)));
      }
    }
    return units;
  }

  static String name(Distilling.Kind variant, long seed) {
    return "%s-s%d".formatted(label(variant), seed);
  }

  static String label(Distilling.Kind variant) {
    return variant.name().toLowerCase(Locale.ROOT);
  }

  private void train(Distilling.Kind variant, long seed, TrainingListener listener, Path folder)
      throws IOException {
    ImageRecipe recipe = config.training().with(config.training().distillation().as(variant));
    Kernels kernels = device.kernels(1); // units run beside each other instead
    Deit network =
        StartingNetwork.of(config, variant, data.train().classes().size(), seed, kernels);
    ImageTraining training = new ImageTraining(
        kernels, recipe, data.train(), data.heldOut(), config.data().broken(), seed);
    Trainer.Outcome outcome = training.train(
        network,
        recipe.distillation().asksTeacher() ? teachers.get() : null,
        new Checkpoints(
            run.resolve("checkpoints").resolve(name(variant, seed)), config.checkpointSteps()),
        List.of(
            stopping(),
            listener,
            new EventFile(
                run.resolve("events").resolve(name(variant, seed)),
                "accuracy",
                Clock.systemUTC())));
    ModelFile facts = ModelFile.of(data.train().classes(), recipe.pictures());
    DeitWeights.write(folder.resolve(MODEL), network, Naming.TIMM, facts.metadata());
    if (!outcome.average().isEmpty()) {
      DeitWeights.write(
          folder.resolve(AVERAGE),
          network.spec(),
          outcome.average(),
          Naming.TIMM,
          facts.metadata());
    }
    if (!training.broken().isEmpty()) {
      Files.write(folder.resolve(BROKEN), training.broken());
    }
    Files.writeString(folder.resolve(METRICS), EpochTable.csv(outcome.epochs()));
    Iterable<ImageBatch> test = config.pictureSource().inOrder(data.test(), recipe.batch());
    AnswerFile.write(
        folder.resolve(ANSWERS),
        Answers.of(network, kernels, test),
        tokenCosine(network, kernels, test.iterator().next()));
  }

  /** Of the first test pictures; empty without a distillation token. */
  private static double[] tokenCosine(Deit network, Kernels kernels, ImageBatch pictures) {
    return network.spec().specialTokens() < 2
        ? new double[0]
        : TokenCosine.byLayer(
            network.layers(new PictureInput(kernels).of(pictures)).tokens());
  }

  /** Ends a training beside which another unit failed. */
  private static TrainingListener stopping() {
    return new TrainingListener() {
      @Override
      public void epochDone(Trainer.Epoch epoch) {}

      @Override
      public void stepDone(Trainer.Step step) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("stopped, because another unit failed");
        }
      }
    };
  }
}
