package alphadistill.cli.distill;

import alphadistill.backtest.Comparison;
import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.run.Interruption;
import alphadistill.cli.run.Ledger;
import alphadistill.cli.run.Progress;
import alphadistill.cli.run.Provenance;
import alphadistill.cli.run.RunFolder;
import alphadistill.cli.run.Unit;
import alphadistill.cli.run.UnitPool;
import alphadistill.cli.run.UnitRun;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.student.learn.StudentFit;
import alphadistill.student.learn.Variant;
import alphadistill.student.study.Study;
import alphadistill.student.study.TrainingSpec;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.student.teach.TeacherGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs a configuration to its report: market, study, units, evaluation. Started again after a stop of any kind, it does
 * what is missing and ends with the same bytes.
 */
public final class DistillRun {
  private final RunConfig config;
  private final String printed;
  private final ComputeDevice device;
  private final Progress progress;

  /**
   * What a run ends with.
   *
   * @param folder of the run
   * @param table the comparison in words, for the console
   */
  public record Done(Path folder, Path report, String table) {}

  /** @param device that students are trained on */
  public DistillRun(ConfigFile config, ComputeDevice device, Progress progress) {
    this.config = config.as(RunConfig.class);
    this.printed = config.print();
    this.device = device;
    this.progress = progress;
  }

  /** Everything, from data to report. Stopped by a signal, it says how to go on and leaves nothing half-written. */
  public Done run() throws IOException, InterruptedException {
    try (Interruption guard = Interruption.guard(
        System.err, "run the same command again, which goes on where this one stopped")) {
      return run(guard);
    }
  }

  private Done run(Interruption guard) throws IOException, InterruptedException {
    ObservedMarket market = MarketSource.read(config.data());
    String data = market.hashes().stream()
        .map(hash -> hash.input() + " " + hash.sha256())
        .collect(Collectors.joining("\n"));
    String fingerprint = Provenance.fingerprint(decisive(), data);
    Study study = StudyChecks.of(market, config);
    String memory =
        device.requireRoom(StudentFit.memory(study, device), Math.min(workers(), trainings(study)));
    FactorTeaching teaching = StudyChecks.teaching(study);
    admit(study, teaching);
    try (RunFolder folder = RunFolder.open(config.out().resolve(config.name()), fingerprint)) {
      progress.say("%d assets, %s to %s; %d folds"
          .formatted(
              study.assets(),
              study.dates().get(0),
              study.dates().get(study.dates().size() - 1),
              study.folds().size()));
      progress.say(memory);
      folder.write("config.yaml", printed);
      Provenance provenance =
          Provenance.here().with("fingerprint", fingerprint).with("device", device.toString());
      market.hashes().forEach(hash -> provenance.with("sha256 " + hash.input(), hash.sha256()));
      folder.write("provenance.json", provenance.json());
      train(study, teaching, folder, guard);
      return report(study, market, provenance, fingerprint, folder);
    }
  }

  private static int trainings(Study study) {
    TrainingSpec training = study.spec().training();
    return study.folds().size() * Variant.of(training).size() * training.seeds().size();
  }

  /** @throws alphadistill.engine.TeacherRefusedException if the configuration asks for a better teacher */
  private void admit(Study study, FactorTeaching teaching) {
    double leastT = study.spec().teacher().gate();
    if (leastT > 0) {
      new TeacherGate(leastT)
          .require(study, teaching).stream()
              .min(Comparator.comparingDouble(TeacherGate.Score::t))
              .ifPresent(weakest -> progress.say("teacher %s passes; at its weakest %s"
                  .formatted(study.spec().teacher().type().word(), weakest)));
    }
  }

  private void train(Study study, FactorTeaching teaching, RunFolder folder, Interruption guard)
      throws InterruptedException {
    List<Unit> units = new StudyUnits(study, teaching, device).all(epoch -> progress.step(1));
    new UnitRun(new UnitPool(folder.units(), workers()), progress, guard)
        .finish(units, study.spec().training().epochs() + 1L, unit -> progress.step(1));
  }

  private Done report(
      Study study,
      ObservedMarket market,
      Provenance provenance,
      String fingerprint,
      RunFolder folder)
      throws IOException {
    progress.say("evaluating");
    StudyResults results =
        StudyResults.of(study, market.simulated(), folder.units(), config.evaluation());
    List<Ledger.Trial> trials = results.trials(fingerprint);
    SignalsFile.write(folder.path().resolve(SignalsFile.NAME), study, folder.units());
    // Only this run's own trials, so that its bytes do not depend on what else was tried, and when.
    folder.write("metrics.json", MetricsFile.of(results, results.comparison(trials.size())));
    Ledger ledger = new Ledger(config.out());
    ledger.record(trials);
    Comparison comparison = results.comparison(ledger.trials().size());
    folder.write("trials.json", TrialsFile.of(comparison));
    folder.write(
        ReportFile.NAME,
        ReportFile.of(results, comparison, market, config.name(), printed, provenance.facts()));
    return new Done(
        folder.path(),
        folder.path().resolve(ReportFile.NAME),
        ConsoleTable.of(results, comparison));
  }

  private int workers() {
    return config.workers() == 0 ? device.workers() : config.workers();
  }

  /** The configuration without what cannot change a result. */
  private String decisive() {
    return ConfigFile.print(config.decisive());
  }
}
