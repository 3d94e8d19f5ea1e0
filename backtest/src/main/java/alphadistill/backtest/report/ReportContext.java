package alphadistill.backtest.report;

import alphadistill.backtest.Evaluation;
import java.util.List;
import java.util.Optional;

/**
 * What a report says beside results: where they come from and what the words mean. Names only, no model.
 *
 * @param title of the page
 * @param market one line about the prices, such as {@code simulated nonlinear market of 150 assets}
 * @param notes further lines shown below it
 * @param definitions of models and figures, beside those the report brings along
 * @param drops what was left out of the input, by reason
 * @param figures measured by fold and seed, such as how a model follows its teacher; may be empty
 * @param configuration as text, with every value
 * @param provenance code, data, machine; in the order shown
 * @param oracle the best forecast there is, where the truth is known
 */
public record ReportContext(
    String title,
    String market,
    List<String> notes,
    List<Definition> definitions,
    List<Drop> drops,
    List<FoldFigures> figures,
    String configuration,
    List<Fact> provenance,
    Optional<Evaluation> oracle) {

  /** A word and what it means here. */
  public record Definition(String term, String meaning) {}

  /** Input left out for one reason, with the first example met. */
  public record Drop(String reason, long count, String example) {}

  /** One line of provenance. */
  public record Fact(String name, String value) {}

  public ReportContext {
    notes = List.copyOf(notes);
    definitions = List.copyOf(definitions);
    drops = List.copyOf(drops);
    figures = List.copyOf(figures);
    provenance = List.copyOf(provenance);
  }

  /** A title and a market, nothing else known. */
  public static ReportContext of(String title, String market) {
    return new ReportContext(
        title, market, List.of(), List.of(), List.of(), List.of(), "", List.of(), Optional.empty());
  }

  public ReportContext withNotes(List<String> lines) {
    return new ReportContext(
        title, market, lines, definitions, drops, figures, configuration, provenance, oracle);
  }

  public ReportContext withDefinitions(List<Definition> words) {
    return new ReportContext(
        title, market, notes, words, drops, figures, configuration, provenance, oracle);
  }

  public ReportContext withDrops(List<Drop> leftOut) {
    return new ReportContext(
        title, market, notes, definitions, leftOut, figures, configuration, provenance, oracle);
  }

  public ReportContext withFigures(List<FoldFigures> measured) {
    return new ReportContext(
        title, market, notes, definitions, drops, measured, configuration, provenance, oracle);
  }

  /** @param facts code, data and machine, in the order shown */
  public ReportContext withOrigin(String configurationText, List<Fact> facts) {
    return new ReportContext(
        title, market, notes, definitions, drops, figures, configurationText, facts, oracle);
  }

  public ReportContext withOracle(Optional<Evaluation> truth) {
    return new ReportContext(
        title, market, notes, definitions, drops, figures, configuration, provenance, truth);
  }
}
