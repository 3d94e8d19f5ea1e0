package alphadistill.data.panel;

/**
 * What the numbers of one field of a {@link Panel} mean.
 *
 * @param name short name, unique in a panel, such as {@code close} or {@code momentum_12_1}
 * @param unit unit of the values, such as {@code USD}, {@code shares}, {@code decimal return}, {@code rank in [-1, 1]}
 * @param definition the formula in words or symbols, with the date each input is known; for example
 *     "close / close 21 days earlier - 1, known at the close of the day"
 * @param warmUp trading days of history that a value needs before it may be used; 0 for raw fields
 */
public record FieldSpec(String name, String unit, String definition, int warmUp) {

  public FieldSpec {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a field needs a name");
    }
    if (warmUp < 0) {
      throw new IllegalArgumentException(
          "warm-up of field '%s' must not be negative, was %d".formatted(name, warmUp));
    }
  }

  /** A field as it was read, known at the close of its day. */
  public static FieldSpec raw(String name, String unit) {
    return new FieldSpec(name, unit, "as read, known at the close of the day", 0);
  }
}
