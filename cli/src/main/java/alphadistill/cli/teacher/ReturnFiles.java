package alphadistill.cli.teacher;

import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Which columns of which files are returns, factors and cash.
 *
 * @param returns file of the assets' returns, a column each
 * @param assets their columns; empty for all that are nothing else
 * @param factorFile file of the factors, which may be the same one; null without factors
 * @param factors their columns; empty for all of the factor file that are nothing else
 * @param time column of the period in both; null to find it by its name
 * @param riskFree column of the return of cash, in either file; null when the returns are in excess of it already
 * @param from first day; null for all
 * @param to last day; null for all
 */
public record ReturnFiles(
    Path returns,
    List<String> assets,
    Path factorFile,
    List<String> factors,
    String time,
    String riskFree,
    LocalDate from,
    LocalDate to) {

  public ReturnFiles {
    assets = List.copyOf(assets);
    factors = List.copyOf(factors);
    if (from != null && to != null && to.isBefore(from)) {
      throw new UsageException("--to %s is before --from %s".formatted(to, from));
    }
    if (factorFile != null && factorFile.equals(returns) && assets.isEmpty() && factors.isEmpty()) {
      throw new UsageException(
          "returns and factors are both in %s: name at least one of --assets and --factor-columns"
              .formatted(returns));
    }
  }

  /**
   * The periods that all files have and that are complete.
   *
   * @throws DataException if a file cannot be used, or no period is left
   */
  public Returns read() {
    Series.Columns here = Series.Columns.of(returns, time);
    Series.Columns there = factorFile == null ? null : Series.Columns.of(factorFile, time);
    boolean cashHere = riskFree != null && here.has(riskFree);
    boolean cashThere = riskFree != null && !cashHere;
    if (cashThere && (there == null || !there.has(riskFree))) {
      throw new UsageException("--risk-free: no column '%s' in %s%s"
          .formatted(riskFree, returns, there == null ? "" : " or " + factorFile));
    }
    List<String> own = assets.isEmpty() ? here.others(with(factors, riskFree)) : assets;
    Series left = here.read(with(own, cashHere ? riskFree : null));
    if (there == null) {
      return join(left, own, null, List.of(), cashHere);
    }
    List<String> taken = factorFile.equals(returns) ? own : List.of();
    List<String> explaining = factors.isEmpty() ? there.others(with(taken, riskFree)) : factors;
    return join(
        left, own, there.read(with(explaining, cashThere ? riskFree : null)), explaining, cashHere);
  }

  /** @param more null for nothing more */
  private static List<String> with(List<String> columns, String more) {
    List<String> all = new ArrayList<>(columns);
    if (more != null) {
      all.add(more);
    }
    return all;
  }

  /**
   * @param left assets, then cash if it is there
   * @param right factors, then cash if it is there; null without factors
   */
  private Returns join(
      Series left, List<String> own, Series right, List<String> explaining, boolean cashHere) {
    Map<LocalDate, Integer> there = right == null ? Map.of() : right.rows();
    List<LocalDate> periods = new ArrayList<>();
    List<double[]> ofAssets = new ArrayList<>();
    List<double[]> ofFactors = new ArrayList<>();
    DoubleStream.Builder cash = DoubleStream.builder();
    int incomplete = 0;
    int alone = 0;
    for (int row = 0; row < left.periods().size(); row++) {
      LocalDate period = left.periods().get(row);
      if ((from != null && period.isBefore(from)) || (to != null && period.isAfter(to))) {
        continue;
      }
      Integer other = there.get(period);
      if (right != null && other == null) {
        alone++;
        continue;
      }
      double[] assetReturns = left.first(own.size(), row);
      double[] factorReturns =
          right == null ? new double[0] : right.first(explaining.size(), other);
      double cashReturn = riskFree == null
          ? 0
          : cashHere ? left.value(own.size(), row) : right.value(explaining.size(), other);
      if (hasGap(assetReturns) || hasGap(factorReturns) || Double.isNaN(cashReturn)) {
        incomplete++;
        continue;
      }
      periods.add(period);
      ofAssets.add(assetReturns);
      ofFactors.add(factorReturns);
      cash.add(cashReturn);
    }
    if (periods.size() < 2) {
      throw DataException.in(
          returns,
          "%d complete periods are left, 2 are the least: %d have a missing number, %d are not in %s; check --from, --to and the columns"
              .formatted(periods.size(), incomplete, alone, factorFile));
    }
    return new Returns(
        this,
        periods,
        List.copyOf(own),
        ofAssets.toArray(double[][]::new),
        List.copyOf(explaining),
        ofFactors.toArray(double[][]::new),
        riskFree == null ? null : cash.build().toArray(),
        incomplete,
        alone);
  }

  private static boolean hasGap(double[] values) {
    return Arrays.stream(values).anyMatch(Double::isNaN);
  }
}
