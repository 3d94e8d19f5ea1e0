package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.distill.DistillRun;
import alphadistill.cli.distill.ObservedMarket;
import alphadistill.cli.distill.Prediction;
import alphadistill.cli.distill.Predictor;
import alphadistill.cli.record.RunRecord;
import alphadistill.cli.run.Progress;
import alphadistill.data.table.PanelWriter;
import alphadistill.data.testing.ReadmeLines;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.device.Device;
import alphadistill.student.study.MarketData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of use in the README, compiled and run on a small simulated market. */
class ReadmeTest {
  @TempDir
  Path folder;

  @Test
  void theLinesOfUseRun() throws Exception {
    Path runs = folder.resolve("runs");
    Path orders = folder.resolve("orders.csv");
    List<String> smaller = List.of(
        "data.simulated.assets=24",
        "data.simulated.days=330",
        "data.minimumAssets=10",
        "folds.train=160",
        "folds.validation=30",
        "folds.test=75",
        "student.width=8");

    // begin
    ConfigFile file = ConfigFile.ofDefaults(
            RunConfig.class.getResourceAsStream("/alphadistill/cli/defaults.yaml"))
        .set(List.of("name=small", "out=" + runs, "training.seeds=[1]", "training.epochs=2"));
    ComputeDevice device = ComputeDevice.choose(Device.AUTO); // the CPU, or the CUDA build's GPU
    DistillRun.Done done = new DistillRun(file.set(smaller), device, Progress.silent()).run();

    RunConfig config = file.as(RunConfig.class);
    RunRecord run = RunRecord.of(done.folder(), runs).requireFinished();
    MarketData market = ObservedMarket.read(config.data()).data();
    LocalDate day = LocalDate.parse(run.metrics().path("lastTestDay").asText());
    Prediction told = new Predictor(run, config.study(), config.evaluation(), device)
        .at(day, market, "distilled student");
    PanelWriter.csv(told.panel(), orders); // date, asset, score, target, position, order
    // end

    assertThat(told.notes()).isEmpty();
    assertThat(Files.readAllLines(orders).get(0))
        .isEqualTo("date,asset,score,target,position,order");
  }

  @Test
  void theReadmeShowsExactlyTheseLines() {
    ReadmeLines.requireShown(ReadmeTest.class);
  }
}
