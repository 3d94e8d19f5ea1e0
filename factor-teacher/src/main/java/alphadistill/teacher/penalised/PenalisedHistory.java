package alphadistill.teacher.penalised;

import alphadistill.teacher.Exposures;
import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.Premium;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.famamacbeth.Refits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The penalised model of every day: that of the last refit whose labels were all known. Immutable. Premia have no
 * standard errors (NaN): coefficients pulled towards zero by a penalty chosen on the data have none that mean anything.
 */
public final class PenalisedHistory implements FactorHistory {
  private final LabelledCharacteristics data;
  private final Refits refits;
  private final List<Chosen> fits;

  /**
   * One fit.
   *
   * @param strength that was chosen
   * @param coefficients on all days of the fit
   */
  record Chosen(double strength, DaySums.Coefficients coefficients) {}

  PenalisedHistory(LabelledCharacteristics data, Refits refits, List<Chosen> fits) {
    this.data = data;
    this.refits = refits;
    this.fits = List.copyOf(fits);
  }

  @Override
  public LocalDate firstDay() {
    return refits.firstDay();
  }

  @Override
  public LinearFactorModel asOf(LocalDate day) {
    int fit = refits.asOf(day);
    DaySums.Coefficients found = fits.get(fit).coefficients();
    List<Premium> premia = new ArrayList<>();
    for (int c = 0; c < found.slopes().length; c++) {
      premia.add(new Premium(data.fields().get(c), found.slopes()[c], Double.NaN));
    }
    return new LinearFactorModel(
        new Premium("intercept", found.intercept(), Double.NaN),
        premia,
        data.horizon(),
        new Exposures.Characteristics(),
        refits.report(fit));
  }

  /**
   * The strength chosen for the model of a day, in the unit of {@link Penalty}.
   *
   * @throws IllegalArgumentException as {@link #asOf}
   */
  public double strengthAsOf(LocalDate day) {
    return fits.get(refits.asOf(day)).strength();
  }

  /** The days at whose close a new model is known. */
  public List<LocalDate> refitDays() {
    return refits.refitDays();
  }
}
