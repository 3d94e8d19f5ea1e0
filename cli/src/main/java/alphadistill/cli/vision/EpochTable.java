package alphadistill.cli.vision;

import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a training went, a row for each epoch, as CSV; every bit of its numbers comes back. */
final class EpochTable {
  private static final List<String> FIXED =
      List.of("epoch", "steps", "loss", "gradientNorm", "rate", "accuracy");

  private EpochTable() {}

  static String csv(List<Trainer.Epoch> epochs) {
    List<String> figures = List.copyOf(epochs.get(0).figures().keySet());
    List<String> heading = new ArrayList<>(FIXED);
    heading.addAll(figures);
    StringBuilder csv = new StringBuilder(String.join(",", heading)).append('\n');
    for (Trainer.Epoch epoch : epochs) {
      csv.append("%d,%d,%s,%s,%s,%s"
          .formatted(
              epoch.epoch(),
              epoch.steps(),
              epoch.loss(),
              epoch.gradientNorm(),
              epoch.rate(),
              epoch.validation()));
      figures.forEach(name -> csv.append(',').append(epoch.figures().get(name)));
      csv.append('\n');
    }
    return csv.toString();
  }

  /** @throws CheckpointException if the file is not such a table */
  static List<Trainer.Epoch> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String[] names = lines.get(0).split(",");
      List<Trainer.Epoch> epochs = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",");
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int i = FIXED.size(); i < names.length; i++) {
          figures.put(names[i], Double.valueOf(cells[i]));
        }
        epochs.add(new Trainer.Epoch(
            Integer.parseInt(cells[0]),
            Integer.parseInt(cells[1]),
            Double.parseDouble(cells[2]),
            Double.parseDouble(cells[3]),
            Double.parseDouble(cells[4]),
            Double.parseDouble(cells[5]),
            figures));
      }
      return epochs;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new CheckpointException(
          "%s is not a table of epochs as a training writes it".formatted(file));
    }
  }
}
