package alphadistill.cli.teacher;

import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import alphadistill.data.source.NumberTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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
    Set<String> taken = new LinkedHashSet<>(factors);
    if (riskFree != null) {
      taken.add(riskFree);
    }
    List<String> own = assets.isEmpty() ? others(returns, taken) : assets;
    boolean cashWithReturns = riskFree != null && has(returns, riskFree);
    if (riskFree != null
        && !cashWithReturns
        && (factorFile == null || !has(factorFile, riskFree))) {
      throw new UsageException("--risk-free: no column '%s' in %s%s"
          .formatted(riskFree, returns, factorFile == null ? "" : " or " + factorFile));
    }
    Series left = Series.read(returns, time, with(own, cashWithReturns ? riskFree : null));
    Series right = null;
    if (factorFile != null) {
      Set<String> nothing = new LinkedHashSet<>(factorFile.equals(returns) ? own : List.of());
      if (riskFree != null) {
        nothing.add(riskFree);
      }
      List<String> columns = factors.isEmpty() ? others(factorFile, nothing) : factors;
      right = Series.read(
          factorFile, time, with(columns, riskFree != null && !cashWithReturns ? riskFree : null));
    }
    return join(left, right, own.size());
  }

  private static List<String> with(List<String> columns, String more) {
    List<String> all = new ArrayList<>(columns);
    if (more != null) {
      all.add(more);
    }
    return all;
  }

  private List<String> others(Path file, Set<String> taken) {
    String period = time == null ? Series.timeColumn(file) : time;
    return NumberTable.columns(file).stream()
        .filter(name -> !name.equalsIgnoreCase(period))
        .filter(name -> taken.stream().noneMatch(name::equalsIgnoreCase))
        .toList();
  }

  private static boolean has(Path file, String column) {
    return NumberTable.columns(file).stream().anyMatch(column::equalsIgnoreCase);
  }

  private Returns join(Series left, Series right, int assetCount) {
    Map<LocalDate, Integer> there = right == null ? Map.of() : right.rows();
    List<LocalDate> periods = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
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
      double[] all = concatenated(left, row, right, other);
      if (Arrays.stream(all).anyMatch(Double::isNaN)) {
        incomplete++;
        continue;
      }
      periods.add(period);
      rows.add(all);
    }
    if (periods.size() < 2) {
      throw DataException.in(
          returns,
          "%d complete periods are left, 2 are the least: %d have a missing number, %d are not in %s; check --from, --to and the columns"
              .formatted(periods.size(), incomplete, alone, factorFile));
    }
    boolean cashLeft = left.names().size() > assetCount;
    int cashColumn = riskFree == null
        ? -1
        : cashLeft ? assetCount : left.names().size() + right.names().size() - 1;
    int firstFactor = left.names().size();
    int factorCount =
        right == null ? 0 : right.names().size() - (riskFree != null && !cashLeft ? 1 : 0);
    return new Returns(
        this,
        periods,
        left.names().subList(0, assetCount),
        part(rows, row -> Arrays.copyOf(row, assetCount)),
        right == null ? List.of() : right.names().subList(0, factorCount),
        part(rows, row -> Arrays.copyOfRange(row, firstFactor, firstFactor + factorCount)),
        cashColumn < 0
            ? null
            : rows.stream().mapToDouble(row -> row[cashColumn]).toArray(),
        incomplete,
        alone);
  }

  private static double[] concatenated(Series left, int row, Series right, Integer other) {
    int width = left.names().size() + (right == null ? 0 : right.names().size());
    double[] all = new double[width];
    for (int i = 0; i < width; i++) {
      int beyond = i - left.names().size();
      all[i] = beyond < 0 ? left.values()[i][row] : right.values()[beyond][other];
    }
    return all;
  }

  private static double[][] part(List<double[]> rows, Function<double[], double[]> columns) {
    return rows.stream().map(columns).toArray(double[][]::new);
  }
}
