package alphadistill.cli.distill;

import alphadistill.data.table.SignalTable;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.study.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code signals.parquet}: what every model and seed said of every test day, in deviations of the date's cross-section
 * of forward returns. A student's score also stands in its two parts, what the class head says and what the
 * distillation head says.
 */
final class SignalsFile {
  static final String NAME = "signals.parquet";

  private static final List<String> FIELDS =
      List.of(FoldScores.SCORE, FoldScores.CLASS_PART, FoldScores.DIST_PART);

  private SignalsFile() {}

  /** @param units folder of the finished units */
  static void write(Path file, Study study, Path units) {
    List<SignalTable.Series> series = new ArrayList<>();
    for (StudyModel model : StudyModel.of(study)) {
      for (long seed : model.seeds()) {
        series.add(new SignalTable.Series(
            model.name(),
            seed,
            () -> FoldScores.joined(
                study.folds().stream()
                    .map(fold -> ScoreFile.read(
                        units.resolve(model.unit(fold, seed)).resolve(StudyUnits.SCORES),
                        study,
                        fold))
                    .toList(),
                FIELDS)));
      }
    }
    SignalTable.parquet(series, FIELDS, file);
  }
}
