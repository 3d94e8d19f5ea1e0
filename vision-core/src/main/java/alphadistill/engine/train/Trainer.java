package alphadistill.engine.train;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.optim.ExponentialAverage;
import alphadistill.engine.optim.GradientClip;
import alphadistill.engine.optim.Optimiser;
import alphadistill.engine.optim.Schedule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a network with or without a teacher: the loop of the DeiT paper, for images and markets alike. The teacher is
 * handed the transformed batch and nothing else, so it always sees what the student sees.
 *
 * <p>The result depends on the network's weights, the task and the seed alone.
 *
 * @param <B> batch type
 */
public final class Trainer<B> {
  private final Kernels kernels;
  private final Network network;
  private final Task<B> task;
  private final Recipe recipe;
  private final List<TrainingListener> listeners;

  /**
   * What is learned from what.
   *
   * @param <B> batch type
   */
  public interface Task<B> {
    /** The batches of an epoch, in order. */
    List<B> epoch(int epoch);

    /**
     * The batch as both student and teacher will see it: augmented and mixed. Called on another thread than the rest,
     * like {@code get} of the epoch's list, while the step before runs.
     */
    B transform(B batch, int epoch, int step);

    /** What the network reads of a batch. */
    INDArray inputs(B batch);

    /** The teacher, or null when there is none. */
    Teacher<B> teacher();

    /** The loss of what the network said; {@code teacherAnswer} is null without a teacher. */
    Loss loss(Heads heads, B batch, INDArray teacherAnswer);

    /** How good the network is on inner validation, higher is better; never computed on test data. */
    double validate(Network network);

    /** Further figures of the last {@link #validate}, kept with the epoch, such as the accuracy of each head. */
    default Map<String, Double> figures() {
      return Map.of();
    }

    /** What the batch of a step holds, in words, for the message of a training that diverged; may be empty. */
    default String describe(int epoch, int step) {
      return "";
    }
  }

  /**
   * How weights are moved.
   *
   * @param epochs most passes over the batches
   * @param schedule learning rates
   * @param clip of all gradients together
   * @param average decay of the running average of weights; 0 for none
   * @param patience epochs without a better validation before training stops
   * @param seed of stochastic depth
   * @param averageJudged whether the average is what is validated and kept, or stands in the outcome beside the raw
   *     weights that are (as the reference of DeiT does)
   * @param recompute see {@link Pass#recompute}
   */
  public record Recipe(
      int epochs,
      Schedule schedule,
      GradientClip clip,
      double average,
      int patience,
      long seed,
      boolean averageJudged,
      boolean recompute) {

    /** The average, where there is one, is judged; nothing is recomputed. */
    public Recipe(
        int epochs, Schedule schedule, GradientClip clip, double average, int patience, long seed) {
      this(epochs, schedule, clip, average, patience, seed, true, false);
    }

    public Recipe {
      if (epochs < 1 || patience < 1) {
        throw new IllegalArgumentException(
            "epochs and patience must be at least 1, were %d and %d".formatted(epochs, patience));
      }
    }
  }

  /**
   * What came of a training.
   *
   * @param bestEpoch epoch whose weights the network has now, from 0
   * @param bestValidation its validation
   * @param epochs how each epoch went
   * @param average running average after the last step by tensor name, where there is one that was not judged
   */
  public record Outcome(
      int bestEpoch, double bestValidation, List<Epoch> epochs, Map<String, INDArray> average) {}

  /**
   * How one epoch went.
   *
   * @param loss mean over its steps
   * @param gradientNorm mean over its steps, before clipping
   * @param validation after it
   * @param figures further ones of that validation, by name
   */
  public record Epoch(
      int epoch,
      int steps,
      double loss,
      double gradientNorm,
      double rate,
      double validation,
      Map<String, Double> figures) {
    public Epoch {
      figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures)); // in their order
    }

    /** An epoch without further figures. */
    public Epoch(
        int epoch, int steps, double loss, double gradientNorm, double rate, double validation) {
      this(epoch, steps, loss, gradientNorm, rate, validation, Map.of());
    }
  }

  /**
   * How one step went.
   *
   * @param step of its epoch, from 0
   * @param steps of the epoch
   * @param gradientNorm before clipping
   */
  public record Step(
      int epoch, int step, int steps, double loss, double gradientNorm, double rate) {}

  public Trainer(
      Kernels kernels,
      Network network,
      Task<B> task,
      Recipe recipe,
      List<TrainingListener> listeners) {
    this.kernels = kernels;
    this.network = network;
    this.task = task;
    this.recipe = recipe;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Trains until the epochs are over or validation has not improved for {@code patience} epochs; the network is left
   * with the weights of its best epoch.
   *
   * @throws DivergedException if a loss or gradient is no longer finite; the message says where, and no weight has
   *     been changed by it
   */
  public Outcome train(Optimiser optimiser) {
    return train(newState(optimiser), state -> {});
  }

  /**
   * The same, leaving its state on disk and going on from the one it finds there. The network may have any weights of the
   * same shapes when there is a checkpoint.
   *
   * @throws alphadistill.engine.checkpoint.CheckpointException if what is there is damaged or of another training
   */
  public Outcome train(Optimiser optimiser, Checkpoints checkpoints) {
    CheckpointFolder folder = new CheckpointFolder(checkpoints.folder());
    TrainingState state = newState(optimiser);
    folder.restore(state);
    return train(state, at -> {
      if (at.step == 0 || at.step % checkpoints.everySteps() == 0) {
        folder.write(at);
      }
    });
  }

  private TrainingState newState(Optimiser optimiser) {
    List<Parameter> parameters = network.parameters();
    return new TrainingState(
        parameters,
        optimiser,
        recipe.average() > 0 ? new ExponentialAverage(kernels, parameters, recipe.average()) : null,
        new EarlyStopping(recipe.patience()));
  }

  /** @param keeper told after every step, and after every epoch when the next one is about to begin */
  private Outcome train(TrainingState state, Consumer<TrainingState> keeper) {
    listeners.forEach(
        listener -> listener.begins(state.epoch, state.step, List.copyOf(state.history)));
    try (BatchAhead<B> ahead = new BatchAhead<>(task)) {
      while (state.epoch < recipe.epochs() && !state.stopping.isOver()) {
        List<B> batches = task.epoch(state.epoch);
        while (state.step < batches.size()) {
          B mixed = ahead.take(batches, state.epoch, state.step);
          step(state, mixed, batches.size());
          keeper.accept(state);
        }
        endEpoch(state);
        keeper.accept(state);
      }
    }
    state.best.restore();
    return new Outcome(
        state.stopping.bestEpoch(),
        state.stopping.best(),
        List.copyOf(state.history),
        state.average == null || recipe.averageJudged() ? Map.of() : state.average.values());
  }

  /** @param mixed the step's batch, transformed */
  private void step(TrainingState state, B mixed, int steps) {
    int epoch = state.epoch;
    int step = state.step;
    double rate = recipe.schedule().rateAt(epoch, step / (double) steps);
    Draws draws = Draws.of(recipe.seed(), "drop path", epoch, step);
    Heads heads = network.forward(task.inputs(mixed), Pass.training(draws, recipe.recompute()));
    INDArray answer = task.teacher() == null ? null : task.teacher().answer(mixed);
    Loss lost = task.loss(heads, mixed, answer);
    requireFinite("loss", lost.value(), epoch, step, rate);
    state.parameters.forEach(parameter -> kernels.zero(parameter.gradient()));
    network.backward(heads, lost.classGradient(), lost.distGradient());
    double norm = recipe.clip().apply(kernels, state.parameters);
    requireFinite("gradient norm", norm, epoch, step, rate);
    state.norm += norm;
    state.optimiser.step(rate);
    if (state.average != null) {
      state.average.update();
    }
    state.loss += lost.value();
    state.step++;
    Step done = new Step(epoch, step, steps, lost.value(), norm, rate);
    listeners.forEach(listener -> listener.stepDone(done));
  }

  private void endEpoch(TrainingState state) {
    boolean judgesAverage = state.average != null && recipe.averageJudged();
    if (judgesAverage) {
      state.average.swap();
    }
    double validation = task.validate(network);
    if (state.stopping.improves(state.epoch, validation)) {
      state.best.keep();
    }
    if (judgesAverage) {
      state.average.swap();
    }
    Epoch done = new Epoch(
        state.epoch,
        state.step,
        state.loss / state.step,
        state.norm / state.step,
        recipe.schedule().rateAt(state.epoch, 0),
        validation,
        task.figures());
    state.history.add(done);
    listeners.forEach(listener -> listener.epochDone(done));
    state.nextEpoch();
  }

  private void requireFinite(String what, double value, int epoch, int step, double rate) {
    if (!Double.isFinite(value)) {
      String batch = task.describe(epoch, step);
      throw new DivergedException(
          "%s is %s at epoch %d, step %d, rate %.3g%s: lower the rate or clip gradients"
              .formatted(
                  what, value, epoch, step, rate, batch.isEmpty() ? "" : " (" + batch + ")"));
    }
  }
}
