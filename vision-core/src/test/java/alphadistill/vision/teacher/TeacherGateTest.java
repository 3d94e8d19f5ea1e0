package alphadistill.vision.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import alphadistill.engine.Teacher;
import alphadistill.engine.TeacherRefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class TeacherGateTest {
  /** Answers class 1 for every picture. */
  private static final Teacher<ImageBatch> ONE = batch ->
      Nd4j.zeros(batch.samples(), 3).addiRowVector(Nd4j.createFromArray(new float[] {0.5f, 2, 1}));

  private static final List<ImageBatch> BATCHES = List.of(batch(1, 1, 0), batch(1));

  private static ImageBatch batch(int... labels) {
    return ImageBatch.plain(1, 1, new float[3 * labels.length], Normalisation.NONE, labels);
  }

  @Test
  void measuresOverAllBatches() {
    TeacherGate.Score score = new TeacherGate(0.75).require("one", ONE, "four pictures", BATCHES);
    assertThat(score).isEqualTo(new TeacherGate.Score(4, 0.75));
  }

  @Test
  void refusesATeacherBelowTheBar() {
    assertThatThrownBy(() -> new TeacherGate(0.76).require("one", ONE, "four pictures", BATCHES))
        .isInstanceOf(TeacherRefusedException.class)
        .hasMessageContaining(
            "teacher one is right on 75.00 % of 4 pictures of four pictures, and the bar is 76.00 %");
  }

  @Test
  void refusesATeacherOfOtherClasses() {
    assertThatThrownBy(() -> new TeacherGate(0).require("one", ONE, "a set", List.of(batch(1, 3))))
        .isInstanceOf(TeacherRefusedException.class)
        .hasMessageContaining("knows 3 classes, but a set has the label 3");
  }

  @Test
  void refusesAnswersThatAreNoNumbers() {
    Teacher<ImageBatch> broken =
        batch -> Nd4j.valueArrayOf(new long[] {batch.samples(), 3}, Double.NaN);
    assertThatThrownBy(() -> new TeacherGate(0).require("broken", broken, "a set", BATCHES))
        .isInstanceOf(TeacherRefusedException.class)
        .hasMessageContaining("teacher broken says NaN for class 0 of picture 0: its weights");
  }

  @Test
  void refusesABarThatIsNoShare() {
    assertThatThrownBy(() -> new TeacherGate(80)).hasMessageContaining("[0, 1], was 80");
    assertThatThrownBy(() -> new TeacherGate(0).require("one", ONE, "an empty set", List.of()))
        .hasMessageContaining("no picture in an empty set");
  }
}
