package alphadistill.cli.vision.report;

import alphadistill.augment.image.Image;
import alphadistill.engine.train.Trainer;
import alphadistill.vision.evaluate.Agreement;
import alphadistill.vision.evaluate.ConfusionMatrix;
import alphadistill.vision.evaluate.HeadTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the report of an image training shows.
 *
 * @param title of the page
 * @param notes lines below it: pictures, architecture, teacher
 * @param variants networks trained on the same pictures, such as without and with distillation; the first is shown first
 * @param teacher how good the teacher is on the same test pictures
 * @param agreement of truth, teacher and heads with each other
 * @param configuration as text, with every value
 * @param provenance code, data and machine by name, in the order shown
 */
public record VisionReport(
    String title,
    List<String> notes,
    List<Variant> variants,
    Optional<HeadTable.Row> teacher,
    Optional<Agreement> agreement,
    String configuration,
    Map<String, String> provenance) {

  /**
   * One network, trained with one or more seeds.
   *
   * @param name in the words of tables, such as {@code hard distillation}
   * @param seeds how each training went
   * @param heads of each seed on the test pictures, with the same rows
   * @param confusion of what the network says as a whole
   * @param tokenCosine of class and distillation token after the embedding and each block; empty without that token
   * @param samples test pictures with what the network says about them
   * @param views further pictures, such as attention over a picture
   */
  public record Variant(
      String name,
      List<Seed> seeds,
      List<HeadTable> heads,
      ConfusionMatrix confusion,
      double[] tokenCosine,
      List<Sample> samples,
      List<View> views) {

    public Variant {
      seeds = List.copyOf(seeds);
      heads = List.copyOf(heads);
      samples = List.copyOf(samples);
      views = List.copyOf(views);
      if (seeds.isEmpty() || seeds.size() != heads.size()) {
        throw new IllegalArgumentException("'%s' has %d trainings and the heads of %d"
            .formatted(name, seeds.size(), heads.size()));
      }
      List<String> first = names(heads.get(0));
      for (HeadTable table : heads) {
        if (!names(table).equals(first)) {
          throw new IllegalArgumentException(
              "seeds of '%s' have the heads %s and %s".formatted(name, first, names(table)));
        }
      }
    }

    private static List<String> names(HeadTable table) {
      return table.rows().stream().map(HeadTable.Row::by).toList();
    }
  }

  /** One training. */
  public record Seed(String name, List<Trainer.Epoch> epochs) {
    public Seed {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * A test picture.
   *
   * @param truth class
   * @param given class that the network gives it
   * @param probability that it gives this class, in [0, 1]
   * @param teacher class that the teacher gives it; empty without a teacher
   */
  public record Sample(
      Image picture, String truth, String given, double probability, String teacher) {}

  /** A picture and what it shows. */
  public record View(String caption, Image picture) {}

  public VisionReport {
    notes = List.copyOf(notes);
    variants = List.copyOf(variants);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("a report needs at least one trained network");
    }
  }

  /** The page, as one HTML file. */
  public String html() {
    return new VisionSections(this).html();
  }
}
