package alphadistill.teacher.penalised;

import alphadistill.teacher.FactorEstimator;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.famamacbeth.Refits;
import alphadistill.teacher.regression.PenalisedFit;
import alphadistill.teacher.regression.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ridge or elastic net as a teacher: forward returns of all rows of the days known so far on their characteristics, each
 * row with equal weight, refitted as labels become known. Between refits the model stays.
 *
 * <p>The penalty is chosen anew at each refit, among the days of the refit alone: the last fifth of them is held out,
 * and the earlier days whose labels were known at the close of the first held-out day are fitted. The strength with the
 * least sum of squared errors over the held-out rows is then used on all days. Squared errors and not ranks, because the
 * size of a teacher's answer counts as well as its order.
 *
 * <p>A model is linear in characteristics, so its answer to a mix of two assets is the mix of its answers. Coefficients
 * estimated from mixed rows are another matter: those of an elastic net are not the mix of two estimates.
 *
 * <pre>{@code
 * PenalisedTeacher ridge = PenalisedTeacher.standard(new Penalty.Ridge());
 * LinearFactorModel model = ridge.fit(characteristics).asOf(day);
 * }</pre>
 *
 * @param penalty ridge or elastic net
 * @param centring whether the days' levels take part
 * @param minimumAssets complete rows a day needs, at least 2
 * @param minimumPeriods days a fit needs, at least 2
 * @param periods which days enter a fit
 * @param refitEvery used days from one fit to the next, at least 1
 */
public record PenalisedTeacher(
    Penalty penalty,
    Centring centring,
    int minimumAssets,
    int minimumPeriods,
    Window periods,
    int refitEvery)
    implements FactorEstimator<LabelledCharacteristics, PenalisedHistory> {

  /** One in so many days is held out to choose the penalty. */
  private static final int HELD_OUT = 5;

  public PenalisedTeacher {
    if (minimumAssets < 2) {
      throw new IllegalArgumentException(
          "minimumAssets must be at least 2 to tell assets apart, was " + minimumAssets);
    }
    new Refits.Schedule(minimumPeriods, periods, refitEvery); // refuses what gives no fit
  }

  /** All past days about their own means, at least 60 of them with at least 20 assets each, fitted every 21 days. */
  public static PenalisedTeacher standard(Penalty penalty) {
    return new PenalisedTeacher(penalty, Centring.BY_DATE, 20, 60, Window.expanding(), 21);
  }

  /** The same on another window of days. */
  public PenalisedTeacher over(Window days) {
    return new PenalisedTeacher(penalty, centring, minimumAssets, minimumPeriods, days, refitEvery);
  }

  /** The same with or without the days' levels. */
  public PenalisedTeacher centred(Centring other) {
    return new PenalisedTeacher(penalty, other, minimumAssets, minimumPeriods, periods, refitEvery);
  }

  /** @throws IllegalArgumentException if a fit's days are too few to hold some out; the message says how many */
  @Override
  public PenalisedHistory fit(LabelledCharacteristics data) {
    Refits refits = Refits.of(
        data, new Refits.Schedule(minimumPeriods, periods, refitEvery), day -> read(data, day));
    List<PenalisedHistory.Chosen> chosen = new ArrayList<>();
    DaySums all = new DaySums(penalty, data.fields());
    DaySums early = new DaySums(penalty, data.fields());
    for (int fit = 0; fit < refits.size(); fit++) {
      if (!periods.isExpanding()) { // days leave the window: gather anew
        all = new DaySums(penalty, data.fields());
        early = new DaySums(penalty, data.fields());
      }
      int heldFrom = refits.to(fit) - Math.max(1, (refits.to(fit) - refits.from(fit)) / HELD_OUT);
      gather(early, data, refits, fit, knownBefore(data, refits, fit, heldFrom));
      gather(all, data, refits, fit, refits.to(fit));
      double strength = strength(early, data, refits, heldFrom, refits.to(fit));
      chosen.add(new PenalisedHistory.Chosen(strength, all.coefficients(strength)));
    }
    return new PenalisedHistory(data, refits, chosen);
  }

  private Refits.Day read(LabelledCharacteristics data, int day) {
    LabelledCharacteristics.DayRows rows = data.rowsOf(day);
    return rows.count() < minimumAssets
        ? Refits.Day.tooFew(rows, minimumAssets)
        : Refits.Day.used(rows);
  }

  /** Position after the last day of a fit whose label is known at the close of the first held-out day. */
  private int knownBefore(LabelledCharacteristics data, Refits refits, int fit, int heldFrom) {
    int to = heldFrom;
    while (to > refits.from(fit) && data.knownAt(refits.day(to - 1)) > refits.day(heldFrom)) {
      to--;
    }
    if (to == refits.from(fit)) {
      throw new IllegalArgumentException(
          "a fit of %d days holds out the last %d to choose its penalty, and no label of the others is known before them (horizon %d, lag %d): use more days"
              .formatted(
                  refits.to(fit) - refits.from(fit),
                  refits.to(fit) - heldFrom,
                  data.horizon(),
                  data.lag()));
    }
    return to;
  }

  /** Adds the days of a fit that are not in the sums yet, up to a position. */
  private void gather(DaySums sums, LabelledCharacteristics data, Refits refits, int fit, int to) {
    for (int at = refits.from(fit) + sums.days(); at < to; at++) {
      sums.add(centring.of(data.rowsOf(refits.day(at))));
    }
  }

  private double strength(
      DaySums early, LabelledCharacteristics data, Refits refits, int from, int to) {
    List<PenalisedFit> fits = penalty.strengths().stream().map(early::solve).toList();
    double[][] byDay = IntStream.range(from, to)
        .parallel() // each day stands alone; days are added in their order
        .mapToObj(at -> squaredErrors(fits, centring.of(data.rowsOf(refits.day(at)))))
        .toArray(double[][]::new);
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int candidate = 0; candidate < fits.size(); candidate++) {
      double sum = 0;
      for (double[] day : byDay) {
        sum += day[candidate];
      }
      if (sum < least) {
        best = candidate;
        least = sum;
      }
    }
    return penalty.strengths().get(best);
  }

  private static double[] squaredErrors(List<PenalisedFit> fits, Centring.Rows rows) {
    double[] sums = new double[fits.size()];
    for (int candidate = 0; candidate < sums.length; candidate++) {
      for (int row = 0; row < rows.y().length; row++) {
        double error = rows.y()[row] - fits.get(candidate).predict(rows.x()[row]);
        sums[candidate] += error * error;
      }
    }
    return sums;
  }
}
