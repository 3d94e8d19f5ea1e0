package alphadistill.cli.distill;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.study.Study;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scores of one fold on disk: one float32 tensor (test days, assets) for each field, with the first and last day and
 * the names of the assets, so that scores find their places in data that have grown since.
 */
final class ScoreFile {
  private static final String FIRST_DAY = "first day";
  private static final String LAST_DAY = "last day";
  private static final String ASSETS = "assets";

  private ScoreFile() {}

  static void write(Path file, FoldScores scores) {
    Panel panel = scores.scores();
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    for (int field = 0; field < panel.fields().size(); field++) {
      float[][] days = new float[panel.days()][];
      for (int day = 0; day < days.length; day++) {
        days[day] = panel.crossSection(field, day);
      }
      tensors.put(panel.fields().get(field).name(), Nd4j.createFromArray(days));
    }
    SafeTensors.write(
        file,
        tensors,
        Map.of(
            FIRST_DAY, panel.dates().get(0).toString(),
            LAST_DAY, panel.dates().get(panel.days() - 1).toString(),
            ASSETS, String.join("\n", panel.assets())));
  }

  /**
   * The scores of a fold's test days that were saved and that the study knows.
   *
   * @throws CheckpointException if the file is damaged, or of other days than the fold's
   */
  static FoldScores read(Path file, Study study, FoldPlan.Fold fold) {
    SafeTensors saved = SafeTensors.read(file);
    LocalDate first = day(saved, FIRST_DAY, file);
    LocalDate last = day(saved, LAST_DAY, file);
    if (!first.equals(study.dates().get(fold.test().first()))) {
      throw new CheckpointException(
          "%s begins on %s, but fold %d of these data is tested from %s: they are not the data of the run"
              .formatted(
                  file, first, fold.index(), study.dates().get(fold.test().first())));
    }
    List<LocalDate> days =
        study.dates().subList(fold.test().first(), study.prices().lastDayOnOrBefore(last) + 1);
    List<String> assets = List.of(saved.metadata().getOrDefault(ASSETS, "").split("\n"));
    Panel.Builder panel = Panel.builder(days, study.prices().assets());
    for (String field : saved.names()) {
      panel.field(
          FieldSpec.raw(field, "deviations"),
          placed(saved.doubles(field), assets, days.size(), study.prices().assets()));
    }
    return new FoldScores(fold, panel.build());
  }

  private static LocalDate day(SafeTensors saved, String key, Path file) {
    String text = saved.metadata().get(key);
    if (text == null) {
      throw new CheckpointException(
          "%s does not say its %s: not a file of scores".formatted(file, key));
    }
    return LocalDate.parse(text);
  }

  /** Columns of one list of assets in the order of another; a name that is missing there has no score. */
  private static float[] placed(double[] values, List<String> from, int days, List<String> to) {
    float[] placed = new float[days * to.size()];
    Arrays.fill(placed, Float.NaN);
    for (int column = 0; column < from.size(); column++) {
      int asset = to.indexOf(from.get(column));
      for (int day = 0; asset >= 0 && day < days; day++) {
        placed[day * to.size() + asset] = (float) values[day * from.size() + column];
      }
    }
    return placed;
  }
}
