package alphadistill.cli.verify;

import alphadistill.backtest.EvaluationSpec;
import alphadistill.backtest.simulate.BacktestResult;
import alphadistill.backtest.simulate.Market;
import alphadistill.backtest.weight.Targets;
import alphadistill.data.panel.Panel;
import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.student.fold.Span;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.learn.Variant;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.teacher.LinearFactorModel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Compares two first folds up to a day, number by number and bit by bit.
 *
 * @param honest from the market as it is
 * @param other from a market with another future
 * @param lastKnown index of the last day both markets share
 */
record Unchanged(FirstFold honest, FirstFold other, int lastKnown, EvaluationSpec evaluation) {

  List<LeakCheck.Finding> findings() {
    List<LeakCheck.Finding> findings = new ArrayList<>();
    findings.add(finding("features", features()));
    findings.add(finding("samples and regimes", days()));
    findings.add(finding("labels known by then", labels()));
    findings.add(finding("teacher's premia and loadings", loadings()));
    findings.add(finding("students' weights and scales", students()));
    honest
        .scores()
        .forEach((model, scores) -> findings.add(
            finding("scores of " + model, scores(scores, other.scores().get(model)))));
    honest
        .scores()
        .forEach((model, scores) -> findings.add(finding(
            "fills and returns of " + model, fills(scores, other.scores().get(model)))));
    return findings;
  }

  private LeakCheck.Finding finding(String subject, Tally tally) {
    LocalDate day = honest.study().dates().get(lastKnown);
    return new LeakCheck.Finding(
        "changed future",
        subject,
        tally.different == 0
            ? "%d values, all the same".formatted(tally.compared)
            : "%d of %d values differ, first %s"
                .formatted(tally.different, tally.compared, tally.first),
        "the same bits up to " + day,
        tally.different == 0 && tally.compared > 0);
  }

  /** How many values were compared and how many differ. */
  private static final class Tally {
    private long compared;
    private long different;
    private String first = "";

    void bits(double a, double b, String what) {
      count(Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b), what);
    }

    void bits(double[] a, double[] b, String what) {
      count(a.length == b.length, what);
      for (int i = 0; i < Math.min(a.length, b.length); i++) {
        bits(a[i], b[i], what);
      }
    }

    void count(boolean same, String what) {
      compared++;
      if (!same) {
        first = different == 0 ? what : first;
        different++;
      }
    }
  }

  private Tally features() {
    return panels(honest.study().features(), other.study().features(), lastKnown);
  }

  private static Tally panels(Panel a, Panel b, int lastDay) {
    Tally tally = new Tally();
    for (int field = 0; field < a.fields().size(); field++) {
      for (int day = 0; day <= lastDay; day++) {
        for (int asset = 0; asset < a.assetCount(); asset++) {
          tally.count(
              Float.floatToRawIntBits(a.value(field, day, asset))
                  == Float.floatToRawIntBits(b.value(field, day, asset)),
              a.fields().get(field).name() + " on " + a.dates().get(day));
        }
      }
    }
    return tally;
  }

  private Tally days() {
    Tally tally = new Tally();
    for (int day = 0; day <= lastKnown; day++) {
      String date = honest.study().dates().get(day).toString();
      tally.count(honest.study().regime(day) == other.study().regime(day), "regime of " + date);
      for (int asset = 0; asset < honest.study().assets(); asset++) {
        tally.count(
            honest.study().isEligible(day, asset) == other.study().isEligible(day, asset),
            "samples of " + date);
      }
    }
    return tally;
  }

  private Tally labels() {
    Tally tally = new Tally();
    Study study = honest.study();
    for (int day = 0; study.spec().label().knownAt(day) <= lastKnown; day++) {
      for (int asset = 0; asset < study.assets(); asset++) {
        tally.bits(
            study.target(day, asset),
            other.study().target(day, asset),
            "label of " + study.dates().get(day));
      }
    }
    return tally;
  }

  /** Models of every day with the answers they give, which hold the exposures. */
  private Tally loadings() {
    Tally tally = new Tally();
    tally.count(
        honest.teaching().firstDay() == other.teaching().firstDay(), "first day with a model");
    for (int day = honest.teaching().firstDay(); day <= lastKnown; day++) {
      String date = "model of " + honest.study().dates().get(day);
      LinearFactorModel model = honest.teaching().asOf(day);
      LinearFactorModel changed = other.teaching().asOf(day);
      tally.count(model.intercept().equals(changed.intercept()), date);
      tally.count(model.premia().equals(changed.premia()), date);
      tally.bits(
          answers(honest.study(), honest.teaching(), model, day),
          answers(other.study(), other.teaching(), changed, day),
          date);
    }
    return tally;
  }

  private static double[] answers(
      Study study, FactorTeaching teaching, LinearFactorModel model, int day) {
    Samples samples = study.forecastable(new Span(day, day));
    return teaching.answers(samples.day(), samples.asset(), sample -> model);
  }

  private Tally students() {
    Tally tally = new Tally();
    for (Variant variant : honest.students().keySet()) {
      List<Parameter> changed = other.students().get(variant).parameters();
      List<Parameter> weights = honest.students().get(variant).parameters();
      for (int i = 0; i < weights.size(); i++) {
        tally.bits(
            HostCopy.doubles(weights.get(i).value()),
            HostCopy.doubles(changed.get(i).value()),
            variant.label() + " " + weights.get(i).name());
      }
      Map<String, String> scales = honest.students().get(variant).scales();
      tally.count(
          scales.equals(other.students().get(variant).scales()), variant.label() + " scales");
    }
    return tally;
  }

  private Tally scores(FoldScores scores, FoldScores changed) {
    return panels(
        scores.scores(), changed.scores(), lastKnown - scores.fold().test().first());
  }

  /** Traded from the scores of the test days by the rule, lag and costs of the configuration. */
  private Tally fills(FoldScores scores, FoldScores changed) {
    BacktestResult a = traded(honest, scores);
    BacktestResult b = traded(other, changed);
    LocalDate last = honest.study().dates().get(lastKnown);
    Tally tally = new Tally();
    for (int day = scores.fold().test().first(); day <= lastKnown; day++) {
      String date = a.dates().get(day).toString();
      tally.bits(a.weights()[day], b.weights()[day], "weights of " + date);
      tally.bits(a.gross()[day], b.gross()[day], "gross return of " + date);
      tally.bits(a.net()[day], b.net()[day], "net return of " + date);
      tally.bits(a.turnover()[day], b.turnover()[day], "turnover of " + date);
      tally.bits(a.costs().commission()[day], b.costs().commission()[day], "costs of " + date);
    }
    tally.count(
        a.rejected().stream()
            .filter(order -> !order.date().isAfter(last))
            .toList()
            .equals(b.rejected().stream()
                .filter(order -> !order.date().isAfter(last))
                .toList()),
        "rejected orders");
    tally.count(
        a.delistings().stream()
            .filter(gone -> !gone.date().isAfter(last))
            .toList()
            .equals(b.delistings().stream()
                .filter(gone -> !gone.date().isAfter(last))
                .toList()),
        "delistings");
    return tally;
  }

  private BacktestResult traded(FirstFold fold, FoldScores scores) {
    double[][] byDay = new double[fold.study().dates().size()][fold.study().assets()];
    for (double[] row : byDay) {
      Arrays.fill(row, Double.NaN);
    }
    double[][] test = Market.values(scores.scores(), FoldScores.SCORE);
    System.arraycopy(test, 0, byDay, scores.fold().test().first(), test.length);
    return evaluation
        .backtest()
        .run(
            Targets.of(byDay, evaluation.rule(), evaluation.rebalanceEvery()),
            Market.of(fold.study().prices()));
  }
}
