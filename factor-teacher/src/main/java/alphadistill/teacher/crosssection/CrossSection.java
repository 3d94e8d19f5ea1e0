package alphadistill.teacher.crosssection;

import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import java.util.ArrayList;
import java.util.List;

/**
 * What a day's assets are exposed to: the country (all of them), one industry each, and styles. Country and industries
 * are collinear; that is removed by the restriction {@code sum over industries of (share of capitalisation x industry
 * return) = 0}, so that the country is close to the capitalisation-weighted market and an industry's return is relative
 * to it. The restriction is put in by substitution: leaving an industry out instead would change what every industry
 * return means.
 *
 * <pre>{@code
 * CrossSectionFit fit = new CrossSection(industries, styles, industry, exposures, caps).fit(returns);
 * double country = fit.factorReturns()[0];
 * double[] pureValue = fit.portfolio("value");   // one unit of value, none of any other style
 * }</pre>
 *
 * @param industries names
 * @param styles names
 * @param industry index of the industry of each asset (n)
 * @param exposures {@code [style][asset]}, standardised, as of the close before the returns
 * @param caps market capitalisation of each asset (n), positive, in one unit
 */
public record CrossSection(
    List<String> industries,
    List<String> styles,
    int[] industry,
    double[][] exposures,
    double[] caps) {
  /** Name of the factor that every asset has an exposure of one to. */
  public static final String COUNTRY = "country";

  public CrossSection {
    industries = List.copyOf(industries);
    styles = List.copyOf(styles);
    if (industry.length != caps.length) {
      throw new IllegalArgumentException(
          "%d industries for %d capitalisations".formatted(industry.length, caps.length));
    }
    if (exposures.length != styles.size()) {
      throw new IllegalArgumentException("%d columns of exposures for the %d styles %s"
          .formatted(exposures.length, styles.size(), styles));
    }
    for (int style = 0; style < exposures.length; style++) {
      if (exposures[style].length != caps.length) {
        throw new IllegalArgumentException("%d exposures to '%s' for %d assets"
            .formatted(exposures[style].length, styles.get(style), caps.length));
      }
    }
    for (int asset = 0; asset < caps.length; asset++) {
      if (!(caps[asset] > 0 && caps[asset] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the capitalisation of asset %d is %s; leave out assets without one"
                .formatted(asset, caps[asset]));
      }
      if (industry[asset] < 0 || industry[asset] >= industries.size()) {
        throw new IllegalArgumentException("asset %d has industry %d of %d; leave it out"
            .formatted(asset, industry[asset], industries.size()));
      }
    }
  }

  /** Names of all factors: country, industries, styles. */
  public List<String> factors() {
    return factors(industries, styles);
  }

  static List<String> factors(List<String> industries, List<String> styles) {
    List<String> names = new ArrayList<>(List.of(COUNTRY));
    names.addAll(industries);
    names.addAll(styles);
    return names;
  }

  /** Exposure of an asset to a factor, in the order of {@link #factors()}. */
  public double exposure(int asset, int factor) {
    if (factor == 0) {
      return 1;
    }
    if (factor <= industries.size()) {
      return industry[asset] == factor - 1 ? 1 : 0;
    }
    return exposures[factor - 1 - industries.size()][asset];
  }

  /** Share of each industry in the whole capitalisation (J). */
  public double[] industryShares() {
    double[] shares = new double[industries.size()];
    double all = 0;
    for (int asset = 0; asset < caps.length; asset++) {
      shares[industry[asset]] += caps[asset];
      all += caps[asset];
    }
    for (int j = 0; j < shares.length; j++) {
      shares[j] /= all;
    }
    return shares;
  }

  /**
   * Regresses returns on all factors, weighted by the square root of capitalisation.
   *
   * @param returns one an asset (n)
   * @throws alphadistill.teacher.regression.CollinearRegressorsException if styles and industries are collinear
   * @throws IllegalArgumentException if there are fewer assets than factors or a return is missing
   */
  public CrossSectionFit fit(double[] returns) {
    double[][] restriction = restriction();
    List<String> names = new ArrayList<>();
    List<double[]> columns = new ArrayList<>();
    for (int column = 0; column < restriction[0].length; column++) {
      double[] values = new double[caps.length];
      int own = -1;
      for (int factor = 0; factor < restriction.length; factor++) {
        double share = restriction[factor][column];
        own = share == 1 ? factor : own;
        for (int asset = 0; share != 0 && asset < values.length; asset++) {
          values[asset] += share * exposure(asset, factor);
        }
      }
      names.add(factors().get(own));
      columns.add(values);
    }
    double[] weights = new double[caps.length];
    for (int asset = 0; asset < weights.length; asset++) {
      weights[asset] = Math.sqrt(caps[asset]);
    }
    Design design = Design.ofColumns(names, columns.toArray(double[][]::new));
    Regression regression = LeastSquares.fit(design, returns, weights);
    return new CrossSectionFit(this, restriction, design, weights, regression, returns);
  }

  /**
   * Factor returns as combinations of free ones (factors, free): those of the largest industry are what the others leave,
   * and an industry without assets has none.
   */
  private double[][] restriction() {
    double[] shares = industryShares();
    int largest = 0;
    int present = 0;
    for (int j = 0; j < shares.length; j++) {
      largest = shares[j] > shares[largest] ? j : largest;
      present += shares[j] > 0 ? 1 : 0;
    }
    double[][] restriction =
        new double[1 + industries.size() + styles.size()][present + styles.size()];
    restriction[0][0] = 1;
    int column = 1;
    for (int j = 0; j < shares.length; j++) {
      if (j != largest && shares[j] > 0) {
        restriction[1 + j][column] = 1;
        restriction[1 + largest][column++] = -shares[j] / shares[largest];
      }
    }
    for (int style = 0; style < styles.size(); style++) {
      restriction[1 + industries.size() + style][column++] = 1;
    }
    return restriction;
  }
}
