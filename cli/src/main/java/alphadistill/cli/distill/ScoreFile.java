package alphadistill.cli.distill;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.study.Study;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Scores of one fold on disk: one float32 tensor (test days, assets) for each field. */
final class ScoreFile {
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
            "first day", panel.dates().get(0).toString(),
            "last day", panel.dates().get(panel.days() - 1).toString()));
  }

  static FoldScores read(Path file, Study study, FoldPlan.Fold fold) {
    SafeTensors saved = SafeTensors.read(file);
    Panel.Builder panel = Panel.builder(
        study.dates().subList(fold.test().first(), fold.test().last() + 1),
        study.prices().assets());
    for (String field : saved.names()) {
      double[] values = saved.doubles(field);
      float[] narrow = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        narrow[i] = (float) values[i];
      }
      panel.field(FieldSpec.raw(field, "deviations"), narrow);
    }
    return new FoldScores(fold, panel.build());
  }
}
