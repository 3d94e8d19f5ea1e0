package alphadistill.cli.distill;

import static alphadistill.cli.compare.ComparisonTable.number;

import alphadistill.backtest.Comparison;
import alphadistill.cli.compare.ComparisonTable;
import java.util.List;

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
    table.append(ComparisonTable.rows(comparison));
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
    for (String other :
        List.of(StudyResults.TEACHER, StudyResults.CLASS_ONLY, StudyResults.UNDISTILLED, "ridge")) {
      comparison
          .difference(StudyResults.DISTILLED, other)
          .ifPresent(pair -> table.append(ComparisonTable.difference("distilled", pair)));
    }
    return table.toString();
  }
}
