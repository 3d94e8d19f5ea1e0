package alphadistill.teacher.ipca;

import alphadistill.teacher.FactorEstimator;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.famamacbeth.Refits;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    new Refits.Schedule(minimumPeriods, periods, refitEvery); // refuses what gives no fit
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
    Refits refits = Refits.of(
        data,
        new Refits.Schedule(minimumPeriods, periods, refitEvery),
        day -> read(data, day, builder));
    ManagedPortfolios portfolios = builder.build(refits.usedDays());
    List<IpcaFit> fits = new ArrayList<>();
    for (int fit = 0; fit < refits.size(); fit++) {
      fits.add(refit(
          portfolios.between(refits.from(fit), refits.to(fit)),
          fits.isEmpty() ? null : fits.get(fits.size() - 1),
          data,
          refits.day(refits.to(fit) - 1)));
    }
    return new IpcaHistory(data, refits, fits);
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

  private Refits.Day read(
      LabelledCharacteristics data, int day, ManagedPortfolios.Builder builder) {
    LabelledCharacteristics.DayRows rows = data.rowsOf(day);
    int needed = Math.max(minimumAssets, data.fields().size() + 1);
    if (rows.count() < needed) {
      return Refits.Day.tooFew(rows, needed);
    }
    double[][] columns = new double[data.fields().size() + 1][];
    columns[0] = new double[rows.count()];
    Arrays.fill(columns[0], 1);
    System.arraycopy(rows.columns(), 0, columns, 1, rows.columns().length);
    builder.set(day, columns, rows.labels());
    int collinear = builder.collinear(day);
    return collinear < 0
        ? Refits.Day.used(rows)
        : Refits.Day.skipped(
            rows,
            "characteristic '%s' is zero, constant or a linear combination of those before it in these %d rows"
                .formatted(data.fields().get(collinear - 1), rows.count()));
  }
}
