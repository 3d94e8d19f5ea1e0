package alphadistill.augment.window;

/**
 * The training span of one fold, from which transforms may take further data. It holds no day outside that span, so
 * what is taken from it cannot leak from validation or test.
 */
public interface History {

  /** First day that may be used. */
  int firstDay();

  /** Last day that may be used. */
  int lastDay();

  /** Regime of a day, from data up to that day; negative = unknown. */
  int regime(int day);

  /** Whether the asset has enough data on {@code days} days up to {@code lastDay}. */
  boolean covers(int asset, int lastDay, int days);

  /** Writes the asset's channels of {@code days} days up to {@code lastDay}, row-major (days, F), from {@code at}. */
  void channels(int asset, int lastDay, int days, float[] into, int at);

  /**
   * Label of a sample that ends on a day, in the unit of the batch's labels; NaN where no training sample may end or no
   * teacher could answer.
   */
  double label(int asset, int day);

  /** Index of the day at whose close the label of {@code day} is known. */
  int knownAt(int day);

  /** The asset's excess return of a day, NaN = missing; for {@link TeacherInputs.ReturnHistory}. */
  double assetReturn(int asset, int day);

  /** A factor's return of a day; for {@link TeacherInputs.ReturnHistory}. */
  double factorReturn(int factor, int day);
}
