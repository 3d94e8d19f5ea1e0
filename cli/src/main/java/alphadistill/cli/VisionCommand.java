package alphadistill.cli;

import picocli.CommandLine.Command;

/** {@code vision}: image transformers, trained and used. */
@Command(
    name = "vision",
    description = "Trains image transformers with and without a teacher, and uses them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      VisionTrainCommand.class,
      VisionEvaluateCommand.class,
      VisionPredictCommand.class,
      VisionExportCommand.class,
      VisionInspectCommand.class,
      VisionConfigCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill vision train configs/vision/fashion-mnist.yaml",
      "  alphadistill vision predict --weights model.safetensors --inputs pictures --out answers.csv",
      "  alphadistill vision COMMAND --help          # options and examples of one command"
    })
final class VisionCommand {}
