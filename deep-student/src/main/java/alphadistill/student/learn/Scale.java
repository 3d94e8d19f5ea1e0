package alphadistill.student.learn;

import java.util.Map;

/**
 * Puts numbers on a scale that a network learns well: {@code (x - mean) / deviation}, both taken from the training
 * samples of one fold.
 *
 * @param mean of the training samples
 * @param deviation of the training samples, positive
 */
public record Scale(double mean, double deviation) {

  public Scale {
    if (!(deviation > 0) || !Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "a scale needs a finite mean and a positive deviation, were %s and %s"
              .formatted(mean, deviation));
    }
  }

  /** Mean and population deviation; deviation 1 for constant values. */
  public static Scale of(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean) / values.length;
    }
    double deviation = Math.sqrt(squares);
    return new Scale(mean, deviation > 1e-12 * Math.abs(mean) && deviation > 0 ? deviation : 1);
  }

  public double down(double value) {
    return (value - mean) / deviation;
  }

  public double up(double value) {
    return mean + deviation * value;
  }

  /** As text that gives the same bits again. */
  Map<String, String> state(String name) {
    return Map.of(
        name + ".mean", Double.toString(mean), name + ".deviation", Double.toString(deviation));
  }

  static Scale read(Map<String, String> state, String name) {
    return new Scale(
        Double.parseDouble(state.get(name + ".mean")),
        Double.parseDouble(state.get(name + ".deviation")));
  }
}
