package alphadistill.cli;

import alphadistill.cli.config.PriceColumns;
import alphadistill.cli.config.UsageException;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a price file calls its columns, and which of its rows are read. */
final class PriceFileOptions {
  @Option(
      names = "--col-date",
      paramLabel = "NAME",
      description = "column of the day; default: date")
  private String date;

  @Option(names = "--col-asset", paramLabel = "NAME", description = "of the asset; default: symbol")
  private String asset;

  @Option(
      names = "--col-open",
      paramLabel = "NAME",
      description = "of the open; 'none' for a file without it, as for the next ones but close")
  private String open;

  @Option(names = "--col-high", paramLabel = "NAME", description = "of the high")
  private String high;

  @Option(names = "--col-low", paramLabel = "NAME", description = "of the low")
  private String low;

  @Option(names = "--col-close", paramLabel = "NAME", description = "of the close")
  private String close;

  @Option(names = "--col-volume", paramLabel = "NAME", description = "of the volume")
  private String volume;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description = "one character, or tab; default: ,")
  private String delimiter;

  @Option(
      names = "--date-form",
      paramLabel = "FORM",
      description = "such as dd.MM.yyyy; default: yyyy-MM-dd")
  private String dateForm;

  @Option(names = "--any-order", description = "the rows are in any order, such as newest first")
  private boolean anyOrder;

  @Option(names = "--from", paramLabel = "DATE", description = "first day to read")
  private LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "last day to read")
  private LocalDate to;

  @Option(
      names = "--exclude",
      paramLabel = "ASSET",
      split = ",",
      description = "assets to leave out, such as DRYS,TDW")
  private List<String> exclude = List.of();

  /** @throws UsageException if they are no columns */
  PriceColumns columns() {
    try {
      return new PriceColumns(date, asset, open, high, low, close, volume, delimiter, dateForm);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  Selection selection() {
    if (from != null && to != null && to.isBefore(from)) {
      throw new UsageException("--to %s is before --from %s".formatted(to, from));
    }
    return new Selection(
        Optional.ofNullable(from), Optional.ofNullable(to), Set.of(), Set.copyOf(exclude));
  }

  ReadPolicy policy(ReadPolicy policy) {
    return anyOrder ? policy.anyOrder() : policy;
  }
}
