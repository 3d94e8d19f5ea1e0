package alphadistill.teacher.crosssection;

import alphadistill.teacher.FactorEstimator;
import alphadistill.teacher.famamacbeth.FamaMacBeth;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.regression.CollinearRegressorsException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Barra-style cross-sections as a teacher: each day a {@link CrossSection} of forward returns; the premia of styles are
 * the means of their returns known so far, as in Fama-MacBeth, and the intercept is the mean country return. Industry
 * returns clean the styles' but foretell nothing.
 *
 * <p>Exposures are the standardised styles, so the model is linear in them. A day with too few complete rows, or with
 * collinear styles, is skipped and listed.
 *
 * <pre>{@code
 * Panel z = StyleScaling.standard().scale(styles, caps, Universe.everyAsset());
 * LabelledCharacteristics labelled = new LabelledCharacteristics(z, fields, labels, 1, 1);
 * IndustryStyleHistory history = IndustryStyleTeacher.standard()
 *     .fit(new IndustryStyles(labelled, industries, industry, caps));
 * }</pre>
 *
 * @param averaging how many assets and days are needed, and which days enter the means
 */
public record IndustryStyleTeacher(FamaMacBeth averaging)
    implements FactorEstimator<IndustryStyles, IndustryStyleHistory> {

  /** All past days, at least 60 of them. */
  public static IndustryStyleTeacher standard() {
    return new IndustryStyleTeacher(FamaMacBeth.standard());
  }

  @Override
  public IndustryStyleHistory fit(IndustryStyles data) {
    IndustryStyleHistory.Day[] days = IntStream.range(0, data.styles().labelledDays())
        .parallel() // each day stands alone, so the number of threads changes nothing
        .mapToObj(day -> day(data, day))
        .toArray(IndustryStyleHistory.Day[]::new);
    return new IndustryStyleHistory(this, data, days);
  }

  private IndustryStyleHistory.Day day(IndustryStyles data, int day) {
    LabelledCharacteristics styles = data.styles();
    LabelledCharacteristics.DayRows rows = styles.rowsOf(day);
    Map<String, Long> dropped = new TreeMap<>(styles.reasons(rows.missing()));
    int first = day * styles.characteristics().assetCount();
    int[] kept = IntStream.range(0, rows.count())
        .filter(row -> {
          int cell = first + rows.assets()[row];
          boolean cap = data.caps()[cell] > 0 && data.caps()[cell] < Float.POSITIVE_INFINITY;
          if (!cap || data.industry()[cell] < 0) {
            dropped.merge(cap ? "no industry" : "no capitalisation", 1L, Long::sum);
            return false;
          }
          return true;
        })
        .toArray();
    int needed = Math.max(averaging.minimumAssets(), styles.fields().size() + 1);
    if (kept.length < needed) {
      return IndustryStyleHistory.Day.skipped(
          kept.length, dropped, "%d assets, %d are needed".formatted(kept.length, needed));
    }
    int[] assets = Arrays.stream(kept).map(row -> rows.assets()[row]).toArray();
    CrossSection section = new CrossSection(
        data.industries(),
        styles.fields(),
        Arrays.stream(assets).map(asset -> data.industry()[first + asset]).toArray(),
        Arrays.stream(rows.columns()).map(column -> pick(column, kept)).toArray(double[][]::new),
        Arrays.stream(assets).mapToDouble(asset -> data.caps()[first + asset]).toArray());
    try {
      CrossSectionFit fit = section.fit(pick(rows.labels(), kept));
      return new IndustryStyleHistory.Day(
          kept.length, dropped, fit.factorReturns(), fit.rSquared(), assets, fit.residuals(), null);
    } catch (CollinearRegressorsException e) {
      return IndustryStyleHistory.Day.skipped(kept.length, dropped, e.getMessage());
    }
  }

  private static double[] pick(double[] column, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> column[row]).toArray();
  }
}
