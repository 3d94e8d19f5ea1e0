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
import java.util.ArrayList;
import java.util.List;
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

    /** The batch as both student and teacher will see it: augmented and mixed. */
    B transform(B batch, int epoch, int step);

    /** What the network reads of a batch. */
    INDArray inputs(B batch);

    /** The teacher, or null when there is none. */
    Teacher<B> teacher();

    /** The loss of what the network said; {@code teacherAnswer} is null without a teacher. */
    Loss loss(Heads heads, B batch, INDArray teacherAnswer);

    /** How good the network is on inner validation, higher is better; never computed on test data. */
    double validate(Network network);
  }

  /**
   * How weights are moved.
   *
   * @param epochs most passes over the batches
   * @param schedule learning rates
   * @param clip of all gradients together
   * @param average decay of the running average of weights that is validated and kept; 0 for none
   * @param patience epochs without a better validation before training stops
   * @param seed of stochastic depth
   */
  public record Recipe(
      int epochs, Schedule schedule, GradientClip clip, double average, int patience, long seed) {
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
   */
  public record Outcome(int bestEpoch, double bestValidation, List<Epoch> epochs) {}

  /**
   * How one epoch went.
   *
   * @param loss mean over its steps
   * @param gradientNorm mean over its steps, before clipping
   * @param validation after it
   */
  public record Epoch(
      int epoch, int steps, double loss, double gradientNorm, double rate, double validation) {}

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
   * @throws IllegalStateException if the loss is no longer finite; the message says where
   */
  public Outcome train(Optimiser optimiser) {
    List<Parameter> parameters = network.parameters();
    ExponentialAverage average =
        recipe.average() > 0 ? new ExponentialAverage(kernels, parameters, recipe.average()) : null;
    BestWeights best = new BestWeights(parameters);
    EarlyStopping stopping = new EarlyStopping(recipe.patience());
    List<Epoch> history = new ArrayList<>();
    for (int epoch = 0; epoch < recipe.epochs() && !stopping.isOver(); epoch++) {
      double loss = 0;
      double norm = 0;
      int step = 0;
      List<B> batches = task.epoch(epoch);
      for (B batch : batches) {
        double rate = recipe.schedule().rateAt(epoch, step / (double) batches.size());
        B mixed = task.transform(batch, epoch, step);
        Heads heads = network.forward(
            task.inputs(mixed), Pass.training(Draws.of(recipe.seed(), "drop path", epoch, step)));
        INDArray answer = task.teacher() == null ? null : task.teacher().answer(mixed);
        Loss lost = task.loss(heads, mixed, answer);
        requireFinite(lost.value(), epoch, step, rate);
        parameters.forEach(parameter -> kernels.zero(parameter.gradient()));
        network.backward(heads, lost.classGradient(), lost.distGradient());
        norm += recipe.clip().apply(kernels, parameters);
        optimiser.step(rate);
        if (average != null) {
          average.update();
        }
        loss += lost.value();
        step++;
      }
      if (average != null) {
        average.swap();
      }
      double validation = task.validate(network);
      if (stopping.improves(epoch, validation)) {
        best.keep();
      }
      if (average != null) {
        average.swap();
      }
      Epoch done = new Epoch(
          epoch, step, loss / step, norm / step, recipe.schedule().rateAt(epoch, 0), validation);
      history.add(done);
      listeners.forEach(listener -> listener.epochDone(done));
    }
    best.restore();
    return new Outcome(stopping.bestEpoch(), stopping.best(), List.copyOf(history));
  }

  private static void requireFinite(double loss, int epoch, int step, double rate) {
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException(
          "loss is %s at epoch %d, step %d, rate %.3g: lower the rate or clip gradients"
              .formatted(loss, epoch, step, rate));
    }
  }

  /** A copy of the weights that were best so far. */
  private static final class BestWeights {
    private final List<Parameter> parameters;
    private final List<INDArray> kept;

    BestWeights(List<Parameter> parameters) {
      this.parameters = parameters;
      this.kept = parameters.stream().map(p -> p.value().dup('c')).toList();
    }

    void keep() {
      for (int i = 0; i < kept.size(); i++) {
        kept.get(i).assign(parameters.get(i).value());
      }
    }

    void restore() {
      for (int i = 0; i < kept.size(); i++) {
        parameters.get(i).value().assign(kept.get(i));
      }
    }
  }
}
