package alphadistill.teacher.famamacbeth;

import alphadistill.teacher.regression.CollinearRegressorsException;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import java.util.ArrayList;
import java.util.List;

/**
 * The first step of Fama and MacBeth (1973) on a table in full precision: one cross-section for each period, with a
 * constant. A period with fewer rows than {@code regressors + 1}, or with collinear characteristics, has no slopes and is
 * named. For daily panels with labels that are known later, and models as of a day, use {@link FamaMacBeth}.
 *
 * <pre>{@code
 * PeriodSlopes.Builder builder = PeriodSlopes.on(List.of("value", "capital"));
 * builder.add("1935", columns, invest);               // for each period, in time order
 * MeanSlopes premia = builder.build().means();
 * }</pre>
 *
 * @param names of the coefficients, the constant first
 * @param periods labels of those with slopes, in the order they were added
 * @param slopes {@code [period][coefficient]}
 * @param rSquared of each period with slopes, about the mean
 * @param skipped the others
 */
public record PeriodSlopes(
    List<String> names,
    List<String> periods,
    double[][] slopes,
    double[] rSquared,
    List<Skipped> skipped) {

  /** A period without slopes, and why. */
  public record Skipped(String period, String reason) {}

  public PeriodSlopes {
    names = List.copyOf(names);
    periods = List.copyOf(periods);
    skipped = List.copyOf(skipped);
  }

  /** Starts a sample of some characteristics. */
  public static Builder on(List<String> characteristics) {
    return new Builder(characteristics);
  }

  /** The second step: each period with equal weight. */
  public MeanSlopes means() {
    return MeanSlopes.of(slopes);
  }

  /** Mean of {@link #rSquared}. */
  public double meanRSquared() {
    double sum = 0;
    for (double value : rSquared) {
      sum += value;
    }
    return sum / rSquared.length;
  }

  /** Collects the periods. */
  public static final class Builder {
    private final List<String> characteristics;
    private final List<String> periods = new ArrayList<>();
    private final List<Regression> fits = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    private Builder(List<String> characteristics) {
      this.characteristics = List.copyOf(characteristics);
      if (characteristics.isEmpty()) {
        throw new IllegalArgumentException("Fama-MacBeth needs at least one characteristic");
      }
    }

    /**
     * Regresses one period.
     *
     * @param columns {@code [characteristic][row]}, complete
     * @param y what is explained, one a row
     */
    public Builder add(String period, double[][] columns, double[] y) {
      int needed = characteristics.size() + 1;
      if (y.length < needed) {
        skipped.add(
            new Skipped(period, "%d complete rows, %d are needed".formatted(y.length, needed)));
        return this;
      }
      try {
        fits.add(LeastSquares.fit(Design.withConstant(characteristics, columns), y));
        periods.add(period);
      } catch (CollinearRegressorsException e) {
        skipped.add(new Skipped(period, e.getMessage()));
      }
      return this;
    }

    /** @throws IllegalArgumentException if fewer than two periods have slopes; the message tells of a skipped one */
    public PeriodSlopes build() {
      if (fits.size() < 2) {
        throw new IllegalArgumentException("%d periods have slopes, 2 are needed%s"
            .formatted(
                fits.size(),
                skipped.isEmpty()
                    ? ""
                    : "; %s was skipped: %s"
                        .formatted(skipped.get(0).period(), skipped.get(0).reason())));
      }
      return new PeriodSlopes(
          fits.get(0).names(),
          periods,
          fits.stream().map(Regression::coefficients).toArray(double[][]::new),
          fits.stream().mapToDouble(Regression::rSquared).toArray(),
          skipped);
    }
  }
}
