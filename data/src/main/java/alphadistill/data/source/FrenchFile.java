package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.panel.FactorReturns;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A text file of Kenneth French's data library, plain or gzip: free text, then one or more tables. Returns become
 * decimals (2.96 in the file is 0.0296 here); the codes for missing, -99.99 and -999, become NaN.
 *
 * <pre>{@code
 * FrenchFile file = FrenchFile.read(Path.of("F-F_Research_Data_5_Factors_2x3_daily.CSV.gz"));
 * FactorReturns factors = file.factors();                 // Mkt-RF, SMB, HML, RMW, CMA and the risk-free return
 * FrenchFile.Block first = file.blocks().get(0);          // by position, or file.block("Equal Weighted")
 * }</pre>
 *
 * @param path where it was read from
 * @param vintage month of the underlying database as the file states it, such as {@code 202407}: values of one date
 *     differ between vintages
 * @param blocks tables in file order
 */
public record FrenchFile(Path path, Optional<String> vintage, List<Block> blocks) {
  /** Column of the risk-free return in the library's factor files. */
  static final String RISK_FREE = "RF";

  /** How numbers are written in a file. */
  public enum Unit {
    /** 2.96 is 2.96 %: the library's own form. */
    PERCENT,
    /** 0.0296 is 2.96 %: files that were converted before. */
    DECIMALS
  }

  /** Length of a table's periods. */
  public enum Frequency {
    DAILY,
    WEEKLY,
    MONTHLY,
    ANNUAL
  }

  /**
   * One table.
   *
   * @param title text above its header in one line; empty when there is none
   * @param frequency daily and weekly by the day given; months and years are dated by their last calendar day
   * @param columns column names, without blanks around them
   * @param dates strictly rising
   * @param decimals {@code [date][column]}, NaN = missing; returns are decimals, other numbers stand as written
   * @param returns whether these are returns; otherwise counts, sizes or ratios
   */
  public record Block(
      String title,
      Frequency frequency,
      List<String> columns,
      List<LocalDate> dates,
      double[][] decimals,
      boolean returns) {

    public Block {
      columns = List.copyOf(columns);
      dates = List.copyOf(dates);
    }

    /** @throws IllegalArgumentException if there is no such column; the message lists those there are */
    public double[] column(String name) {
      int index = columns.indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException(
            "no column '%s' in this table; it has %s".formatted(name, columns));
      }
      return Arrays.stream(decimals).mapToDouble(row -> row[index]).toArray();
    }
  }

  public FrenchFile {
    blocks = List.copyOf(blocks);
  }

  /**
   * Reads a file in the library's own form.
   *
   * @throws DataException if it cannot be read, holds no table, or its returns look like decimals already
   */
  public static FrenchFile read(Path file) {
    return read(file, Unit.PERCENT);
  }

  /**
   * Reads a file whose returns are written in {@code unit}.
   *
   * @throws DataException if it cannot be read, holds no table, or its returns look like the other unit
   */
  public static FrenchFile read(Path file, Unit unit) {
    return FrenchText.parse(file, TextFile.lines(file), unit);
  }

  /**
   * The first table whose title contains {@code words}, in any case.
   *
   * @throws DataException if there is none; the message lists the titles
   */
  public Block block(String words) {
    return blocks.stream()
        .filter(block ->
            block.title().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> DataException.in(
            path,
            "no table titled '%s'; there are %s"
                .formatted(words, blocks.stream().map(Block::title).toList())));
  }

  /**
   * The first daily table as factor returns; its column {@code RF}, where there is one, is the risk-free return and
   * otherwise that is NaN.
   *
   * @throws DataException if there is no daily table of returns
   */
  public FactorReturns factors() {
    Block daily = blocks.stream()
        .filter(block -> block.frequency() == Frequency.DAILY && block.returns())
        .findFirst()
        .orElseThrow(() -> DataException.in(
            path,
            "holds no daily returns, only %s; name the daily file of the library"
                .formatted(blocks.stream().map(Block::frequency).distinct().toList())));
    int riskFree = daily.columns().indexOf(RISK_FREE);
    List<String> names =
        daily.columns().stream().filter(name -> !name.equals(RISK_FREE)).toList();
    int[] index = names.stream().mapToInt(daily.columns()::indexOf).toArray();
    double[][] returns = new double[daily.dates().size()][];
    double[] cash = new double[returns.length];
    for (int day = 0; day < returns.length; day++) {
      double[] row = daily.decimals()[day];
      returns[day] = Arrays.stream(index).mapToDouble(column -> row[column]).toArray();
      cash[day] = riskFree < 0 ? Double.NaN : row[riskFree];
    }
    return new FactorReturns(daily.dates(), names, returns, cash);
  }
}
