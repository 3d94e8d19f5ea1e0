package alphadistill.cli;

import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import alphadistill.engine.TeacherRefusedException;
import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.device.DeviceException;
import alphadistill.engine.train.DivergedException;
import alphadistill.vision.images.ImageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The {@code alphadistill} command.
 *
 * <p>Exit codes: 0 done, 1 internal fault, 2 usage or configuration, 3 data, 4 a quality gate refused, 130 interrupted
 * (a run can be resumed by the same command).
 */
@Command(
    name = "alphadistill",
    description =
        "A linear factor model teaches a transformer alpha student, and an honest backtest says what came of it.",
    mixinStandardHelpOptions = true,
    version = "alphadistill 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      DistillCommand.class,
      DataCommand.class,
      BacktestCommand.class,
      BenchCommand.class,
      PredictCommand.class,
      RunsCommand.class,
      VerifyCommand.class,
      DoctorCommand.class,
      ReportCommand.class,
      ConfigCommand.class,
      AugmentCommand.class,
      TeacherCommand.class,
      StudyCommand.class,
      VisionCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill demo                                       # simulated market, a few minutes, ends in a report",
      "  alphadistill distill configs/us-stocks-quick.yaml       # the same on real prices",
      "  alphadistill COMMAND --help                             # options and examples of one command"
    })
public final class Main {
  static final int DONE = 0;
  static final int FAULT = 1;
  static final int USAGE = 2;
  static final int DATA = 3;
  static final int REFUSED = 4;
  static final int INTERRUPTED = 130;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command and returns its exit code; prints to the standard streams. */
  static int run(String... args) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(110)
        .setExitCodeExceptionMapper(Main::exitCode)
        .setExecutionExceptionHandler(Main::explain)
        .setParameterExceptionHandler(Main::explainUsage)
        .execute(args);
  }

  private static int exitCode(Throwable failure) {
    if (failure instanceof UsageException
        || failure instanceof DeviceException
        || failure instanceof CommandLine.ParameterException) {
      return USAGE;
    }
    if (failure instanceof TeacherRefusedException || failure instanceof DivergedException) {
      return REFUSED;
    }
    if (failure instanceof DataException
        || failure instanceof CheckpointException
        || failure instanceof ImageException) {
      return DATA;
    }
    return FAULT;
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    int code = exitCode(failure);
    if (code == FAULT) {
      failure.printStackTrace(command.getErr());
      command.getErr().println("alphadistill: internal fault; the lines above say where");
    } else {
      command.getErr().println("alphadistill: " + failure.getMessage());
    }
    return code;
  }

  private static int explainUsage(CommandLine.ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("alphadistill: " + failure.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    command
        .getErr()
        .println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
    return USAGE;
  }
}
