package alphadistill.cli.vision.report;

import static alphadistill.backtest.page.Words.decimal;

import alphadistill.backtest.page.Table;
import alphadistill.backtest.page.Words;
import alphadistill.backtest.significance.Spread;
import alphadistill.vision.evaluate.Agreement;
import alphadistill.vision.evaluate.ConfusionMatrix;
import alphadistill.vision.evaluate.HeadTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Tables of an image training. */
final class VisionTables {
  static final int CLASSES_LISTED = 50;

  private VisionTables() {}

  /** Every head of every variant (DeiT paper, table 3). */
  static Table heads(VisionReport report) {
    Table table = new Table("Heads on the test pictures")
        .words("Network", "Head")
        .numbers("Accuracy", "Standard error", "Cross entropy", "Seeds");
    for (VisionReport.Variant variant : report.variants()) {
      HeadTable first = variant.heads().get(0);
      for (int row = 0; row < first.rows().size(); row++) {
        Spread accuracy = spread(variant, row, HeadTable.Row::accuracy);
        table.row(
            variant.name(),
            first.rows().get(row).by(),
            meanPercent(accuracy, 2),
            Words.percent(first.rows().get(row).accuracyError(first.pictures()), 2),
            decimal(spread(variant, row, HeadTable.Row::crossEntropy).mean(), 3),
            Words.count(accuracy.count()));
      }
    }
    int pictures = report.variants().get(0).heads().get(0).pictures();
    report
        .teacher()
        .ifPresent(teacher -> table.marked(
            "reference",
            "teacher",
            teacher.by(),
            Words.percent(teacher.accuracy(), 2),
            Words.percent(teacher.accuracyError(pictures), 2),
            decimal(teacher.crossEntropy(), 3),
            Words.UNDEFINED));
    return table;
  }

  static Spread spread(
      VisionReport.Variant variant, int row, ToDoubleFunction<HeadTable.Row> figure) {
    return new Spread(variant.heads().stream()
        .mapToDouble(heads -> figure.applyAsDouble(heads.rows().get(row)))
        .toArray());
  }

  /** Mean, and deviation where there are several seeds. */
  private static String meanPercent(Spread share, int digits) {
    return share.count() == 1
        ? Words.percent(share.mean(), digits)
        : "%s ± %s"
            .formatted(
                decimal(100 * share.mean(), digits), Words.percent(share.deviation(), digits));
  }

  static Table agreement(Agreement agreement) {
    Table table = new Table("Share of pictures classified differently").words("");
    agreement.names().forEach(table::numbers);
    for (int i = 0; i < agreement.names().size(); i++) {
      List<String> cells = new ArrayList<>(List.of(agreement.names().get(i)));
      for (double share : agreement.different()[i]) {
        cells.add(decimal(share, 3));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  /** Classes from the one least often recognised on. */
  static Table classes(ConfusionMatrix confusion) {
    Table table = new Table("Classes, the hardest first")
        .words("Class")
        .numbers("Pictures", "Recognised", "Right when given")
        .words("Most often taken for");
    IntStream.range(0, confusion.classes().size())
        .boxed()
        .sorted(Comparator.comparingDouble(confusion::recall))
        .limit(CLASSES_LISTED)
        .forEach(index -> table.row(
            confusion.classes().get(index),
            Words.count(IntStream.of(confusion.counts()[index]).sum()),
            Words.percent(confusion.recall(index), 1),
            Words.percent(confusion.precision(index), 1),
            takenFor(confusion, index)));
    return table;
  }

  private static String takenFor(ConfusionMatrix confusion, int index) {
    int[] row = confusion.counts()[index];
    return IntStream.range(0, row.length)
        .filter(other -> other != index && row[other] > 0)
        .boxed()
        .max(Comparator.<Integer>comparingInt(other -> row[other])
            .thenComparing(Comparator.reverseOrder()))
        .map(other -> "%s (%s)".formatted(confusion.classes().get(other), Words.count(row[other])))
        .orElse(Words.UNDEFINED);
  }
}
