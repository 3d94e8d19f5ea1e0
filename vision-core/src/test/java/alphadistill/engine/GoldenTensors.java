package alphadistill.engine;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.checkpoint.SafeTensors;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reference tensors of one file below {@code reference/golden}, and how near an answer must come to them. */
public record GoldenTensors(SafeTensors tensors, DataType type) {

  public static GoldenTensors of(String file, DataType type) {
    return new GoldenTensors(
        SafeTensors.read(SharedFolder.require("reference/golden/" + file)), type);
  }

  public INDArray array(String name) {
    return tensors.array(name, type);
  }

  public long number(String name) {
    return (long) tensors.doubles(name)[0];
  }

  /** Fails unless max |actual - reference| / max |reference| is at most the tolerance of the data type. */
  public void check(String name, INDArray actual, double tolerance) {
    double[] expected = tensors.doubles(name);
    double[] got =
        actual.dup('c').reshape(actual.length()).castTo(DataType.DOUBLE).toDoubleVector();
    if (got.length != expected.length) {
      throw new AssertionError(
          "%s: %d values, reference has %d".formatted(name, got.length, expected.length));
    }
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double gap = 0;
    int where = 0;
    for (int i = 0; i < got.length; i++) {
      double here = Math.abs(got[i] - expected[i]);
      if (!(here <= gap)) {
        gap = here;
        where = i;
      }
    }
    if (!(gap <= tolerance * scale)) {
      throw new AssertionError(
          "%s: largest gap %.3g at element %d (reference %.9g, was %.9g); allowed %.3g"
              .formatted(name, gap, where, expected[where], got[where], tolerance * scale));
    }
  }
}
