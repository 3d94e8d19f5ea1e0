package alphadistill.vision.teacher;

import alphadistill.augment.image.ImageBatch;
import alphadistill.engine.Teacher;
import alphadistill.engine.TeacherRefusedException;
import alphadistill.vision.evaluate.Predictions;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lets a teacher teach only if it is right often enough on a set whose labels are known. A teacher that was trained on
 * other classes, or reads another range of pixels, is caught here and not after a night of training.
 *
 * @param bar smallest share of right answers, in [0, 1]
 */
public record TeacherGate(double bar) {

  public TeacherGate {
    if (!(bar >= 0 && bar <= 1)) {
      throw new IllegalArgumentException(
          "the bar is a share of right answers in [0, 1], was " + bar);
    }
  }

  /**
   * What a teacher scored on a set.
   *
   * @param samples answered
   * @param accuracy share of samples whose largest logit is the label's
   */
  public record Score(int samples, double accuracy) {}

  /**
   * @param teacher name for the message
   * @param set name of the set for the message
   * @param batches plain pictures with their labels: nothing mixed
   * @throws TeacherRefusedException if it is right less often than the bar asks, knows fewer classes than the labels
   *     have, or answers with what is not a number
   */
  public Score require(
      String teacher, Teacher<ImageBatch> answers, String set, Iterable<ImageBatch> batches) {
    int samples = 0;
    int right = 0;
    for (ImageBatch batch : batches) {
      INDArray logits = answers.answer(batch);
      int[] said = classes(teacher, logits);
      for (int n = 0; n < batch.samples(); n++) {
        int label = batch.labels()[n];
        if (label >= logits.size(1)) {
          throw new TeacherRefusedException(
              "teacher %s knows %d classes, but %s has the label %d: it was trained on other classes"
                  .formatted(teacher, logits.size(1), set, label));
        }
        right += said[n] == label ? 1 : 0;
      }
      samples += batch.samples();
    }
    if (samples == 0) {
      throw new IllegalArgumentException(
          "there is no picture in %s to try the teacher on".formatted(set));
    }
    double accuracy = right / (double) samples;
    if (!(accuracy >= bar)) {
      throw new TeacherRefusedException(
          "teacher %s is right on %.2f %% of %,d pictures of %s, and the bar is %.2f %%: check its classes and its range of pixels, take a better teacher, or lower the bar"
              .formatted(teacher, 100 * accuracy, samples, set, 100 * bar));
    }
    return new Score(samples, accuracy);
  }

  private static int[] classes(String teacher, INDArray logits) {
    try {
      return Predictions.of("teacher " + teacher, logits).classes();
    } catch (IllegalArgumentException e) {
      throw new TeacherRefusedException(
          e.getMessage() + ": its weights or its range of pixels are wrong");
    }
  }
}
