package alphadistill.cli.study;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.distill.DistillRun;
import alphadistill.cli.run.Progress;
import alphadistill.data.DataException;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.student.study.TeacherSpec;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Do teachers teach? Every teacher on every market, each beside a student that learns without a token and one that
 * learns without a teacher, on the same folds and seeds. A run of its own for each, so that a stopped study goes on where
 * it was.
 */
public final class TeacherStudy {
  private final List<Market> markets;
  private final List<TeacherSpec.Type> teachers;
  private final Path out;
  private final ComputeDevice device;
  private final Progress progress;

  /**
   * A market to study on.
   *
   * @param name for folders and tables
   * @param config a fresh configuration each time; its teacher is replaced
   */
  public record Market(String name, Supplier<ConfigFile> config) {}

  /**
   * @param out folder for the runs
   * @param device that students are trained on
   */
  public TeacherStudy(
      List<Market> markets,
      List<TeacherSpec.Type> teachers,
      Path out,
      ComputeDevice device,
      Progress progress) {
    this.markets = List.copyOf(markets);
    this.teachers = List.copyOf(teachers);
    this.out = out;
    this.device = device;
    this.progress = progress;
  }

  /**
   * Runs what is missing and tables all. A teacher that cannot be fitted on a market is named and left out.
   *
   * @return a page in Markdown; the same for the same runs
   * @throws UsageException if no teacher can be fitted on a market, with the first reason
   */
  public String run() throws IOException, InterruptedException {
    List<TaughtRun> runs = new ArrayList<>();
    for (Market market : markets) {
      List<TaughtRun> here = new ArrayList<>();
      for (TeacherSpec.Type teacher : teachers) {
        progress.say("%s, taught by %s".formatted(market.name(), teacher.word()));
        here.add(run(market, teacher.word()));
      }
      if (here.stream().allMatch(run -> run.metrics().isEmpty())) {
        throw new UsageException(here.get(0).refusal());
      }
      runs.addAll(here);
    }
    return StudyPage.of(runs);
  }

  private TaughtRun run(Market market, String teacher) throws IOException, InterruptedException {
    ConfigFile config = market.config().get();
    config.set(List.of(
        "name=%s-%s".formatted(market.name(), teacher),
        "out=" + ConfigFile.print(out.toString()).trim(),
        "training.classOnly=true",
        "teacher.type=" + teacher));
    DistillRun run;
    try {
      run = new DistillRun(config, device, progress);
    } catch (UsageException e) {
      return refused(market, teacher, e);
    }
    try {
      DistillRun.Done done = run.run();
      return new TaughtRun(
          market.name(),
          teacher,
          Optional.of(
              new ObjectMapper().readTree(done.folder().resolve("metrics.json").toFile())),
          "");
    } catch (DataException e) {
      return refused(market, teacher, e);
    }
  }

  private TaughtRun refused(Market market, String teacher, RuntimeException reason) {
    progress.say("left out: " + reason.getMessage());
    return new TaughtRun(market.name(), teacher, Optional.empty(), reason.getMessage());
  }
}
