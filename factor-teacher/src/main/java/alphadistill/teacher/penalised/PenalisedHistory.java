package alphadistill.teacher.penalised;

import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.famamacbeth.Refits;
import java.time.LocalDate;
import java.util.Arrays;
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
   * @param coefficients on all days of the fit, the intercept first
   */
  record Chosen(double strength, double[] coefficients) {}

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
    double[] premia = fits.get(fit).coefficients();
    double[] errors = new double[premia.length];
    Arrays.fill(errors, Double.NaN);
    return data.model(premia, errors, refits.report(fit));
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
