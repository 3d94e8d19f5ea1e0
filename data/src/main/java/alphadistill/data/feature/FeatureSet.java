package alphadistill.data.feature;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.ROCIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandWidthIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;

/**
 * Features by name, computed from prices, each from its own past alone. No feature uses a price level: prices are
 * adjusted backwards, so a level on an old day was not visible then.
 *
 * <p>Recursive indicators depend on where they were started; their warm-up of at least three periods hides that
 * (quant.md section 6). Windows count the asset's own trading days.
 *
 * <pre>{@code
 * Panel features = FeatureSet.of(List.of("momentum_12_1", "rsi_14")).compute(prices, factors);
 * }</pre>
 */
public final class FeatureSet {
  private static final Map<String, Feature> KNOWN = known();

  private static final Set<String> LINEAR =
      Set.of("return_1", "momentum_12_1", "reversal_5", "reversal_21", "roc_10", "beta_252");

  private final List<Feature> features;

  private FeatureSet(List<Feature> features) {
    this.features = features;
  }

  /** @throws IllegalArgumentException if a name is unknown; the message lists the known ones */
  public static FeatureSet of(List<String> names) {
    List<Feature> features = new ArrayList<>();
    for (String name : names) {
      Feature feature = KNOWN.get(name);
      if (feature == null) {
        throw new IllegalArgumentException(
            "no feature '%s'; there are %s".formatted(name, String.join(", ", KNOWN.keySet())));
      }
      features.add(feature);
    }
    return new FeatureSet(features);
  }

  /**
   * Whether a feature of a mix of two assets of a day is the mix of their features: returns over any number of days (the
   * portfolio bought at the start and held) and slopes on common regressors are; volatilities, ratios of averages,
   * oscillators and logarithms are not (quant.md 1.11).
   */
  public static boolean isLinear(String name) {
    return LINEAR.contains(name);
  }

  /** Names of all features there are. */
  public static List<String> names() {
    return List.copyOf(KNOWN.keySet());
  }

  /** Days of history before every feature of this set may be used. */
  public int warmUp() {
    return features.stream().mapToInt(feature -> feature.spec().warmUp()).max().orElse(0);
  }

  /**
   * One field for each feature, on the days and assets of the prices; NaN where there is too little history or no
   * close.
   *
   * @param prices with {@code close}, and {@code open}, {@code high}, {@code low}, {@code volume} where known
   * @param factors whose first factor is the market; null: the equal-weighted mean of all assets' returns
   */
  public Panel compute(Panel prices, FactorReturns factors) {
    int assets = prices.assetCount();
    double[] market =
        factors == null ? equalWeighted(prices) : marketOf(factors.on(prices.dates()));
    float[][] values = new float[features.size()][prices.days() * assets];
    for (float[] field : values) {
      Arrays.fill(field, Float.NaN);
    }
    IntStream.range(0, assets)
        .parallel()
        .forEach(
            asset -> { // each asset writes its own cells
              AssetHistory history = new AssetHistory(prices, asset, market);
              for (int f = 0; f < values.length; f++) {
                double[] series = features.get(f).formula().of(history);
                for (int i = features.get(f).spec().warmUp(); i < series.length; i++) {
                  values[f][history.panelDay(i) * assets + asset] =
                      Double.isFinite(series[i]) ? (float) series[i] : Float.NaN;
                }
              }
            });
    Panel.Builder panel = Panel.builder(prices.dates(), prices.assets());
    for (int f = 0; f < values.length; f++) {
      panel.field(features.get(f).spec(), values[f]);
    }
    return panel.build();
  }

  private static double[] marketOf(FactorReturns factors) {
    return Arrays.stream(factors.returns()).mapToDouble(row -> row[0]).toArray();
  }

  private static double[] equalWeighted(Panel prices) {
    float[] returns = Returns.daily(prices);
    int assets = prices.assetCount();
    double[] market = new double[prices.days()];
    for (int day = 0; day < market.length; day++) {
      double sum = 0;
      int count = 0;
      for (int asset = 0; asset < assets; asset++) {
        float r = returns[day * assets + asset];
        if (Float.isFinite(r)) {
          sum += r;
          count++;
        }
      }
      market[day] = count == 0 ? Double.NaN : sum / count;
    }
    return market;
  }

  private static Map<String, Feature> known() {
    List<Feature> features = List.of(
        Feature.of(
            "return_1", "decimal return", "close / previous close - 1", 1, AssetHistory::returns),
        ratio("momentum_12_1", "close 21 days earlier / close 252 days earlier - 1", 252, 21),
        ratio("reversal_5", "close / close 5 days earlier - 1", 5, 0),
        ratio("reversal_21", "close / close 21 days earlier - 1", 21, 0),
        deviation("volatility_21", 21),
        deviation("volatility_63", 63),
        Feature.of(
            "max_21",
            "decimal return",
            "largest daily return of 21 days",
            21,
            a -> Rolling.over(a.returns(), 21, Rolling::largest)),
        Feature.of(
            "skew_63",
            "ratio",
            "skewness of 63 daily returns",
            63,
            a -> Rolling.over(a.returns(), 63, Rolling::skew)),
        Feature.of(
            "turnover_21",
            "ratio",
            "log of mean dollar volume of 21 days over that of 252 days",
            252,
            FeatureSet::turnover),
        Feature.of(
            "amihud_21",
            "log of 1/USD",
            "log of the mean of |return| / dollar volume over 21 days",
            21,
            FeatureSet::amihud),
        Feature.of(
            "size_63",
            "log of USD",
            "log of mean dollar volume of 63 days: a stand-in for size where shares are not known",
            63,
            a -> log(Rolling.over(a.dollarVolume(), 63, Rolling::mean))),
        Feature.of(
            "beta_252",
            "ratio",
            "slope of 252 daily returns on the market's",
            252,
            FeatureSet::beta),
        Feature.of(
            "rsi_14",
            "share in [0, 1]",
            "relative strength index over 14 days (Wilder) / 100",
            42,
            a -> scaled(a.values(new RSIIndicator(new ClosePriceIndicator(a.bars()), 14)), 0.01)),
        Feature.of("macd", "ratio", "(EMA 12 - EMA 26 - its EMA 9) / close", 105, FeatureSet::macd),
        Feature.of(
            "atr_14",
            "ratio",
            "average true range over 14 days (Wilder) / close",
            42,
            a -> overClose(a.values(new ATRIndicator(a.bars(), 14)), a)),
        Feature.of(
            "bollinger_width_20",
            "ratio",
            "(upper - lower band) / middle, 20 days, 2 deviations",
            20,
            FeatureSet::bollingerWidth),
        Feature.of(
            "roc_10",
            "share",
            "rate of change over 10 days",
            10,
            a -> scaled(a.values(new ROCIndicator(new ClosePriceIndicator(a.bars()), 10)), 0.01)));
    Map<String, Feature> known = new LinkedHashMap<>();
    features.forEach(feature -> known.put(feature.spec().name(), feature));
    return known;
  }

  private static Feature ratio(String name, String definition, int from, int to) {
    return Feature.of(name, "decimal return", definition, from, asset -> {
      double[] close = asset.close();
      double[] ratio = new double[close.length];
      for (int i = 0; i < close.length; i++) {
        ratio[i] = i < from ? Double.NaN : close[i - to] / close[i - from] - 1;
      }
      return ratio;
    });
  }

  private static Feature deviation(String name, int days) {
    return Feature.of(
        name,
        "decimal a day",
        "standard deviation of %d daily returns".formatted(days),
        days,
        asset -> Rolling.over(asset.returns(), days, Rolling::deviation));
  }

  private static double[] turnover(AssetHistory asset) {
    double[] shortMean = Rolling.over(asset.dollarVolume(), 21, Rolling::mean);
    double[] longMean = Rolling.over(asset.dollarVolume(), 252, Rolling::mean);
    double[] ratio = new double[shortMean.length];
    for (int i = 0; i < ratio.length; i++) {
      ratio[i] = shortMean[i] / longMean[i];
    }
    return log(ratio);
  }

  private static double[] amihud(AssetHistory asset) {
    double[] value = asset.dollarVolume();
    double[] impact = new double[value.length];
    for (int i = 0; i < value.length; i++) {
      impact[i] = value[i] > 0 ? Math.abs(asset.returns()[i]) / value[i] : Double.NaN;
    }
    return log(Rolling.over(impact, 21, Rolling::mean));
  }

  private static double[] beta(AssetHistory asset) {
    double[] r = asset.returns();
    double[] m = asset.marketReturns();
    double[] product = new double[r.length];
    double[] square = new double[r.length];
    double[] marketOfReturn = new double[r.length];
    for (int i = 0; i < r.length; i++) {
      product[i] = r[i] * m[i];
      square[i] = m[i] * m[i] + 0 * r[i];
      marketOfReturn[i] =
          m[i] + 0 * r[i]; // missing where the return is, so that all means share their days
    }
    double[] meanProduct = Rolling.over(product, 252, Rolling::mean);
    double[] meanSquare = Rolling.over(square, 252, Rolling::mean);
    double[] meanMarket = Rolling.over(marketOfReturn, 252, Rolling::mean);
    double[] meanReturn = Rolling.over(r, 252, Rolling::mean);
    double[] beta = new double[r.length];
    for (int i = 0; i < beta.length; i++) {
      double variance = meanSquare[i] - meanMarket[i] * meanMarket[i];
      beta[i] = (meanProduct[i] - meanReturn[i] * meanMarket[i]) / variance;
    }
    return beta;
  }

  private static double[] macd(AssetHistory asset) {
    MACDIndicator macd = new MACDIndicator(new ClosePriceIndicator(asset.bars()), 12, 26);
    double[] line = asset.values(macd);
    double[] signal = asset.values(new EMAIndicator(macd, 9));
    for (int i = 0; i < line.length; i++) {
      line[i] -= signal[i];
    }
    return overClose(line, asset);
  }

  private static double[] bollingerWidth(AssetHistory asset) {
    ClosePriceIndicator close = new ClosePriceIndicator(asset.bars());
    BollingerBandsMiddleIndicator middle =
        new BollingerBandsMiddleIndicator(new SMAIndicator(close, 20));
    StandardDeviationIndicator deviation = new StandardDeviationIndicator(close, 20);
    return scaled(
        asset.values(new BollingerBandWidthIndicator(
            new BollingerBandsUpperIndicator(middle, deviation),
            middle,
            new BollingerBandsLowerIndicator(middle, deviation))),
        0.01);
  }

  private static double[] overClose(double[] values, AssetHistory asset) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= asset.close()[i];
    }
    return values;
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  private static double[] log(double[] values) {
    return Arrays.stream(values)
        .map(value -> value > 0 ? Math.log(value) : Double.NaN)
        .toArray();
  }

  /** Meaning of a feature, for explanations. */
  public static FieldSpec specOf(String name) {
    return of(List.of(name)).features.get(0).spec();
  }
}
