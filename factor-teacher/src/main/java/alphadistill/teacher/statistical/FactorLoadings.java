package alphadistill.teacher.statistical;

import alphadistill.teacher.covariance.SymmetricEigen;
import alphadistill.teacher.regression.CollinearRegressorsException;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Loadings of assets on statistical factors, fixed at the end of the window they were found in. They make factor returns
 * of later days from asset returns, which are then returns of portfolios fixed in advance.
 *
 * <p>Columns have mean square one (Bai and Ng's normalisation), so a factor return has the size of an asset return and a
 * beta on the first factor is near one.
 *
 * @param assets names, in the order of loadings
 * @param loadings {@code [asset][factor]}
 * @param scales what an asset's return is multiplied by before it is projected: one, or the mean deviation of all assets
 *     over its own
 * @param share of the window's total variance that the factors together have
 */
public record FactorLoadings(
    List<String> assets, double[][] loadings, double[] scales, double share) {

  public FactorLoadings {
    assets = List.copyOf(assets);
  }

  /** Brings columns to mean square one and their loading of largest size to a positive sign. */
  static FactorLoadings of(
      List<String> assets, double[][] columns, double[] scales, double[] eigenvalues) {
    double[][] loadings = Arrays.stream(columns).map(double[]::clone).toArray(double[][]::new);
    SymmetricEigen.fixSigns(loadings);
    int factors = loadings[0].length;
    for (int factor = 0; factor < factors; factor++) {
      double squares = 0;
      for (double[] own : loadings) {
        squares += own[factor] * own[factor];
      }
      double size = Math.sqrt(squares / loadings.length);
      for (double[] own : loadings) {
        own[factor] /= size;
      }
    }
    double share = Arrays.stream(eigenvalues, 0, factors).sum()
        / Arrays.stream(eigenvalues).sum();
    return new FactorLoadings(assets, loadings, scales, share);
  }

  /** Number of factors. */
  public int factors() {
    return loadings[0].length;
  }

  /**
   * Factor returns of one day: least squares of the scaled asset returns on the loadings, without a constant. Assets
   * without a return are left out.
   *
   * @param returns decimal excess return of each asset on that day, NaN = missing
   * @return NaN for all factors where fewer than half of the assets, or too few to tell the factors apart, have a return
   */
  public double[] factorReturns(double[] returns) {
    if (returns.length != loadings.length) {
      throw new IllegalArgumentException(
          "%d returns for loadings of %d assets".formatted(returns.length, loadings.length));
    }
    int[] present = IntStream.range(0, returns.length)
        .filter(asset -> !Double.isNaN(returns[asset]))
        .toArray();
    double[] missing = new double[factors()];
    Arrays.fill(missing, Double.NaN);
    if (2 * present.length < returns.length || present.length < factors()) {
      return missing;
    }
    double[][] columns = IntStream.range(0, factors())
        .mapToObj(factor ->
            Arrays.stream(present).mapToDouble(asset -> loadings[asset][factor]).toArray())
        .toArray(double[][]::new);
    double[] scaled = Arrays.stream(present)
        .mapToDouble(asset -> scales[asset] * returns[asset])
        .toArray();
    try {
      return LeastSquares.fit(Design.ofColumns(names(factors()), columns), scaled)
          .coefficients();
    } catch (CollinearRegressorsException e) { // a factor whose only assets do not trade today
      return missing;
    }
  }

  /**
   * These loadings turned towards earlier ones by the assets they share: {@link Procrustes}. Unchanged where they share
   * fewer assets than there are factors.
   */
  public FactorLoadings turnedTowards(FactorLoadings previous) {
    Map<String, Integer> index = new HashMap<>();
    for (int asset = 0; asset < previous.assets.size(); asset++) {
      index.put(previous.assets.get(asset), asset);
    }
    int[] shared = IntStream.range(0, loadings.length)
        .filter(asset -> index.containsKey(assets.get(asset)))
        .toArray();
    if (shared.length < factors()) {
      return this;
    }
    double[][] own =
        Arrays.stream(shared).mapToObj(asset -> loadings[asset]).toArray(double[][]::new);
    double[][] before = Arrays.stream(shared)
        .mapToObj(asset -> previous.loadings[index.get(assets.get(asset))])
        .toArray(double[][]::new);
    return new FactorLoadings(
        assets, Procrustes.turned(loadings, Procrustes.rotation(own, before)), scales, share);
  }

  /** {@code PC1 .. PCk}. */
  static List<String> names(int factors) {
    return IntStream.rangeClosed(1, factors).mapToObj(k -> "PC" + k).toList();
  }
}
