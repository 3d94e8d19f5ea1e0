package alphadistill.vision.train;

import alphadistill.augment.image.ImageBatch;
import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Pass;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.Kernels;
import alphadistill.vision.deit.HeadCombination;
import alphadistill.vision.evaluate.Predictions;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a network says about pictures that nothing was done to, in the order of the pictures.
 *
 * @param labels class of each picture (N)
 * @param classHead logits of the class token's head (N, C)
 * @param distHead logits of the distillation token's head (N, C); null without that token
 */
public record Answers(int[] labels, INDArray classHead, INDArray distHead) {

  /** Runs a network in evaluation mode. */
  public static Answers of(Network network, Kernels kernels, Iterable<ImageBatch> batches) {
    PictureInput input = new PictureInput(kernels);
    List<int[]> labels = new ArrayList<>();
    List<INDArray> classHead = new ArrayList<>();
    List<INDArray> distHead = new ArrayList<>();
    for (ImageBatch batch : batches) {
      Heads heads = network.forward(input.of(batch), Pass.EVALUATION);
      labels.add(batch.labels());
      classHead.add(heads.classOutput());
      if (heads.distilled()) {
        distHead.add(heads.distOutput());
      }
    }
    return new Answers(
        labels.stream().flatMapToInt(java.util.Arrays::stream).toArray(),
        rows(classHead),
        distHead.isEmpty() ? null : rows(distHead));
  }

  /** What a teacher says about pictures that nothing was done to (N, C). */
  public static INDArray of(Teacher<ImageBatch> teacher, Iterable<ImageBatch> batches) {
    List<INDArray> answers = new ArrayList<>();
    for (ImageBatch batch : batches) {
      answers.add(teacher.answer(batch));
    }
    return rows(answers);
  }

  /** The evaluation answer, the mean of the heads' logits (N, C); the one head's where there is no other. */
  public INDArray both() {
    return HeadCombination.MEAN_OF_LOGITS.of(new Heads(classHead, distHead, null));
  }

  /** The classes of the labels. */
  public Predictions truth() {
    return new Predictions("truth", labels);
  }

  /** Share of the pictures whose largest of these logits is the label's, in [0, 1]. */
  public double accuracy(INDArray logits) {
    return 1 - Predictions.of("network", logits).differsFrom(truth());
  }

  private static INDArray rows(List<INDArray> parts) {
    return Nd4j.vstack(parts);
  }
}
