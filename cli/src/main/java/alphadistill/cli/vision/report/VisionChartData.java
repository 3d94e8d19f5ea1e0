package alphadistill.cli.vision.report;

import alphadistill.backtest.page.ChartNumbers;
import alphadistill.engine.train.Trainer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** The numbers behind the charts of an image training, as JSON. */
final class VisionChartData {
  /** Rates of a warm-up begin at a millionth. */
  private static final ChartNumbers NUMBERS = new ChartNumbers(12);

  private VisionChartData() {}

  /** Safe inside a script element. */
  static String of(VisionReport report) {
    ObjectNode root = ChartNumbers.newObject();
    ArrayNode models = root.putArray("models");
    for (VisionReport.Variant variant : report.variants()) {
      ObjectNode model = models.addObject().put("name", variant.name());
      ArrayNode seeds = model.putArray("seeds");
      variant.seeds().forEach(seed -> addSeed(seeds.addObject(), seed));
      NUMBERS.array(model, "cosine", variant.tokenCosine());
      ObjectNode confusion = model.putObject("confusion");
      variant.confusion().classes().forEach(confusion.withArray("classes")::add);
      ArrayNode counts = confusion.putArray("counts");
      for (int[] row : variant.confusion().counts()) {
        ArrayNode cells = counts.addArray();
        for (int count : row) {
          cells.add(count);
        }
      }
    }
    return ChartNumbers.text(root);
  }

  private static void addSeed(ObjectNode node, VisionReport.Seed seed) {
    node.put("name", seed.name());
    List<Trainer.Epoch> epochs = seed.epochs();
    ArrayNode numbers = node.putArray("epochs");
    epochs.forEach(epoch -> numbers.add(epoch.epoch()));
    array(node, "loss", epochs, Trainer.Epoch::loss);
    array(node, "rate", epochs, Trainer.Epoch::rate);
    array(node, "norm", epochs, Trainer.Epoch::gradientNorm);
    array(node, "validation", epochs, Trainer.Epoch::validation);
    ObjectNode figures = node.putObject("figures");
    Collection<String> names = new TreeSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.figures().keySet()));
    for (String name : names) {
      array(figures, name, epochs, e -> e.figures().getOrDefault(name, Double.NaN));
    }
  }

  private static void array(
      ObjectNode node,
      String name,
      List<Trainer.Epoch> epochs,
      ToDoubleFunction<Trainer.Epoch> figure) {
    NUMBERS.array(node, name, epochs.stream().mapToDouble(figure).toArray());
  }
}
