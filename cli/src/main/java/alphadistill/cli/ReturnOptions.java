package alphadistill.cli;

import alphadistill.cli.teacher.ReturnFiles;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which columns of which table are returns. */
final class ReturnOptions {
  @Option(
      names = "--returns",
      required = true,
      paramLabel = "FILE",
      description =
          "CSV or Parquet: a row for each period, a column of decimal returns for each asset")
  private Path returns;

  @Option(
      names = "--assets",
      split = ",",
      paramLabel = "NAME",
      description = "columns of the assets; default: all but period, cash and factors")
  private List<String> assets = List.of();

  @Option(
      names = "--time",
      paramLabel = "NAME",
      description = "column of the period; default: the one called date, month, year or the like")
  private String time;

  @Option(
      names = "--risk-free",
      paramLabel = "NAME",
      description = {
        "column of the return of cash, in either file; it is subtracted from the assets, never from factors",
        "default: the returns are in excess of cash already"
      })
  private String riskFree;

  @Mixin
  private PeriodOptions periods;

  /** @param factorFile null without factors */
  ReturnFiles files(Path factorFile, List<String> factors) {
    return new ReturnFiles(
        returns, assets, factorFile, factors, time, riskFree, periods.from, periods.to);
  }
}
