package alphadistill.teacher.diagnostics;

import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import alphadistill.teacher.regression.RollingCoefficients;
import java.util.Arrays;
import java.util.List;

/** Whether loadings stay what they are: a teacher whose betas jump teaches yesterday's noise. */
public final class LoadingStability {
  private LoadingStability() {}

  /**
   * Mean absolute change from one period to the next, one a loading; periods with a missing loading end a run, the
   * change across the gap is not counted. NaN where no two neighbouring periods are there.
   *
   * @param loadings {@code [period][loading]}, in time order, NaN = missing
   */
  public static double[] meanAbsoluteChange(double[][] loadings) {
    int width = loadings.length == 0 ? 0 : loadings[0].length;
    double[] changes = new double[width];
    for (int c = 0; c < width; c++) {
      int count = 0;
      for (int t = 1; t < loadings.length; t++) {
        double change = Math.abs(loadings[t][c] - loadings[t - 1][c]);
        if (!Double.isNaN(change)) {
          changes[c] += change;
          count++;
        }
      }
      changes[c] = count == 0 ? Double.NaN : changes[c] / count;
    }
    return changes;
  }

  /**
   * The same of one asset's rolling regressions, constant first. Neighbouring windows share most of their rows, so
   * compare only histories of the same window.
   */
  public static double[] meanAbsoluteChange(RollingCoefficients fits, int asset) {
    double[][] loadings = new double[fits.days()][];
    for (int day = 0; day < loadings.length; day++) {
      loadings[day] = fits.coefficients(asset, day);
    }
    return meanAbsoluteChange(loadings);
  }

  /**
   * Coefficients of the first and the second half of the rows, and how far they lie apart.
   *
   * @param names of the coefficients
   * @param first those of the first half; the shorter one if the number of rows is odd
   * @param second those of the second half
   * @param distances second minus first over the root of the sum of both squared errors: about standard normal, if
   *     nothing changed and the halves are independent
   */
  public record Halves(
      List<String> names, List<Double> first, List<Double> second, List<Double> distances) {

    public Halves {
      names = List.copyOf(names);
      first = List.copyOf(first);
      second = List.copyOf(second);
      distances = List.copyOf(distances);
    }

    /** The largest distance in absolute value. */
    public double largestDistance() {
      return distances.stream().mapToDouble(Math::abs).max().orElseThrow();
    }
  }

  /**
   * Fits both halves.
   *
   * @param design rows in time order
   * @param rule errors of the halves
   * @throws IllegalArgumentException if a half has too few rows for the coefficients and their errors
   */
  public static Halves halves(Design design, double[] y, ErrorRule rule) {
    int middle = y.length / 2;
    if (middle <= design.width()) {
      throw new IllegalArgumentException(
          "half of %d rows leaves no degree of freedom for %d coefficients; use at least %d rows"
              .formatted(y.length, design.width(), 2 * design.width() + 2));
    }
    Regression first = half(design, y, 0, middle);
    Regression second = half(design, y, middle, y.length);
    double[] firstErrors = first.standardErrors(rule);
    double[] secondErrors = second.standardErrors(rule);
    Double[] distances = new Double[design.width()];
    for (int c = 0; c < distances.length; c++) {
      distances[c] = (second.coefficients()[c] - first.coefficients()[c])
          / Math.hypot(firstErrors[c], secondErrors[c]);
    }
    return new Halves(
        design.names(),
        boxed(first.coefficients()),
        boxed(second.coefficients()),
        List.of(distances));
  }

  private static Regression half(Design design, double[] y, int from, int to) {
    double[][] columns = new double[design.width()][to - from];
    for (int c = 0; c < columns.length; c++) {
      for (int row = from; row < to; row++) {
        columns[c][row - from] = design.value(row, c);
      }
    }
    return LeastSquares.fit(
        Design.ofColumns(design.names(), columns), Arrays.copyOfRange(y, from, to));
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
