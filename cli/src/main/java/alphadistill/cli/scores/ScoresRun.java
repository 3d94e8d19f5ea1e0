package alphadistill.cli.scores;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.EvaluationContext;
import alphadistill.backtest.EvaluationSpec;
import alphadistill.backtest.ModelScores;
import alphadistill.backtest.report.Report;
import alphadistill.backtest.report.ReportContext;
import alphadistill.cli.compare.ComparisonJson;
import alphadistill.cli.compare.ComparisonTable;
import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import alphadistill.data.check.SuspiciousTicks;
import alphadistill.data.check.TickPolicy;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.DropReport;
import alphadistill.data.source.FactorFiles;
import alphadistill.data.source.HeaderMapping;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.PriceTable;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import alphadistill.data.table.AtomicFile;
import alphadistill.data.table.ScoreReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges scores made elsewhere: each file a model, all over the same prices, rule and costs.
 *
 * <pre>{@code
 * ScoresRun run = ScoresRun.of(List.of(ScoreSource.parse("mine=scores.csv")), prices, List.of(), spec, true, 1);
 * System.out.print(run.table());
 * run.write(Path.of("results"));
 * }</pre>
 *
 * @param evaluations one for each file, in order
 * @param comparison of all of them
 * @param drops what was left out of the prices and factors, by reason
 */
public record ScoresRun(List<Evaluation> evaluations, Comparison comparison, DropReport drops) {
  /** The page that {@link #write} leaves in its folder. */
  public static final String REPORT = "report.html";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public ScoresRun {
    evaluations = List.copyOf(evaluations);
  }

  /**
   * Reads and evaluates.
   *
   * @param factors daily French files, for attribution and cash; may be empty
   * @param maskBadTicks whether one-day spikes of prices become missing
   * @param trials signals that were tried in all; at least the number of files counts
   * @throws UsageException if two files have one name
   * @throws DataException if a file cannot be used, or scores and prices have too little in common
   */
  public static ScoresRun of(
      List<ScoreSource> sources,
      Path prices,
      List<Path> factors,
      EvaluationSpec spec,
      boolean maskBadTicks,
      int trials) {
    requireDistinct(sources);
    PriceTable market = read(prices, maskBadTicks);
    DropReport drops = market.drops();
    EvaluationContext context = EvaluationContext.NONE;
    if (!factors.isEmpty()) {
      FactorReturns returns = FactorFiles.join(factors);
      drops = drops.merged(FactorFiles.requireOverlap(returns, market.panel().dates()));
      context = context.withFactors(returns);
    }
    EvaluationContext known = context;
    List<Evaluation> evaluations = sources.stream()
        .map(source -> evaluate(source, market.panel(), spec, known))
        .toList();
    return new ScoresRun(
        evaluations, Comparison.of(evaluations, Math.max(trials, evaluations.size())), drops);
  }

  /** The comparison in plain text, each model less the first, and what a suspicious reader should look at. */
  public String table() {
    Evaluation first = evaluations.get(0);
    StringBuilder table = new StringBuilder();
    table.append(heading(first)).append("\n\n").append(ComparisonTable.rows(comparison));
    if (evaluations.size() > 1) {
      table.append('\n');
    }
    for (Evaluation other : evaluations.subList(1, evaluations.size())) {
      comparison
          .difference(first.model(), other.model())
          .ifPresent(pair -> table.append(ComparisonTable.difference(first.model(), pair)));
    }
    evaluations.forEach(model -> model
        .warnings()
        .forEach(text ->
            table.append("warning: ").append(model.model()).append(": ").append(text + "\n")));
    comparison.warnings().forEach(text -> table.append("warning: ").append(text).append('\n'));
    drops.drops().forEach(drop -> table.append("left out: ").append(drop).append('\n'));
    return table.toString();
  }

  /**
   * Writes {@code metrics.json} and {@code report.html} into a folder, made when absent.
   *
   * @throws UsageException if the folder cannot be made
   * @throws DataException if the file cannot be written; nothing half-written is left
   */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UsageException(
          "cannot make the folder %s; choose another with --out".formatted(folder));
    }
    AtomicFile.writeText(folder.resolve("metrics.json"), metrics());
    AtomicFile.writeText(folder.resolve(REPORT), report());
  }

  private String report() {
    ReportContext context = ReportContext.of("Scores made elsewhere", heading(evaluations.get(0)))
        .withNotes(List.of(
            "%d trials count against the Sharpe ratios: say how many were made with --trials"
                .formatted(comparison.trials())))
        .withDrops(drops.drops().stream()
            .map(drop -> new ReportContext.Drop(drop.reason(), drop.count(), drop.firstExample()))
            .toList());
    return Report.html(comparison, evaluations, context);
  }

  private String metrics() {
    Evaluation first = evaluations.get(0);
    ObjectNode json = JSON.createObjectNode();
    json.put("horizon", first.spec().signal().horizon());
    json.put("lag", first.spec().signal().lag());
    json.put("rule", first.spec().rule().describe());
    var costs = first.spec().backtest().costs();
    ComparisonJson.put(json, "commission", costs.commission());
    ComparisonJson.put(json, "slippage", costs.slippage());
    ComparisonJson.put(json, "borrowAnnual", costs.borrowAnnual());
    ObjectNode days = json.putObject("days");
    for (Evaluation model : evaluations) {
      var dates = model.signal().dates();
      days.putObject(model.model())
          .put("first", dates.get(0).toString())
          .put("last", dates.get(dates.size() - 1).toString())
          .put("scored", model.coverage().scoredDays());
    }
    ComparisonJson.putModels(json, comparison, evaluations);
    ComparisonJson.putDifferences(json, comparison);
    return json.toPrettyString() + "\n";
  }

  private static String heading(Evaluation model) {
    EvaluationSpec spec = model.spec();
    var days = model.signal().dates();
    var costs = spec.backtest().costs();
    return "Scores of %s to %s, horizon %d, lag %d; %s; net of commission %s, slippage %s, borrow %s a year"
        .formatted(
            days.get(0),
            days.get(days.size() - 1),
            spec.signal().horizon(),
            spec.signal().lag(),
            spec.rule().describe(),
            plain(costs.commission()),
            plain(costs.slippage()),
            plain(costs.borrowAnnual()));
  }

  private static String plain(double rate) {
    return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
  }

  private static PriceTable read(Path file, boolean maskBadTicks) {
    PriceTable read = new PriceReader(HeaderMapping.prices(file), ReadPolicy.standard())
        .read(file, Selection.all());
    if (!maskBadTicks) {
      return read;
    }
    PriceTable clean = SuspiciousTicks.apply(
        read.panel(), SuspiciousTicks.find(read.panel(), TickPolicy.causal()));
    return new PriceTable(clean.panel(), read.drops().merged(clean.drops()));
  }

  private static Evaluation evaluate(
      ScoreSource source, Panel prices, EvaluationSpec spec, EvaluationContext context) {
    Panel scores = ScoreReader.read(source.file(), HeaderMapping.scores(source.file()));
    Evaluation evaluation;
    try {
      evaluation = Evaluation.of(ModelScores.of(source.model(), scores), prices, spec, context);
    } catch (
        IllegalArgumentException e) { // nothing in common, or fills at an open that is not there
      throw DataException.in(source.file(), e.getMessage(), e);
    }
    if (evaluation.signal().rankIc().days() == 0) {
      throw DataException.in(
          source.file(),
          "no date has scores of at least %d names with a price and a return %d + %d trading days later (largest date: %d names): give more names, a shorter horizon, or prices that reach further"
              .formatted(
                  spec.signal().minimumNames(),
                  spec.signal().lag(),
                  spec.signal().horizon(),
                  evaluation.coverage().largestDay()));
    }
    return evaluation;
  }

  private static void requireDistinct(List<ScoreSource> sources) {
    Set<String> names = new HashSet<>();
    for (ScoreSource source : sources) {
      if (!names.add(source.model())) {
        throw new UsageException(
            "two --scores are called '%s'; give them names of their own: --scores NAME=FILE"
                .formatted(source.model()));
      }
    }
  }
}
