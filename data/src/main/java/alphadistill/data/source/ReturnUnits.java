package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.source.FrenchFile.Block;
import alphadistill.data.source.FrenchFile.Frequency;
import alphadistill.data.source.FrenchFile.Unit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Tells per cent from decimals by the size of a typical return. Half of a broad portfolio's daily returns are beyond
 * 0.2 to 0.6 per cent, a factor's beyond 0.1 to 0.3; the limits stand a factor of several away from both units.
 */
final class ReturnUnits {
  /** Fewer values than this say nothing about their unit. */
  private static final int ENOUGH = 20;

  private ReturnUnits() {}

  /** Refuses a table whose values, already brought to decimals from {@code unit}, are of the wrong size. */
  static void require(Path file, Block block, Unit unit) {
    double typical = typical(block.columns(), block.decimals());
    double limit = limit(block.frequency());
    if (unit == Unit.PERCENT && typical < limit / 100) {
      throw DataException.in(
          file,
          "the median size of the %s returns in '%s' is %.3g as written: these look like decimals already, not per cent; read the file with unit DECIMALS"
              .formatted(
                  block.frequency().toString().toLowerCase(Locale.ROOT),
                  block.title(),
                  100 * typical));
    }
    if (typical > limit) {
      throw DataException.in(file, tooLarge(block.frequency(), typical));
    }
  }

  /** Refuses daily factor returns that look like per cent. */
  static void requireDailyDecimals(String what, List<String> names, double[][] returns) {
    double typical = typical(names, returns);
    if (typical > limit(Frequency.DAILY)) {
      throw new DataException(what + ": " + tooLarge(Frequency.DAILY, typical));
    }
  }

  private static String tooLarge(Frequency frequency, double typical) {
    return "the median size of the %s returns is %.3g, which would be %.0f %%: these look like per cent where decimals are expected; divide by 100"
        .formatted(frequency.toString().toLowerCase(Locale.ROOT), typical, 100 * typical);
  }

  /** Above this a typical absolute return, as a decimal, cannot be right. */
  private static double limit(Frequency frequency) {
    return switch (frequency) {
      case DAILY -> 0.03;
      case WEEKLY -> 0.08;
      case MONTHLY -> 0.2;
      case ANNUAL -> 0.8;
    };
  }

  /** Median of absolute returns, without the risk-free one and without zeros; NaN when there are too few. */
  private static double typical(List<String> names, double[][] returns) {
    double[] sizes = Arrays.stream(returns)
        .flatMapToDouble(row -> IntStream.range(0, row.length)
            .filter(i -> !names.get(i).equals(FrenchFile.RISK_FREE))
            .mapToDouble(i -> Math.abs(row[i])))
        .filter(size -> size > 0)
        .sorted()
        .toArray();
    return sizes.length < ENOUGH ? Double.NaN : sizes[sizes.length / 2];
  }
}
