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

  /** An optimiser's value in metadata such as {@code adamw lr=0.001 wd=0.05 betas=0.9,0.999 eps=1e-8}. */
  public double optimiser(String key) {
    for (String word : tensors.metadata().get("optimiser").split(" ")) {
      if (word.startsWith(key + "=")) {
        return Double.parseDouble(word.substring(key.length() + 1));
      }
    }
    throw new IllegalArgumentException("the optimiser has no " + key);
  }

  /**
   * As {@link #check}, for a gradient. That of the middle third of an attention's bias, which belongs to the keys, is
   * zero in truth and rounding noise in fact, so its size is checked too (golden/README.md).
   */
  public void checkGradient(String name, INDArray actual, double tolerance) {
    if (name.endsWith("qkv.bias")) {
      int third = (int) actual.length() / 3;
      double allowed = type == DataType.DOUBLE ? 1e-14 : 1e-6;
      double[] expected = tensors.doubles(name);
      for (int i = third; i < 2 * third; i++) {
        if (!(Math.abs(actual.getDouble(i) - expected[i]) <= allowed)) {
          throw new AssertionError(name + ": key bias gradient " + actual.getDouble(i));
        }
      }
    }
    check(name, actual, tolerance);
  }

  /** Fails unless every weight is within an absolute distance; in float32 without the noise of key biases. */
  public void checkWeights(String name, INDArray actual, double allowed) {
    double[] expected = tensors.doubles(name);
    boolean noisy = type == DataType.FLOAT && name.endsWith("qkv.bias");
    INDArray flat = actual.dup('c').reshape(actual.length());
    for (int i = 0; i < expected.length; i++) {
      boolean keyBias = noisy && i >= expected.length / 3 && i < 2 * expected.length / 3;
      if (!keyBias && !(Math.abs(flat.getDouble(i) - expected[i]) <= allowed)) {
        throw new AssertionError("%s: element %d is %.9g, reference %.9g; allowed %.3g"
            .formatted(name, i, flat.getDouble(i), expected[i], allowed));
      }
    }
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
