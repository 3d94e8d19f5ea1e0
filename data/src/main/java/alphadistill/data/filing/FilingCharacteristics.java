package alphadistill.data.filing;

import alphadistill.data.filing.FilingField.Measure;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.List;

/**
 * Ratios that describe a company, from the reports known on a day and, for some, its price at that day's close.
 *
 * <p>They are not winsorised or ranked: figures taken from reports by machine hold wrong ones, so scale them with
 * {@link alphadistill.data.feature.CrossSectionalScaling} before use.
 *
 * <pre>{@code
 * Panel ratios = FilingCharacteristics.compute(filings, unadjustedPrices, "close");
 * Panel scaled = new CrossSectionalScaling(Method.RANK, 0.01).scale(ratios, members);
 * }</pre>
 */
public final class FilingCharacteristics {
  /** Earnings a share below which net income over it says little about the number of shares. */
  private static final double LEAST_EARNINGS = 0.1;

  /** A ratio of figures and the price. */
  @FunctionalInterface
  private interface Formula {
    /** @param f figures by {@link #FIELDS} */
    double of(double[] f, double price);
  }

  /** The price of an asset on a day, by their indices. */
  @FunctionalInterface
  private interface Price {
    double of(int day, int asset);
  }

  private record Ratio(FieldSpec spec, boolean needsPrice, Formula formula) {

    static Ratio ofReports(String name, String definition, Formula formula) {
      return new Ratio(
          new FieldSpec(name, "ratio", definition + ", by reports first seen before the day", 0),
          false,
          formula);
    }

    static Ratio toPrice(String name, String definition, Formula formula) {
      return new Ratio(
          new FieldSpec(
              name,
              "ratio",
              definition + ", by reports first seen before the day and the day's close as quoted",
              0),
          true,
          formula);
    }

    String name() {
      return spec.name();
    }
  }

  private static final List<FilingField> FIELDS = List.of(
      new FilingField(FilingItem.EARNINGS_PER_SHARE, Measure.YEAR),
      new FilingField(FilingItem.NET_INCOME, Measure.YEAR),
      new FilingField(FilingItem.REVENUES, Measure.YEAR),
      new FilingField(FilingItem.OPERATING_CASH_FLOW, Measure.YEAR),
      new FilingField(FilingItem.ASSETS, Measure.END),
      new FilingField(FilingItem.ASSETS, Measure.END_YEAR_BEFORE),
      new FilingField(FilingItem.EQUITY, Measure.END),
      new FilingField(FilingItem.CASH, Measure.END));
  private static final int EARNINGS_PER_SHARE = 0;
  private static final int NET_INCOME = 1;
  private static final int REVENUES = 2;
  private static final int CASH_FLOW = 3;
  private static final int ASSETS = 4;
  private static final int ASSETS_BEFORE = 5;
  private static final int EQUITY = 6;
  private static final int CASH = 7;

  private static final List<Ratio> RATIOS = List.of(
      Ratio.toPrice(
          "earnings_yield",
          "basic earnings a share of four quarters / price",
          (f, price) -> over(f[EARNINGS_PER_SHARE], price)),
      Ratio.toPrice(
          "book_to_market",
          "equity / (shares x price), shares by net income / basic earnings a share of four quarters, where that is at least 0.1 USD in size; a rough stand-in",
          FilingCharacteristics::bookToMarket),
      Ratio.ofReports(
          "sales_to_assets",
          "revenues of four quarters / assets",
          (f, price) -> over(f[REVENUES], f[ASSETS])),
      Ratio.ofReports(
          "profitability",
          "net income of four quarters / equity, where that is positive",
          (f, price) -> over(f[NET_INCOME], f[EQUITY])),
      Ratio.ofReports(
          "leverage", "1 - equity / assets", (f, price) -> 1 - over(f[EQUITY], f[ASSETS])),
      Ratio.ofReports(
          "asset_growth",
          "assets / assets a year before - 1",
          (f, price) -> over(f[ASSETS], f[ASSETS_BEFORE]) - 1),
      Ratio.ofReports(
          "accruals",
          "(net income - operating cash flow, of four quarters) / assets",
          (f, price) -> over(f[NET_INCOME] - f[CASH_FLOW], f[ASSETS])),
      Ratio.ofReports("cash_to_assets", "cash / assets", (f, price) -> over(f[CASH], f[ASSETS])));

  private FilingCharacteristics() {}

  /** Names of the ratios. */
  public static List<String> names() {
    return RATIOS.stream().map(Ratio::name).toList();
  }

  /** Meaning of each ratio, in the order of {@link #names()}. */
  public static List<FieldSpec> specs() {
    return RATIOS.stream().map(Ratio::spec).toList();
  }

  /** Whether a ratio divides by the price; false for a name that is none of the ratios. */
  public static boolean needsPrice(String name) {
    return RATIOS.stream().anyMatch(ratio -> ratio.name().equals(name) && ratio.needsPrice());
  }

  /**
   * Whether a ratio of a mix of two assets of a day is the mix of their ratios. A mix is a portfolio by value, so ratios
   * to the price are; ratios to assets or equity are not.
   */
  public static boolean isLinear(String name) {
    return needsPrice(name);
  }

  /** The ratios that need no price, on some days and assets; NaN where a figure is missing. */
  public static Panel compute(Filings filings, List<LocalDate> dates, List<String> assets) {
    return compute(
        filings,
        dates,
        assets,
        RATIOS.stream().filter(ratio -> !ratio.needsPrice()).toList(),
        (day, asset) -> Double.NaN);
  }

  /**
   * All ratios on the days and assets of the prices; NaN where a figure or the price is missing.
   *
   * @param price field of the price at the close, as it was quoted that day: a price adjusted for later splits is not
   *     comparable with earnings a share as reported then, and tells of the split. Earnings a share of quarters before
   *     and after a split are added up as reported, which is wrong but for an annual report
   */
  public static Panel compute(Filings filings, Panel prices, String price) {
    int close = prices.fieldIndex(price);
    return compute(
        filings,
        prices.dates(),
        prices.assets(),
        RATIOS,
        (day, asset) -> prices.value(close, day, asset));
  }

  private static Panel compute(
      Filings filings,
      List<LocalDate> dates,
      List<String> assets,
      List<Ratio> ratios,
      Price price) {
    Panel figures = filings.panel(dates, assets, FIELDS, Filings.MAXIMUM_AGE);
    float[][] values = new float[ratios.size()][dates.size() * assets.size()];
    double[] f = new double[FIELDS.size()];
    for (int day = 0; day < dates.size(); day++) {
      for (int asset = 0; asset < assets.size(); asset++) {
        for (int field = 0; field < f.length; field++) {
          f[field] = figures.value(field, day, asset);
        }
        for (int ratio = 0; ratio < values.length; ratio++) {
          values[ratio][day * assets.size() + asset] =
              (float) ratios.get(ratio).formula().of(f, price.of(day, asset));
        }
      }
    }
    Panel.Builder panel = Panel.builder(dates, assets);
    for (int ratio = 0; ratio < values.length; ratio++) {
      panel.field(ratios.get(ratio).spec(), values[ratio]);
    }
    return panel.build();
  }

  private static double bookToMarket(double[] f, double price) {
    if (!(Math.abs(f[EARNINGS_PER_SHARE]) >= LEAST_EARNINGS)) {
      return Double.NaN;
    }
    double shares = f[NET_INCOME] / f[EARNINGS_PER_SHARE];
    return over(f[EQUITY], shares * price);
  }

  /** A ratio; NaN unless what is below is positive. */
  private static double over(double above, double below) {
    return below > 0 ? above / below : Double.NaN;
  }
}
