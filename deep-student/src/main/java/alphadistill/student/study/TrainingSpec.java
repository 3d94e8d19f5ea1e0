package alphadistill.student.study;

import java.util.List;

/**
 * How the student is trained.
 *
 * @param seeds one student of each variant is trained per fold and seed
 * @param epochs most passes over the training samples
 * @param batch samples in a step
 * @param rate highest learning rate; after {@code warmUp} epochs it falls along a cosine
 * @param warmUp epochs of rising rate
 * @param weightDecay of AdamW, not applied to biases, norms, positions and the class token
 * @param clip largest norm of all gradients together; 0 for none
 * @param average decay of the running average of weights that is evaluated; 0 for none
 * @param patience epochs without a better inner validation before training stops; the best weights are kept
 * @param classOnly whether a student is trained too that learns from the teacher without a distillation token
 * @param recompute whether blocks are run again in the backward pass: the same student in less memory, a fifth slower
 */
public record TrainingSpec(
    List<Long> seeds,
    int epochs,
    int batch,
    double rate,
    double warmUp,
    double weightDecay,
    double clip,
    double average,
    int patience,
    boolean classOnly,
    boolean recompute) {

  public TrainingSpec {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty() || seeds.stream().distinct().count() != seeds.size()) {
      throw new IllegalArgumentException(
          "seeds must be different numbers, at least one, were " + seeds);
    }
    if (epochs < 1 || batch < 1 || patience < 1) {
      throw new IllegalArgumentException(
          "epochs, batch and patience must be at least 1, were %d, %d, %d"
              .formatted(epochs, batch, patience));
    }
    if (!(rate > 0) || !(warmUp >= 0 && warmUp <= epochs)) {
      throw new IllegalArgumentException(
          "rate must be positive and warmUp between 0 and epochs, were %s and %s"
              .formatted(rate, warmUp));
    }
    if (!(weightDecay >= 0) || !(clip >= 0) || !(average >= 0 && average < 1)) {
      throw new IllegalArgumentException(
          "weightDecay and clip must not be negative and average in [0, 1), were %s, %s, %s"
              .formatted(weightDecay, clip, average));
    }
  }
}
