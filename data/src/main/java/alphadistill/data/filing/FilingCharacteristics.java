package alphadistill.data.filing;

import alphadistill.data.filing.FilingField.Measure;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.util.ArrayList;
import java.util.List;

/**
 * Ratios that describe a company, from the reports known on a day and its price at that day's close.
 *
 * <p>They are not winsorised or ranked: figures taken from reports by machine hold wrong ones, so scale them with
 * {@link alphadistill.data.feature.CrossSectionalScaling} before use.
 *
 * <pre>{@code
 * Panel ratios = FilingCharacteristics.compute(filings, prices, "close");
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

  private record Ratio(String name, String unit, String definition, Formula formula) {}

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
      new Ratio(
          "earnings_yield",
          "ratio",
          "basic earnings a share of four quarters / price",
          (f, price) -> over(f[EARNINGS_PER_SHARE], price)),
      new Ratio(
          "book_to_market",
          "ratio",
          "equity / (shares x price), shares by net income / basic earnings a share of four quarters, where that is at least 0.1 USD in size; a rough stand-in",
          FilingCharacteristics::bookToMarket),
      new Ratio(
          "sales_to_assets",
          "ratio",
          "revenues of four quarters / assets",
          (f, price) -> over(f[REVENUES], f[ASSETS])),
      new Ratio(
          "profitability",
          "ratio",
          "net income of four quarters / equity, where that is positive",
          (f, price) -> over(f[NET_INCOME], f[EQUITY])),
      new Ratio(
          "leverage", "ratio", "1 - equity / assets", (f, price) -> 1 - over(f[EQUITY], f[ASSETS])),
      new Ratio(
          "asset_growth",
          "ratio",
          "assets / assets a year before - 1",
          (f, price) -> over(f[ASSETS], f[ASSETS_BEFORE]) - 1),
      new Ratio(
          "accruals",
          "ratio",
          "(net income - operating cash flow, of four quarters) / assets",
          (f, price) -> over(f[NET_INCOME] - f[CASH_FLOW], f[ASSETS])),
      new Ratio(
          "cash_to_assets", "ratio", "cash / assets", (f, price) -> over(f[CASH], f[ASSETS])));

  private FilingCharacteristics() {}

  /** Names of the ratios. */
  public static List<String> names() {
    return RATIOS.stream().map(Ratio::name).toList();
  }

  /**
   * All ratios on the days and assets of the prices; NaN where a figure or the price is missing.
   *
   * @param price field of the price at the close, as it was quoted that day: a price adjusted for later splits is not
   *     comparable with earnings a share as reported then. Nor is a price after a split until the next report
   */
  public static Panel compute(Filings filings, Panel prices, String price) {
    Panel figures = filings.panel(prices.dates(), prices.assets(), FIELDS, Filings.MAXIMUM_AGE);
    int close = prices.fieldIndex(price);
    int assets = prices.assetCount();
    List<float[]> values = new ArrayList<>();
    RATIOS.forEach(ratio -> values.add(new float[prices.days() * assets]));
    double[] f = new double[FIELDS.size()];
    for (int day = 0; day < prices.days(); day++) {
      for (int asset = 0; asset < assets; asset++) {
        for (int field = 0; field < f.length; field++) {
          f[field] = figures.value(field, day, asset);
        }
        for (int ratio = 0; ratio < RATIOS.size(); ratio++) {
          values.get(ratio)[day * assets + asset] =
              (float) RATIOS.get(ratio).formula().of(f, prices.value(close, day, asset));
        }
      }
    }
    Panel.Builder panel = Panel.builder(prices.dates(), prices.assets());
    for (int ratio = 0; ratio < RATIOS.size(); ratio++) {
      Ratio r = RATIOS.get(ratio);
      panel.field(
          new FieldSpec(
              r.name(),
              r.unit(),
              r.definition() + ", by reports first seen before the day and the day's close",
              0),
          values.get(ratio));
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
