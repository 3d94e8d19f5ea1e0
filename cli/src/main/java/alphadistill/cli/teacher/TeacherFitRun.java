package alphadistill.cli.teacher;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.distill.ObservedMarket;
import alphadistill.cli.distill.StudyChecks;
import alphadistill.cli.run.Interruption;
import alphadistill.cli.run.OutputPlace;
import alphadistill.cli.run.Progress;
import alphadistill.cli.run.Provenance;
import alphadistill.cli.teacher.fit.TeacherFit;
import alphadistill.cli.teacher.report.TeacherReport;
import alphadistill.data.table.AtomicFile;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fits the teacher of a configuration on its market and writes what became of it. Equal configuration and data give the
 * same figures to the last digit; code and machine stand in the page alone.
 */
public final class TeacherFitRun {
  /** Name of the page. */
  public static final String PAGE = "teacher.html";

  private final RunConfig config;
  private final String printed;
  private final Optional<ForecastGate> gate;
  private final Progress progress;
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * What a run ends with.
   *
   * @param findings for the console
   * @param page where it was written
   * @param verdicts of the gates there are
   */
  public record Done(Findings findings, Path page, List<GateVerdict> verdicts) {}

  public TeacherFitRun(ConfigFile config, Optional<ForecastGate> gate, Progress progress) {
    this.config = config.as(RunConfig.class);
    this.printed = config.print();
    this.gate = gate;
    this.progress = progress;
  }

  /**
   * Reads, fits and writes. A teacher that a gate refuses is written all the same, for its reader to see why.
   *
   * @param out folder of the page, made if it is missing
   * @param json file of the figures, or null
   */
  public Done run(Path out, Path json) {
    OutputPlace.requireFolder(out);
    if (json != null && !isMade(json, out)) {
      OutputPlace.requireWritable(json);
    }
    try (Interruption guard = Interruption.guard(
        System.err, "run the same command again; files stand whole or not at all")) {
      guard.onStop(writing::lock); // a file that is being written is finished, none is begun
      return guarded(out, json);
    }
  }

  /** Whether a file goes into the folder that is made before it is written. */
  private static boolean isMade(Path file, Path out) {
    Path folder = out.toAbsolutePath().normalize();
    return !Files.exists(folder)
        && folder.equals(file.toAbsolutePath().normalize().getParent());
  }

  private Done guarded(Path out, Path json) {
    progress.say("reading the market");
    ObservedMarket market = ObservedMarket.read(config.data());
    Study study = StudyChecks.of(market, config);
    progress.say("fitting %s on %d assets, %s to %s"
        .formatted(
            config.teacher().type().word(),
            study.assets(),
            study.dates().get(0),
            study.dates().get(study.dates().size() - 1)));
    FactorTeaching teaching = StudyChecks.teaching(study);
    progress.start("forecasting", TeacherFit.days(study, teaching));
    TeacherFit fit = TeacherFit.of(study, teaching, () -> progress.step(1));
    progress.end();
    Findings findings = FitFindings.of(fit);
    List<GateVerdict> verdicts = verdicts(study, teaching, fit);
    tell(verdicts, findings);
    ObjectNode hashes = findings.json().putObject("data");
    market.hashes().forEach(hash -> hashes.put(hash.input(), hash.sha256()));
    Path page = out.resolve(PAGE);
    String html = new TeacherReport(
            "Teacher: " + config.name(),
            market.notes(),
            fit,
            verdicts.stream()
                .map(verdict -> new TeacherReport.Verdict(verdict.passed(), verdict.words()))
                .toList(),
            market.drops().stream()
                .map(drop -> new TeacherReport.Drop(drop.reason(), drop.count(), drop.example()))
                .toList(),
            printed,
            provenance(market).facts())
        .html();
    writing.lock();
    try {
      OutputPlace.make(out);
      AtomicFile.writeText(page, html);
      if (json != null) {
        findings.writeJson(json);
      }
    } finally {
      writing.unlock();
    }
    return new Done(findings, page, verdicts);
  }

  private List<GateVerdict> verdicts(Study study, FactorTeaching teaching, TeacherFit fit) {
    List<GateVerdict> verdicts = new ArrayList<>();
    if (config.teacher().gate() > 0) {
      verdicts.add(GateVerdict.configured(study, teaching));
    }
    gate.ifPresent(bar -> verdicts.add(bar.verdict(fit.type(), fit.outOfSample().rankIc())));
    return verdicts;
  }

  private static void tell(List<GateVerdict> verdicts, Findings findings) {
    ObjectNode gates = findings.json().putObject("gates");
    for (GateVerdict verdict : verdicts) {
      ObjectNode node = gates.putObject(verdict.gate());
      Findings.put(node, "leastT", verdict.leastT());
      node.put("passed", verdict.passed());
      if (verdict.passed()) { // a refusal ends the command, in a line of its own
        findings.say("%s", verdict.words());
      }
    }
  }

  private static Provenance provenance(ObservedMarket market) {
    Provenance provenance = Provenance.here();
    market.hashes().forEach(hash -> provenance.with("sha256 " + hash.input(), hash.sha256()));
    return provenance;
  }
}
