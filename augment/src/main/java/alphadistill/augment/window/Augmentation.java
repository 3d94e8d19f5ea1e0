package alphadistill.augment.window;

import java.util.List;

/**
 * Transforms in order, each with a rate that may fall to zero over the epochs: augmentation at a constant rate may give
 * nothing (users-expect.md).
 *
 * @param steps applied one after the other
 * @param decay how rates change
 * @param epochs at which decayed rates reach zero
 */
public record Augmentation(List<Step> steps, Decay decay, int epochs) {
  /** Changes nothing. */
  public static final Augmentation NONE = new Augmentation(List.of(), Decay.NONE, 1);

  /**
   * One transform.
   *
   * @param transform what is done
   * @param rate share of samples at the first epoch, in [0, 1]
   */
  public record Step(WindowTransform transform, double rate) {
    public Step {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("an augmentation rate must be in [0, 1], was " + rate);
      }
    }
  }

  /** How a rate falls. */
  public enum Decay {
    /** Not at all. */
    NONE {
      @Override
      double at(double progress) {
        return 1;
      }
    },
    /** In equal steps. */
    LINEAR {
      @Override
      double at(double progress) {
        return 1 - progress;
      }
    },
    /** Slowly at first and at the end. */
    COSINE {
      @Override
      double at(double progress) {
        return 0.5 * (1 + Math.cos(Math.PI * progress));
      }
    };

    /** Share of the first rate that is left. */
    abstract double at(double progress);
  }

  public Augmentation {
    steps = List.copyOf(steps);
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, was " + epochs);
    }
  }

  /** What is left of a step's rate in an epoch; zero in the last one when rates decay. */
  public double rate(Step step, int epoch) {
    double progress = epochs == 1 ? 0 : Math.min(1, epoch / (double) (epochs - 1));
    return step.rate() * decay.at(progress);
  }

  /** The batch after all transforms. */
  public WindowBatch apply(WindowBatch batch, WindowTransform.Key key) {
    WindowBatch changed = batch;
    for (Step step : steps) {
      double rate = rate(step, key.epoch());
      if (rate > 0) {
        changed = step.transform().apply(changed, key, rate);
      }
    }
    return changed;
  }

  /** Refuses windows that one of the transforms cannot change correctly. */
  public void requireFits(WindowSchema schema) {
    steps.stream()
        .filter(step -> step.rate() > 0)
        .forEach(step -> step.transform().requireFits(schema));
  }
}
