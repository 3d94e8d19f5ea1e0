package alphadistill.cli.verify;

import alphadistill.backtest.EvaluationSpec;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.Study;
import alphadistill.student.study.StudySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Looks for knowledge of the future in a whole pipeline, from features to fills, on the first fold of a study.
 *
 * <ol>
 *   <li>Labels dealt anew within each date: nobody may forecast them.
 *   <li>The label planted among the features: everybody who sees it must, or the pipeline cannot find anything.
 *   <li>Every input after a day changed: nothing up to that day may change, to the bit.
 * </ol>
 *
 * <pre>{@code
 * List<LeakCheck.Finding> findings = new LeakCheck(market, study, evaluation, ComputeDevice.cpu()).run(System.out::println);
 * boolean clean = findings.stream().allMatch(LeakCheck.Finding::holds);
 * }</pre>
 */
public final class LeakCheck {
  /** A rank IC beyond so many standard errors is no accident: once in 16,000 checks of an honest pipeline. */
  private static final double NOISE = 4;

  private static final double ABSURD = 0.9;

  private final MarketData market;
  private final StudySpec spec;
  private final EvaluationSpec evaluation;
  private final ComputeDevice device;

  /**
   * One thing that was checked.
   *
   * @param control which of the three controls
   * @param subject model or quantity
   * @param found in words
   * @param demanded in words
   * @param holds whether what was found is what is demanded
   */
  public record Finding(
      String control, String subject, String found, String demanded, boolean holds) {}

  /**
   * @param spec whose first seed is trained
   * @param device that students are trained on
   */
  public LeakCheck(
      MarketData market, StudySpec spec, EvaluationSpec evaluation, ComputeDevice device) {
    this.market = market;
    this.spec = spec;
    this.evaluation = evaluation;
    this.device = device;
  }

  /** @param progress told what is being done */
  public List<Finding> run(Consumer<String> progress) {
    progress.accept("training on the market as it is");
    Study study = Study.of(market, spec);
    FirstFold honest = FirstFold.of(study, device);
    List<Finding> findings = new ArrayList<>();

    progress.accept("training on shuffled labels");
    findings.addAll(shuffled(FirstFold.of(study.withShuffledTargets(1), device)));

    progress.accept("training with the label among the features");
    findings.addAll(planted(FirstFold.of(
        Study.of(PlantedFuture.in(market, spec.label()), PlantedFuture.study(spec)), device)));

    int lastKnown = (honest.fold().test().first() + honest.fold().test().last()) / 2;
    progress.accept(
        "training with every number after %s changed".formatted(study.dates().get(lastKnown)));
    FirstFold scrambled =
        FirstFold.of(Study.of(ScrambledFuture.after(market, lastKnown), spec), device);
    findings.addAll(new Unchanged(honest, scrambled, lastKnown, evaluation).findings());
    return findings;
  }

  static List<Finding> shuffled(FirstFold fold) {
    double bound = NOISE * fold.standardError();
    List<Finding> findings = new ArrayList<>();
    for (String model : fold.scores().keySet()) {
      double ic = fold.rankIc(model);
      findings.add(new Finding(
          "shuffled labels",
          model,
          "rank IC %s".formatted(number(ic)),
          "within %s of 0".formatted(number(bound)),
          !(Math.abs(ic) > bound))); // NaN is a constant score, which says nothing
    }
    return findings;
  }

  static List<Finding> planted(FirstFold fold) {
    List<Finding> findings = new ArrayList<>();
    boolean blind = !fold.study().spec().teacher().type().seesCharacteristics();
    for (String model : fold.scores().keySet()) {
      if (model.equals("teacher") && blind) {
        continue;
      }
      double ic = fold.rankIc(model);
      findings.add(new Finding(
          "planted future",
          model,
          "rank IC %s".formatted(number(ic)),
          "above %s".formatted(number(ABSURD)),
          ic > ABSURD));
    }
    return findings;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
