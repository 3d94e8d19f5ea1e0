package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.run.Progress;
import alphadistill.cli.study.TeacherStudy;
import alphadistill.data.table.AtomicFile;
import alphadistill.student.study.TeacherSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code study teachers}: which teachers teach. */
@Command(
    name = "study",
    description = "Runs many configurations and tables them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  alphadistill study teachers configs/us-stocks-quick.yaml --page docs/teachers.md"})
final class StudyCommand {
  private static final List<String> SIMULATED = List.of("nonlinear", "linear");

  @Spec
  private CommandSpec spec;

  @Command(
      name = "teachers",
      description = {
        "Do teachers teach? Each teacher type on the simulated nonlinear and linear markets and on those named,",
        "with a distillation token, without one, and with no teacher; about half an hour for a market on two cores.",
        "Stopped at any instant, the same command goes on where it was."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill study teachers",
        "  alphadistill study teachers configs/us-stocks-quick.yaml --page docs/teachers.md",
        "  alphadistill study teachers --types ipca,ridge --set training.seeds=[1,2] --set training.epochs=3"
      })
  int teachers(
      @Parameters(
              arity = "0..*",
              paramLabel = "CONFIG",
              description = "further markets; their teacher.type is replaced, the rest stays")
          List<Path> configs,
      @Option(
              names = "--types",
              split = ",",
              paramLabel = "TYPE",
              description = "${COMPLETION-CANDIDATES}; default: all")
          List<TeacherSpec.Type> types,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              defaultValue = "runs/teachers",
              description = "folder for the runs; default: ${DEFAULT-VALUE}")
          Path out,
      @Option(names = "--page", paramLabel = "FILE", description = "writes the tables there too")
          Path page,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "overrides a key of each run")
          List<String> set,
      @Mixin DeviceOption device)
      throws Exception {
    List<String> overrides = set == null ? List.of() : set;
    List<TeacherStudy.Market> markets = new ArrayList<>();
    for (String kind : SIMULATED) {
      markets.add(new TeacherStudy.Market(
          kind,
          () -> ConfigFile.ofDefaults(ConfigCommand.defaults())
              .set(List.of("data.simulated.kind=" + kind))
              .set(overrides)));
    }
    for (Path config : configs == null ? List.<Path>of() : configs) {
      markets.add(new TeacherStudy.Market(
          config.getFileName().toString().replaceFirst("\\.ya?ml$", ""),
          () -> ConfigFile.load(ConfigCommand.defaults(), config).set(overrides)));
    }
    List<TeacherSpec.Type> teachers = types == null ? List.of(TeacherSpec.Type.values()) : types;
    String text =
        new TeacherStudy(markets, teachers, out, device.choose(), Progress.toConsole()).run();
    if (page != null) {
      AtomicFile.writeText(page, "# Do teachers teach?\n\n" + text);
    }
    var console = spec.commandLine().getOut();
    console.println();
    console.print(text);
    console.flush();
    return Main.DONE;
  }
}
