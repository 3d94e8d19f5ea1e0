package alphadistill.cli.distill;

import alphadistill.backtest.Comparison;
import java.util.Locale;

/** The comparison in plain text. */
final class ConsoleTable {
  private ConsoleTable() {}

  static String of(StudyResults results, Comparison comparison) {
    StringBuilder table = new StringBuilder();
    var days = results.evaluations().get(0).signal().dates();
    table.append(
        "Out of sample, %s to %s, %d folds, horizon %d, lag %d; net of costs; spread over seeds\n\n"
            .formatted(
                days.get(0),
                days.get(days.size() - 1),
                results.study().folds().size(),
                results.study().spec().label().horizon(),
                results.study().spec().label().lag()));
    table.append("%-20s %5s %8s %16s %7s %7s %8s %9s %9s\n"
        .formatted(
            "model",
            "seeds",
            "rank IC",
            "by seed",
            "HAC t",
            "ICIR",
            "Sharpe",
            "return/y",
            "turnover"));
    for (Comparison.Row row : comparison.rows()) {
      table.append("%-20s %5d %8s %16s %7s %7s %8s %9s %9s\n"
          .formatted(
              row.model(),
              row.seeds(),
              number("%.4f", row.rankIc().mean()),
              row.seeds() == 1
                  ? ""
                  : number("%.4f", row.rankIcBySeed().mean())
                      + " ± "
                      + number("%.4f", row.rankIcBySeed().deviation()),
              number("%.2f", row.rankIc().hac().t()),
              number("%.3f", row.rankIc().icir()),
              number("%.2f", row.net().sharpe()),
              number("%.1f%%", 100 * row.net().annualReturn()),
              number("%.1f", row.turnoverBySeed().mean())));
    }
    results
        .oracle()
        .ifPresent(oracle -> table.append(
            "%-20s %5s %8s   the planted truth; the distilled student reaches %s of it\n"
                .formatted(
                    "oracle",
                    "",
                    number("%.4f", oracle.signal().rankIc().mean()),
                    number(
                        "%.0f%%",
                        100
                            * comparison.rows().get(0).rankIc().mean()
                            / oracle.signal().rankIc().mean()))));
    table.append('\n');
    for (String other : new String[] {StudyResults.TEACHER, StudyResults.UNDISTILLED, "ridge"}) {
      comparison
          .difference(StudyResults.DISTILLED, other)
          .ifPresent(pair ->
              table.append("distilled less %-20s rank IC %s, 95 %% interval %s to %s, HAC t %s\n"
                  .formatted(
                      other,
                      number("%+.4f", pair.rankIc().mean()),
                      number("%+.4f", pair.rankIc().interval().low()),
                      number("%+.4f", pair.rankIc().interval().high()),
                      number("%.2f", pair.rankIc().hac().t()))));
    }
    return table.toString();
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }
}
