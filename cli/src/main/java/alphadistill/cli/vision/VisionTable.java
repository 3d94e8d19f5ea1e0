package alphadistill.cli.vision;

import static alphadistill.cli.compare.ComparisonTable.number;

import alphadistill.backtest.significance.Spread;
import java.util.List;

/** The results of a run in plain text. */
final class VisionTable {
  private VisionTable() {}

  static String of(VisionResults results) {
    StringBuilder table = new StringBuilder();
    table.append("Accuracy on %,d test pictures, %%; mean and deviation over seeds\n\n"
        .formatted(results.truth().pictures()));
    table.append("%-8s %5s %14s %14s %14s %14s\n"
        .formatted("variant", "seeds", "both heads", "class head", "dist. head", "as teacher"));
    for (VisionResults.Variant variant : results.variants()) {
      table.append("%-8s %5d %14s %14s %14s %14s\n"
          .formatted(
              VisionUnits.label(variant.kind()),
              variant.both().count(),
              percent(variant.both()),
              percent(variant.classHead()),
              percent(variant.distHead()),
              percent(variant.withTeacher())));
    }
    if (Double.isFinite(results.teacherAccuracy())) {
      table.append("%-8s %5s %14s\n"
          .formatted("teacher", "", number("%.2f", 100 * results.teacherAccuracy())));
    }
    appendAgreement(table, results);
    table.append('\n');
    for (VisionResults.Difference pair : results.differences()) {
      table.append("%s less %-6s %s points, by seed %s, 95 %% interval over pictures %s to %s\n"
          .formatted(
              VisionUnits.label(pair.variant()),
              VisionUnits.label(pair.against()),
              number("%+.2f", 100 * pair.accuracy().mean()),
              signed(pair.accuracy().seeds()),
              number("%+.2f", 100 * pair.accuracy().interval().low()),
              number("%+.2f", 100 * pair.accuracy().interval().high())));
    }
    return table.toString();
  }

  /** Whom each head agrees with, and how far apart the tokens are: what a distillation token does. */
  private static void appendAgreement(StringBuilder table, VisionResults results) {
    List<VisionResults.Variant> two = results.variants().stream()
        .filter(variant -> variant.tokenCosine().length > 0)
        .toList();
    if (two.isEmpty()) {
      return;
    }
    table.append("\nAgreement of each head with the teacher, and of the two heads, %\n\n");
    table.append(
        "%-8s %14s %14s %14s\n".formatted("variant", "class head", "dist. head", "each other"));
    for (VisionResults.Variant variant : two) {
      table.append("%-8s %14s %14s %14s\n"
          .formatted(
              VisionUnits.label(variant.kind()),
              percent(variant.classHeadWithTeacher()),
              percent(variant.distHeadWithTeacher()),
              percent(variant.headsAgree())));
    }
    table.append("\nCosine of class and distillation token, embedded and after each block\n\n");
    for (VisionResults.Variant variant : two) {
      table.append("%-8s".formatted(VisionUnits.label(variant.kind())));
      for (double cosine : variant.tokenCosine()) {
        table.append(" %6s".formatted(number("%.2f", cosine)));
      }
      table.append('\n');
    }
  }

  private static String percent(Spread share) {
    if (!Double.isFinite(share.mean())) {
      return "-";
    }
    return number("%.2f", 100 * share.mean())
        + (share.count() == 1 ? "" : " ± " + number("%.2f", 100 * share.deviation()));
  }

  private static String signed(Spread difference) {
    return number("%+.2f", 100 * difference.mean())
        + (difference.count() == 1 ? "" : " ± " + number("%.2f", 100 * difference.deviation()));
  }
}
