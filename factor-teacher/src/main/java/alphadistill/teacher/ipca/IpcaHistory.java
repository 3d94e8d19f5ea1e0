package alphadistill.teacher.ipca;

import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.famamacbeth.MeanSlopes;
import alphadistill.teacher.famamacbeth.Refits;
import alphadistill.teacher.regression.NeweyWest;
import java.time.LocalDate;
import java.util.List;

/**
 * The IPCA model of every day: that of the last refit whose labels were all known. Immutable.
 *
 * <p>Standard errors of the premia are those of the means of {@code alpha + beta f_t} over the periods (Newey-West), with
 * the loadings taken as known: they are too small by what the loadings' own errors add.
 */
public final class IpcaHistory implements FactorHistory {
  private final LabelledCharacteristics data;
  private final Refits refits;
  private final List<IpcaFit> fits;

  IpcaHistory(LabelledCharacteristics data, Refits refits, List<IpcaFit> fits) {
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
    int index = refits.asOf(day);
    IpcaFit fit = fits.get(index);
    double[] errors = MeanSlopes.of(fit.responses())
        .neweyWestErrors(NeweyWest.ruleLag(fit.periods(), data.horizon()));
    return data.model(fit.premia(), errors, refits.report(index));
  }

  /**
   * Loadings and factors of the model of a day. Places and signs are those of the first fit as far as factors can be
   * followed; so means need not be positive, nor moments falling.
   *
   * @throws IllegalArgumentException as {@link #asOf}
   */
  public IpcaFit fitAsOf(LocalDate day) {
    return fits.get(refits.asOf(day));
  }

  /** The days at whose close a new model is known. */
  public List<LocalDate> refitDays() {
    return refits.refitDays();
  }
}
