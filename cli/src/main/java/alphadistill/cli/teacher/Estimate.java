package alphadistill.cli.teacher;

import alphadistill.data.DataException;
import alphadistill.teacher.ipca.NotConvergedException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Runs an estimator on what a file holds. */
final class Estimate {
  private Estimate() {}

  /** @throws DataException with the file's name, if the estimator refuses the numbers or does not come to an end */
  static <T> T of(Path file, Supplier<T> estimator) {
    try {
      return estimator.get();
    } catch (IllegalArgumentException | NotConvergedException e) {
      throw DataException.in(file, e.getMessage(), e);
    }
  }
}
