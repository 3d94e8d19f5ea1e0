package alphadistill.cli.vision;

import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.vision.train.Answers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Answers to pictures as safetensors: {@code logits_cls}, {@code logits_dist} where there is such a head, {@code
 * logits_eval} (their mean), each (N, C), and {@code label} (N) as numbers.
 */
final class AnswerFile {
  private static final String CLASS_HEAD = "logits_cls";
  private static final String DIST_HEAD = "logits_dist";
  private static final String BOTH = "logits_eval";
  private static final String TOKEN_COSINE = "token_cosine";
  private static final String LABEL = "label";

  private AnswerFile() {}

  static void write(Path file, Answers answers) {
    write(file, answers, new double[0]);
  }

  /** @param tokenCosine of class and distillation token by layer; empty without that token */
  static void write(Path file, Answers answers, double[] tokenCosine) {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put(CLASS_HEAD, answers.classHead());
    if (answers.distHead() != null) {
      tensors.put(DIST_HEAD, answers.distHead());
    }
    tensors.put(BOTH, answers.both());
    float[] labels = new float[answers.labels().length];
    for (int n = 0; n < labels.length; n++) {
      labels[n] = answers.labels()[n];
    }
    tensors.put(LABEL, Nd4j.createFromArray(labels));
    if (tokenCosine.length > 0) {
      tensors.put(TOKEN_COSINE, Nd4j.createFromArray(tokenCosine));
    }
    SafeTensors.write(file, tensors, Map.of());
  }

  /** Empty where none was written. */
  static double[] tokenCosine(Path file) {
    SafeTensors saved = SafeTensors.read(file);
    return saved.has(TOKEN_COSINE) ? saved.doubles(TOKEN_COSINE) : new double[0];
  }

  static Answers read(Path file) {
    SafeTensors saved = SafeTensors.read(file);
    float[] values = saved.floats(LABEL);
    int[] labels = new int[values.length];
    for (int n = 0; n < labels.length; n++) {
      labels[n] = (int) values[n];
    }
    return new Answers(
        labels,
        saved.array(CLASS_HEAD, DataType.FLOAT),
        saved.has(DIST_HEAD) ? saved.array(DIST_HEAD, DataType.FLOAT) : null);
  }
}
