package alphadistill.cli;

import alphadistill.cli.teacher.PanelFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which columns of a long table are what. */
final class PanelOptions {
  @Option(
      names = "--panel",
      required = true,
      paramLabel = "FILE",
      description = "CSV or Parquet: a row for each entity and period, in any order")
  private Path panel;

  @Option(
      names = "--entity",
      required = true,
      paramLabel = "NAME",
      description = "column of the asset, firm or country")
  private String entity;

  @Option(
      names = "--time",
      required = true,
      paramLabel = "NAME",
      description = "column of the period: a day, month, quarter or year")
  private String time;

  @Option(
      names = "--dependent",
      required = true,
      paramLabel = "NAME",
      description = "column of what is explained, such as the return")
  private String dependent;

  @Option(
      names = "--characteristics",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = "columns of what explains it; for forecasts, known before the period")
  private List<String> characteristics;

  @Mixin
  private PeriodOptions periods;

  PanelFile file() {
    return new PanelFile(panel, entity, time, dependent, characteristics, periods.from, periods.to);
  }
}
