package alphadistill.student.study;

import alphadistill.augment.window.Channel;
import alphadistill.augment.window.WindowSchema;
import alphadistill.data.DataException;
import alphadistill.data.feature.CrossSectionalScaling;
import alphadistill.data.feature.FeatureSet;
import alphadistill.data.feature.Returns;
import alphadistill.data.filing.FilingCharacteristics;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.regime.VolatilityRegimes;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.fold.Span;
import alphadistill.student.sample.CrossSection;
import alphadistill.student.sample.Samples;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A market seen through a study's eyes: features, labels, regimes and which (day, asset) pairs are samples. Every number
 * of a day uses nothing after that day's close, labels excepted, which carry the day they are known. Nothing here is
 * fitted, so it is made once for all folds. Immutable, safe for use by several threads.
 *
 * <pre>{@code
 * Study study = Study.of(MarketData.of(market), spec);
 * for (FoldPlan.Fold fold : study.folds()) { ... }
 * }</pre>
 */
public final class Study {
  /** The last channel of a window: 1 where the asset was quoted. */
  public static final String PRESENT = "present";

  private static final int REGIME_WINDOW = 21;

  private final StudySpec spec;
  private final Panel prices;
  private final Optional<FactorReturns> factors;
  private final Panel features;
  private final WindowSchema schema;
  private final boolean[] present; // (day, asset): quoted
  private final boolean[] eligible; // (day, asset): a sample may end here
  private final float[] target; // (day, asset): forward return in deviations of its date
  private final double[] labelDeviation; // by day: deviation of forward returns across assets
  private final int[] regimes; // by day

  private Study(MarketData market, StudySpec spec) {
    this.spec = spec;
    this.prices = market.prices();
    this.factors = market.factors().map(f -> f.on(prices.dates()));
    this.present = present(prices);
    Panel raw = rawFeatures(market, spec.features());
    CrossSectionalScaling.Members members =
        (day, asset) -> present[cell(day, asset)] && market.universe().contain(day, asset);
    this.features = spec.features().scaling().scale(raw, members);
    this.schema = schema(features, spec);
    this.eligible = eligible(members);
    this.labelDeviation = new double[prices.days()];
    this.target = target(Returns.forward(prices, spec.label()));
    this.regimes = new VolatilityRegimes(REGIME_WINDOW).labels(marketReturns());
  }

  private Study(Study other, float[] target) {
    this.spec = other.spec;
    this.prices = other.prices;
    this.factors = other.factors;
    this.features = other.features;
    this.schema = other.schema;
    this.present = other.present;
    this.eligible = other.eligible;
    this.target = target;
    this.labelDeviation = other.labelDeviation;
    this.regimes = other.regimes;
  }

  /** @throws IllegalArgumentException if a feature is unknown */
  public static Study of(MarketData market, StudySpec spec) {
    return new Study(market, spec);
  }

  /** The same study with the known labels of each day dealt anew among its assets: a control, nothing can be learnt. */
  public Study withShuffledTargets(long seed) {
    float[] shuffled = target.clone();
    for (int day = 0; day < prices.days(); day++) {
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + day);
      int[] known = new int[assets()];
      int count = 0;
      for (int asset = 0; asset < assets(); asset++) {
        if (Float.isFinite(target(day, asset))) {
          known[count++] = cell(day, asset);
        }
      }
      for (int i = count - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        float label = shuffled[known[i]];
        shuffled[known[i]] = shuffled[known[other]];
        shuffled[known[other]] = label;
      }
    }
    return new Study(this, shuffled);
  }

  public StudySpec spec() {
    return spec;
  }

  public Panel prices() {
    return prices;
  }

  /** Factor returns on the days of the prices. */
  public Optional<FactorReturns> factors() {
    return factors;
  }

  /** Scaled features, one field each; NaN = missing. */
  public Panel features() {
    return features;
  }

  /** Windows have the features as channels, then {@link #PRESENT}. */
  public WindowSchema schema() {
    return schema;
  }

  public List<LocalDate> dates() {
    return prices.dates();
  }

  public int assets() {
    return prices.assetCount();
  }

  public boolean isPresent(int day, int asset) {
    return present[cell(day, asset)];
  }

  /** Whether a sample may end on this day: known at its close, whatever the label will be. */
  public boolean isEligible(int day, int asset) {
    return eligible[cell(day, asset)];
  }

  /** Forward return in deviations of its date's cross-section of members; NaN = not known in these data. */
  public float target(int day, int asset) {
    return target[cell(day, asset)];
  }

  /** Targets, row-major (day, asset), as a teacher learns from them; not to be changed. */
  public float[] targets() {
    return target;
  }

  /** Deviation of the forward returns of a day across assets, decimal; NaN where they are not known. */
  public double labelDeviation(int day) {
    return labelDeviation[day];
  }

  /** Volatility regime of a day, thresholds from its past; negative = unknown. */
  public int regime(int day) {
    return regimes[day];
  }

  /** Samples of a span whose label is known, which training and validation need. */
  public Samples labelled(Span span) {
    return Samples.in(
        span,
        spec.folds().stride(),
        assets(),
        (day, asset) -> isEligible(day, asset) && Float.isFinite(target(day, asset)));
  }

  /** Samples of every day of a span, whatever their labels: a forecast never depends on whether its return is known. */
  public Samples forecastable(Span span) {
    return Samples.in(span, 1, assets(), this::isEligible);
  }

  /** Those of some samples whose label is known. */
  public Samples labelledEveryDay(Samples samples) {
    return samples.where((day, asset) -> Float.isFinite(target(day, asset)));
  }

  /**
   * Folds from the first day with samples to the last day of the prices.
   *
   * @throws DataException if the history is too short for one
   */
  public List<FoldPlan.Fold> folds() {
    int first = firstEligibleDay();
    FoldPlan plan = spec.folds().plan(spec.label(), spec.window());
    if (prices.days() - first < plan.leastDays()) {
      throw new DataException("from %s, the first date with samples, to %s: %s"
          .formatted(
              dates().get(first),
              dates().get(prices.days() - 1),
              plan.shortfall(prices.days() - first)));
    }
    return plan.over(first, prices.days() - 1);
  }

  /** @throws DataException if no day has enough assets */
  public int firstEligibleDay() {
    for (int cell = 0; cell < eligible.length; cell++) {
      if (eligible[cell]) {
        return cell / assets();
      }
    }
    throw new DataException(
        "no date has %d assets with all features and %.0f %% of a %d-day window: the history of %d days and %d assets is too short, or features need a longer warm-up (up to %d days); %s"
            .formatted(
                spec.minimumAssets(),
                100 * spec.window().minimumPresent(),
                spec.window().lookback(),
                prices.days(),
                prices.assetCount(),
                schema.lookback(),
                scarcestFeature()));
  }

  /** The feature that is known of the fewest members on its best day, in words. */
  private String scarcestFeature() {
    String scarcest = "";
    int fewest = Integer.MAX_VALUE;
    for (int field = 0; field < features.fields().size(); field++) {
      int most = 0;
      for (int day = 0; day < prices.days(); day++) {
        int known = 0;
        for (float value : features.crossSection(field, day)) {
          known += Float.isFinite(value) ? 1 : 0;
        }
        most = Math.max(most, known);
      }
      if (most < fewest) {
        fewest = most;
        scarcest = features.fields().get(field).name();
      }
    }
    return "'%s' is known of %d assets a day at most".formatted(scarcest, fewest);
  }

  private int cell(int day, int asset) {
    return day * prices.assetCount() + asset;
  }

  private static boolean[] present(Panel prices) {
    int close = prices.fieldIndex("close");
    boolean[] present = new boolean[prices.days() * prices.assetCount()];
    for (int day = 0; day < prices.days(); day++) {
      for (int asset = 0; asset < prices.assetCount(); asset++) {
        present[day * prices.assetCount() + asset] =
            Float.isFinite(prices.value(close, day, asset));
      }
    }
    return present;
  }

  /** Features before scaling: own characteristics where the market has a field of that name, computed otherwise. */
  public static Panel rawFeatures(MarketData market, FeatureSpec spec) {
    Panel own = market.characteristics().orElse(null);
    List<String> computed =
        spec.names().stream().filter(name -> own == null || !own.hasField(name)).toList();
    Panel features = computed.isEmpty()
        ? null
        : FeatureSet.of(computed).compute(market.prices(), market.factors().orElse(null));
    Panel.Builder panel = Panel.builder(market.prices().dates(), market.prices().assets());
    for (String name : spec.names()) {
      Panel source = computed.contains(name) ? features : own;
      int field = source.fieldIndex(name);
      panel.field(source.fields().get(field), values(source, field));
    }
    return panel.build();
  }

  private static float[] values(Panel panel, int field) {
    float[] values = new float[panel.days() * panel.assetCount()];
    for (int day = 0; day < panel.days(); day++) {
      System.arraycopy(
          panel.crossSection(field, day), 0, values, day * panel.assetCount(), panel.assetCount());
    }
    return values;
  }

  private static WindowSchema schema(Panel features, StudySpec spec) {
    boolean affine = spec.features().scaling().method() == CrossSectionalScaling.Method.ZSCORE;
    List<Channel> channels = new ArrayList<>();
    for (FieldSpec field : features.fields()) {
      channels.add(new Channel(
          field.name(),
          affine && isLinear(field.name()) ? Channel.Kind.LINEAR : Channel.Kind.NONLINEAR,
          field.warmUp() + 1));
    }
    channels.add(new Channel(PRESENT, Channel.Kind.PRESENCE, 1));
    return new WindowSchema(spec.window().lookback(), channels);
  }

  /** Whether a feature mixes as a portfolio does; a market's characteristics of any other kind do. */
  private static boolean isLinear(String name) {
    return FeatureSet.names().contains(name)
        ? FeatureSet.isLinear(name)
        : !FilingCharacteristics.names().contains(name) || FilingCharacteristics.isLinear(name);
  }

  private boolean[] eligible(CrossSectionalScaling.Members members) {
    int lookback = spec.window().lookback();
    double needed = spec.window().minimumPresent() * lookback;
    boolean[] eligible = new boolean[present.length];
    int[] quoted = new int[assets()]; // days with a price in the window that ends today
    for (int day = 0; day < prices.days(); day++) {
      int count = 0;
      for (int asset = 0; asset < assets(); asset++) {
        quoted[asset] += present[cell(day, asset)] ? 1 : 0;
        quoted[asset] -= day >= lookback && present[cell(day - lookback, asset)] ? 1 : 0;
        boolean fits = day >= lookback - 1
            && quoted[asset] >= needed
            && members.contain(day, asset)
            && allFeatures(day, asset);
        eligible[cell(day, asset)] = fits;
        count += fits ? 1 : 0;
      }
      if (count < spec.minimumAssets()) {
        Arrays.fill(eligible, cell(day, 0), cell(day, 0) + assets(), false);
      }
    }
    return eligible;
  }

  private boolean allFeatures(int day, int asset) {
    for (int field = 0; field < features.fields().size(); field++) {
      if (!Float.isFinite(features.value(field, day, asset))) {
        return false;
      }
    }
    return true;
  }

  private float[] target(float[] forward) {
    float[] target = new float[forward.length];
    Arrays.fill(target, Float.NaN);
    double[] values = new double[assets()];
    int[] at = new int[assets()];
    for (int day = 0; day < prices.days(); day++) {
      int count = 0;
      for (int asset = 0; asset < assets(); asset++) {
        if (eligible[cell(day, asset)] && Float.isFinite(forward[cell(day, asset)])) {
          at[count] = cell(day, asset);
          values[count++] = forward[cell(day, asset)];
        }
      }
      labelDeviation[day] = count < 2 ? Double.NaN : CrossSection.deviation(values, 0, count);
      if (count >= 2) {
        CrossSection.standardise(values, 0, count);
        for (int i = 0; i < count; i++) {
          target[at[i]] = (float) values[i];
        }
      }
    }
    return target;
  }

  /** Returns of the market factor plus cash, or of all quoted assets equally. */
  private double[] marketReturns() {
    double[] market = new double[prices.days()];
    if (factors.isPresent()) {
      for (int day = 0; day < market.length; day++) {
        market[day] = factors.get().returns()[day][0] + factors.get().riskFree()[day];
      }
      return market;
    }
    float[] returns = Returns.daily(prices);
    for (int day = 0; day < market.length; day++) {
      double sum = 0;
      int count = 0;
      for (int asset = 0; asset < assets(); asset++) {
        float value = returns[cell(day, asset)];
        if (Float.isFinite(value)) {
          sum += value;
          count++;
        }
      }
      market[day] = count == 0 ? Double.NaN : sum / count;
    }
    return market;
  }
}
