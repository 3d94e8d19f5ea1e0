package alphadistill.data.simulate;

import alphadistill.data.feature.LabelSpec;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * A market with known loadings, premia, regimes, fat tails, missing names and a planted alpha, whose oracle is known.
 *
 * <pre>
 * r(t+1) = cash + loadings . f(t+1) + mu(c(t)) + own shock        c: six characteristics, known at the close of t
 * mu     = strength * (linear share * linear(c) + rest * (c1 c2 + (c3^2 - 1) / sqrt 2) / sqrt 2)
 * </pre>
 *
 * <p>Characteristics are independent first-order autoregressions with a half-life of 23 days. c1 and c4 enter linearly,
 * c5 and c6 are decoys. Shocks are Student-t with 5 degrees of freedom; three volatility regimes follow a Markov chain
 * and scale factors and shocks alike. One asset in ten is listed late, one in twenty delisted early, and two quotes in a
 * thousand are missing.
 */
public final class SimulatedMarket {
  /** Names of the factors. */
  public static final List<String> FACTORS = List.of("MKT", "F2", "F3");

  private static final int CHARACTERISTICS = 6;
  private static final double PERSISTENCE = 0.97;
  private static final double LINEAR_SHARE = 0.45; // of the variance of mu in a nonlinear market
  private static final double OWN_VOLATILITY = 0.015; // a day
  private static final double[] REGIME_VOLATILITY = {0.7, 1.0, 1.7};
  private static final double[] REGIME_SHARE = {0.25, 0.5, 0.25}; // of days, in the long run
  private static final double REGIME_STAY = 0.985;
  private static final double[] FACTOR_VOLATILITY = {0.009, 0.004, 0.004};
  private static final double[] FACTOR_PREMIUM = {0.0003, 0.0001, 0.0001}; // a day
  private static final double[] LOADING_MEAN = {1, 0, 0};
  private static final double[] LOADING_SPREAD = {0.3, 0.5, 0.5};
  private static final LabelSpec WEEK = new LabelSpec(5, 1);
  private static final double CASH = 0.00005; // a day
  private static final LocalDate FIRST_DAY = LocalDate.of(2010, 1, 4);

  private final SimulationSpec spec;
  private final Panel prices;
  private final Panel characteristics;
  private final FactorReturns factors;
  private final double[][] loadings;
  private final int[] regimes;
  private final double strength;

  private SimulatedMarket(SimulationSpec spec) {
    this.spec = spec;
    RandomGenerator random = new Well19937c(spec.seed());
    List<LocalDate> dates = weekdays(spec.days());
    List<String> assets =
        IntStream.range(0, spec.assets()).mapToObj("A%04d"::formatted).toList();
    this.strength = spec.kind() == SimulationSpec.Kind.NOISE ? 0 : strengthFor(spec.oracleIc());
    this.loadings = loadings(random);
    this.regimes = regimes(random);
    this.factors = factors(random, dates);
    this.characteristics = characteristics(random, dates, assets);
    this.prices = prices(random, dates, assets);
  }

  /** The same spec gives the same market, to the bit. */
  public static SimulatedMarket of(SimulationSpec spec) {
    return new SimulatedMarket(spec);
  }

  /** Whether anything can be predicted. */
  public boolean hasAlpha() {
    return spec.kind() != SimulationSpec.Kind.NOISE;
  }

  /** Open, high, low, close, volume; NaN where an asset is not quoted. */
  public Panel prices() {
    return prices;
  }

  /** {@code c1 .. c6}, standard normal across assets, known at the close of their day. */
  public Panel characteristics() {
    return characteristics;
  }

  /** Returns of the three factors and of cash. */
  public FactorReturns factors() {
    return factors;
  }

  /** True loadings, {@code [asset][factor]}. */
  public double[][] loadings() {
    return Arrays.stream(loadings).map(double[]::clone).toArray(double[][]::new);
  }

  /** True volatility regime of each day: 0 calm, 1 normal, 2 turbulent. */
  public int[] regimes() {
    return regimes.clone();
  }

  /**
   * The best forecast there is: expected alpha over the label's days given everything known at the close of the day,
   * plus, outside noise markets, what the loadings earn. Decimal return.
   */
  public double oracle(LabelSpec label, int day, int asset) {
    if (spec.kind() == SimulationSpec.Kind.NOISE) {
      return 0;
    }
    double linear = 0;
    double curved = 0;
    for (int ahead = label.lag(); ahead < label.lag() + label.horizon(); ahead++) {
      linear += Math.pow(PERSISTENCE, ahead);
      curved +=
          Math.pow(PERSISTENCE, 2 * ahead); // both the product and the square decay twice as fast
    }
    double premia = 0;
    for (int k = 0; k < FACTORS.size(); k++) {
      premia += loadings[asset][k] * FACTOR_PREMIUM[k] * label.horizon();
    }
    return premia
        + strength
            * (linearWeight() * linearPart(day, asset) * linear
                + curvedWeight() * curvedPart(day, asset) * curved);
  }

  private double linearWeight() {
    return spec.kind() == SimulationSpec.Kind.LINEAR ? 1 : Math.sqrt(LINEAR_SHARE);
  }

  private double curvedWeight() {
    return spec.kind() == SimulationSpec.Kind.LINEAR ? 0 : Math.sqrt(1 - LINEAR_SHARE);
  }

  /** Unit variance. */
  private double linearPart(int day, int asset) {
    return 0.8 * characteristics.value(0, day, asset) - 0.6 * characteristics.value(3, day, asset);
  }

  /** Unit variance, uncorrelated with every characteristic. */
  private double curvedPart(int day, int asset) {
    double c1 = characteristics.value(0, day, asset);
    double c2 = characteristics.value(1, day, asset);
    double c3 = characteristics.value(2, day, asset);
    return (c1 * c2 + (c3 * c3 - 1) / Math.sqrt(2)) / Math.sqrt(2);
  }

  private double mu(int day, int asset) {
    return strength
        * (linearWeight() * linearPart(day, asset) + curvedWeight() * curvedPart(day, asset));
  }

  /**
   * Daily deviation of mu that gives the wanted correlation over a week at a lag of one day, by bisection: the
   * correlation rises with it.
   */
  private double strengthFor(double ic) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (oracleCorrelation(middle) < ic) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Correlation of the oracle with the week's return across assets, on average over the regimes. */
  private double oracleCorrelation(double strength) {
    double linear = 0;
    double curved = 0;
    for (int ahead = WEEK.lag(); ahead < WEEK.lag() + WEEK.horizon(); ahead++) {
      linear += Math.pow(PERSISTENCE, ahead);
      curved += Math.pow(PERSISTENCE, 2 * ahead);
    }
    double known = 0; // variance of the oracle
    double systematic = 0; // daily variance of what factors do to assets of different loadings
    for (int k = 0; k < FACTORS.size(); k++) {
      double spread = LOADING_SPREAD[k] * LOADING_SPREAD[k];
      double premium = FACTOR_PREMIUM[k] * WEEK.horizon();
      known += spread * premium * premium;
      systematic += spread * FACTOR_VOLATILITY[k] * FACTOR_VOLATILITY[k];
    }
    double alpha = Math.pow(linearWeight() * linear, 2) + Math.pow(curvedWeight() * curved, 2);
    known += strength * strength * alpha;
    double daily = OWN_VOLATILITY * OWN_VOLATILITY + systematic;
    double correlation = 0;
    for (int regime = 0; regime < REGIME_VOLATILITY.length; regime++) {
      double unknown =
          WEEK.horizon() * daily * REGIME_VOLATILITY[regime] * REGIME_VOLATILITY[regime];
      correlation += REGIME_SHARE[regime] * Math.sqrt(known / (known + unknown));
    }
    return correlation;
  }

  private double[][] loadings(RandomGenerator random) {
    double[][] drawn = new double[spec.assets()][FACTORS.size()];
    for (double[] asset : drawn) {
      for (int k = 0; k < asset.length; k++) {
        asset[k] = LOADING_MEAN[k] + LOADING_SPREAD[k] * random.nextGaussian();
      }
    }
    return drawn;
  }

  private int[] regimes(RandomGenerator random) {
    int[] drawn = new int[spec.days()];
    int now = 1;
    for (int day = 0; day < drawn.length; day++) {
      if (random.nextDouble() > REGIME_STAY) {
        now = now == 1
            ? (random.nextBoolean() ? 0 : 2)
            : 1; // calm and turbulent meet only through normal
      }
      drawn[day] = now;
    }
    return drawn;
  }

  private FactorReturns factors(RandomGenerator random, List<LocalDate> dates) {
    double[][] returns = new double[spec.days()][FACTORS.size()];
    double[] cash = new double[spec.days()];
    for (int day = 0; day < returns.length; day++) {
      for (int k = 0; k < returns[day].length; k++) {
        double premium = spec.kind() == SimulationSpec.Kind.NOISE ? 0 : FACTOR_PREMIUM[k];
        returns[day][k] =
            premium + FACTOR_VOLATILITY[k] * REGIME_VOLATILITY[regimes[day]] * fatTailed(random);
      }
      cash[day] = CASH;
    }
    return new FactorReturns(dates, FACTORS, returns, cash);
  }

  private Panel characteristics(
      RandomGenerator random, List<LocalDate> dates, List<String> assets) {
    float[][] values = new float[CHARACTERISTICS][spec.days() * spec.assets()];
    double innovation = Math.sqrt(1 - PERSISTENCE * PERSISTENCE);
    for (float[] field : values) {
      for (int asset = 0; asset < spec.assets(); asset++) {
        double value = random.nextGaussian();
        for (int day = 0; day < spec.days(); day++) {
          field[day * spec.assets() + asset] = (float) value;
          value = PERSISTENCE * value + innovation * random.nextGaussian();
        }
      }
    }
    Panel.Builder panel = Panel.builder(dates, assets);
    for (int i = 0; i < CHARACTERISTICS; i++) {
      panel.field(
          new FieldSpec(
              "c" + (i + 1),
              "deviations",
              "simulated autoregression, known at the close of the day",
              0),
          values[i]);
    }
    return panel.build();
  }

  private Panel prices(RandomGenerator random, List<LocalDate> dates, List<String> assets) {
    int count = spec.assets();
    float[][] values = new float[5][spec.days() * count]; // open, high, low, close, volume
    for (float[] field : values) {
      Arrays.fill(field, Float.NaN);
    }
    for (int asset = 0; asset < count; asset++) {
      int first = random.nextDouble() < 0.1 ? random.nextInt(spec.days() / 2 + 1) : 0;
      int last = random.nextDouble() < 0.05
          ? spec.days() / 2 + random.nextInt((spec.days() + 1) / 2)
          : spec.days() - 1;
      double price = 20 * Math.exp(0.5 * random.nextGaussian());
      double turnover = 1e7 * Math.exp(random.nextGaussian());
      for (int day = 0; day < spec.days(); day++) {
        double volatility = OWN_VOLATILITY * REGIME_VOLATILITY[regimes[day]];
        double previous = price;
        if (day > 0) {
          price *= 1 + Math.max(-0.9, dayReturn(day, asset) + volatility * fatTailed(random));
        }
        double open = previous * (1 + 0.3 * volatility * random.nextGaussian());
        double reach = 1 + 0.5 * volatility * Math.abs(random.nextGaussian());
        double volume = turnover / price * Math.exp(0.4 * random.nextGaussian());
        boolean quoted = random.nextDouble() >= 0.002;
        if (quoted && day >= first && day <= last) {
          int cell = day * count + asset;
          values[0][cell] = (float) open;
          values[1][cell] = (float) (Math.max(open, price) * reach);
          values[2][cell] = (float) (Math.min(open, price) / reach);
          values[3][cell] = (float) price;
          values[4][cell] = (float) Math.rint(volume);
        }
      }
    }
    return Panel.builder(dates, assets)
        .field(FieldSpec.raw("open", "USD"), values[0])
        .field(FieldSpec.raw("high", "USD"), values[1])
        .field(FieldSpec.raw("low", "USD"), values[2])
        .field(FieldSpec.raw("close", "USD"), values[3])
        .field(FieldSpec.raw("volume", "shares"), values[4])
        .build();
  }

  /** What is not the asset's own shock: cash, factors of the day, and the alpha known the day before. */
  private double dayReturn(int day, int asset) {
    double systematic = 0;
    for (int k = 0; k < FACTORS.size(); k++) {
      systematic += loadings[asset][k] * factors.returns()[day][k];
    }
    return CASH + systematic + mu(day - 1, asset);
  }

  /** Student-t with 5 degrees of freedom, scaled to unit variance. */
  private static double fatTailed(RandomGenerator random) {
    double squares = 0;
    for (int i = 0; i < 5; i++) {
      double z = random.nextGaussian();
      squares += z * z;
    }
    return random.nextGaussian() / Math.sqrt(squares / 5) * Math.sqrt(3.0 / 5);
  }

  private static List<LocalDate> weekdays(int count) {
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = FIRST_DAY; days.size() < count; day = day.plusDays(1)) {
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        days.add(day);
      }
    }
    return days;
  }
}
