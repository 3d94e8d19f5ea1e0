package alphadistill.teacher.ipca;

import alphadistill.teacher.FactorEstimator;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * IPCA as a teacher: {@link Ipca} on a constant and the characteristics, refitted as labels become known. The expected
 * return is {@code z' (alpha + beta lambda)} with lambda the mean factors of the fit's periods, so the model is linear in
 * the characteristics; the constant's part is its intercept.
 *
 * <p>A day with too few complete rows, or with characteristics that are collinear on it, is skipped and listed. Each
 * refit starts from the one before and its factors keep their places and signs. Between refits the model stays.
 *
 * <pre>{@code
 * IpcaHistory history = IpcaTeacher.standard(Ipca.factors(3)).fit(characteristics);
 * LinearFactorModel model = history.asOf(day);
 * }</pre>
 *
 * @param ipca number of factors and how they are fitted
 * @param minimumAssets complete rows a day needs, at least 1; never fewer than there are characteristics and a constant
 * @param minimumPeriods days a fit needs, at least 2
 * @param periods which days enter a fit
 * @param refitEvery used days from one fit to the next, at least 1
 */
public record IpcaTeacher(
    Ipca ipca, int minimumAssets, int minimumPeriods, Window periods, int refitEvery)
    implements FactorEstimator<LabelledCharacteristics, IpcaHistory> {

  public IpcaTeacher {
    if (minimumAssets < 1) {
      throw new IllegalArgumentException("minimumAssets must be at least 1, was " + minimumAssets);
    }
    if (minimumPeriods < 2) {
      throw new IllegalArgumentException(
          "minimumPeriods must be at least 2 to give an error, was " + minimumPeriods);
    }
    if (periods.rows() < minimumPeriods) {
      throw new IllegalArgumentException(
          "a fit of the %s can never hold minimumPeriods = %d".formatted(periods, minimumPeriods));
    }
    if (refitEvery < 1) {
      throw new IllegalArgumentException("refitEvery must be at least 1 day, was " + refitEvery);
    }
  }

  /** All past days, at least 60 of them with at least 20 assets each, fitted every 21 days. */
  public static IpcaTeacher standard(Ipca ipca) {
    return new IpcaTeacher(ipca, 20, 60, Window.expanding(), 21);
  }

  /** The same on another window of days. */
  public IpcaTeacher over(Window days) {
    return new IpcaTeacher(ipca, minimumAssets, minimumPeriods, days, refitEvery);
  }

  /** @throws NotConvergedException if a fit does not stand still; the message names its last day */
  @Override
  public IpcaHistory fit(LabelledCharacteristics data) {
    List<String> names = new ArrayList<>(List.of(Design.CONSTANT));
    names.addAll(data.fields());
    ManagedPortfolios.Builder builder = ManagedPortfolios.builder(names, data.labelledDays());
    IpcaHistory.Day[] days = IntStream.range(0, data.labelledDays())
        .parallel() // each day stands alone, so the number of threads changes nothing
        .mapToObj(day -> read(data, day, builder))
        .toArray(IpcaHistory.Day[]::new);
    int[] used = IntStream.range(0, days.length)
        .filter(day -> days[day].skipReason() == null)
        .toArray();
    if (used.length < minimumPeriods) {
      throw new IllegalArgumentException(tooFew(data, days, used.length));
    }
    ManagedPortfolios portfolios = builder.build(used);
    List<IpcaFit> fits = new ArrayList<>();
    for (int count = minimumPeriods; count <= used.length; count += refitEvery) {
      fits.add(refit(
          portfolios.between(periods.firstRow(count - 1), count),
          fits.isEmpty() ? null : fits.get(fits.size() - 1),
          data,
          used[count - 1]));
    }
    return new IpcaHistory(this, data, List.of(days), used, fits);
  }

  private IpcaFit refit(
      ManagedPortfolios sample, IpcaFit former, LabelledCharacteristics data, int lastDay) {
    try {
      return former == null ? ipca.fit(sample) : ipca.fitFrom(former, sample).alignedTo(former);
    } catch (NotConvergedException e) {
      throw new NotConvergedException("the fit through the characteristics of %s: %s"
          .formatted(data.characteristics().dates().get(lastDay), e.getMessage()));
    }
  }

  private IpcaHistory.Day read(
      LabelledCharacteristics data, int day, ManagedPortfolios.Builder builder) {
    LabelledCharacteristics.DayRows rows = data.rowsOf(day);
    int needed = Math.max(minimumAssets, data.fields().size() + 1);
    if (rows.count() < needed) {
      return new IpcaHistory.Day(
          rows.count(), rows.missing(), "%d assets, %d are needed".formatted(rows.count(), needed));
    }
    double[][] columns = new double[data.fields().size() + 1][];
    columns[0] = new double[rows.count()];
    Arrays.fill(columns[0], 1);
    System.arraycopy(rows.columns(), 0, columns, 1, rows.columns().length);
    builder.set(day, columns, rows.labels());
    int collinear = builder.collinear(day);
    String reason = collinear < 0
        ? null
        : "characteristic '%s' is zero, constant or a linear combination of those before it in these %d rows"
            .formatted(data.fields().get(collinear - 1), rows.count());
    return new IpcaHistory.Day(rows.count(), rows.missing(), reason);
  }

  private String tooFew(LabelledCharacteristics data, IpcaHistory.Day[] days, int usable) {
    String example = IntStream.range(0, days.length)
        .filter(day -> days[day].skipReason() != null)
        .mapToObj(day -> "; %s was skipped: %s"
            .formatted(data.characteristics().dates().get(day), days[day].skipReason()))
        .reduce("", (earlier, later) -> later);
    return "of %d days with known labels (horizon %d, lag %d) %d can be used, %d are needed%s"
        .formatted(days.length, data.horizon(), data.lag(), usable, minimumPeriods, example);
  }
}
