package alphadistill.cli.compare;

import alphadistill.backtest.Comparison;
import java.util.Locale;

/** Models of a comparison as lines of a console table, about 100 characters wide. */
public final class ComparisonTable {
  private ComparisonTable() {}

  /** A heading and one line for each model. */
  public static String rows(Comparison comparison) {
    StringBuilder table = new StringBuilder();
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
    return table.toString();
  }

  /** One line: a model less another. */
  public static String difference(String model, Comparison.Difference pair) {
    return "%s less %-20s rank IC %s, 95 %% interval %s to %s, HAC t %s\n"
        .formatted(
            model,
            pair.against(),
            number("%+.4f", pair.rankIc().mean()),
            number("%+.4f", pair.rankIc().interval().low()),
            number("%+.4f", pair.rankIc().interval().high()),
            number("%.2f", pair.rankIc().hac().t()));
  }

  /** A number in a form, or a dash where there is none. */
  public static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }
}
