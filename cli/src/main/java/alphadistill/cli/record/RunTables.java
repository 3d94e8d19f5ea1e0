package alphadistill.cli.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Runs in plain text: one line each, or their headline figures side by side. */
public final class RunTables {
  /** Figures of {@code metrics.json}: heading, path, format. */
  private static final List<Figure> HEADLINE = List.of(
      new Figure("rank IC", "/rankIc/mean", "%.4f", 1),
      new Figure("rank IC by seed", "/rankIc/bySeed/mean", "%.4f", 1),
      new Figure("HAC t", "/rankIc/hacT", "%.2f", 1),
      new Figure("ICIR", "/rankIc/icir", "%.3f", 1),
      new Figure("Sharpe, net", "/sharpeNet", "%.2f", 1),
      new Figure("return a year, net", "/annualReturnNet", "%.1f%%", 100),
      new Figure("worst drawdown", "/maximumDrawdownNet", "%.1f%%", 100),
      new Figure("turnover a year", "/turnoverAnnualTwoWay", "%.1f", 1));

  private RunTables() {}

  private record Figure(String heading, String path, String format, double unit) {
    String of(JsonNode model) {
      JsonNode value = model.at(path);
      return value.isNumber() ? String.format(Locale.ROOT, format, unit * value.asDouble()) : "-";
    }
  }

  /** One line for each run: dates, and the first model's figures. */
  public static String list(List<RunRecord> runs) {
    StringBuilder table = new StringBuilder("%-24s %-24s %5s %5s %8s %7s %8s\n"
        .formatted("run", "test days", "folds", "seeds", "rank IC", "HAC t", "Sharpe"));
    for (RunRecord run : runs) {
      if (!run.isFinished()) {
        table.append(
            "%-24s not finished; 'distill' on it goes on where it stopped\n".formatted(run.name()));
        continue;
      }
      JsonNode metrics = run.metrics();
      JsonNode first = metrics.path("models").elements().next();
      table.append("%-24s %-24s %5s %5s %8s %7s %8s\n"
          .formatted(
              run.name(),
              metrics.path("firstTestDay").asText() + " "
                  + metrics.path("lastTestDay").asText(),
              metrics.path("folds").asText(),
              first.path("seeds").asText(),
              HEADLINE.get(0).of(first),
              HEADLINE.get(2).of(first),
              HEADLINE.get(4).of(first)));
    }
    return table.toString();
  }

  /** Headline figures: a block for each figure, a line for each model, a column for each run. */
  public static String compare(List<RunRecord> runs) {
    Set<String> models = new LinkedHashSet<>();
    runs.forEach(run -> run.metrics().path("models").fieldNames().forEachRemaining(models::add));
    StringBuilder table = new StringBuilder();
    List<String> header = new ArrayList<>();
    runs.forEach(run -> header.add(run.name()));
    table.append(line("", header));
    table.append(line("test days from", texts(runs, "firstTestDay")));
    table.append(line("to", texts(runs, "lastTestDay")));
    for (Figure figure : HEADLINE) {
      table.append('\n').append(figure.heading()).append('\n');
      for (String model : models) {
        table.append(line(
            "  " + model,
            runs.stream()
                .map(run -> figure.of(run.metrics().path("models").path(model)))
                .toList()));
      }
    }
    if (Set.copyOf(texts(runs, "firstTestDay")).size() > 1
        || Set.copyOf(texts(runs, "lastTestDay")).size() > 1) {
      table.append(
          "\nnote: the runs were tested on different days, so their figures are of different markets\n");
    }
    return table.toString();
  }

  private static List<String> texts(List<RunRecord> runs, String key) {
    return runs.stream().map(run -> run.metrics().path(key).asText("-")).toList();
  }

  private static String line(String name, List<String> cells) {
    StringBuilder line = new StringBuilder("%-22s".formatted(name));
    cells.forEach(cell -> line.append(" %16s".formatted(cell)));
    return line.append('\n').toString();
  }
}
