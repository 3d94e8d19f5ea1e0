package alphadistill.cli;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/** Which periods of a table are used. */
final class PeriodOptions {
  @Option(names = "--from", paramLabel = "DATE", description = "first day, such as 1954-01-01")
  LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "last day; a month or year is used when its last day is")
  LocalDate to;
}
