package alphadistill.student;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.data.simulate.SimulationSpec;
import alphadistill.data.testing.ReadmeLines;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.forecast.Baseline;
import alphadistill.student.forecast.Fidelity;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.learn.StudentFit;
import alphadistill.student.learn.Variant;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.Studies;
import alphadistill.student.study.Study;
import alphadistill.student.study.StudySpec;
import alphadistill.student.teach.FactorTeaching;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of use in the README, compiled and run. */
class ReadmeTest {
  private final SimulatedMarket market = Studies.market(SimulationSpec.Kind.NONLINEAR);
  private final StudySpec spec = Studies.spec();
  private final long seed = 1;

  @TempDir
  private Path folder;

  @Test
  void theLinesOfUseRun() {
    Path weightsFile = folder.resolve("student.safetensors");
    // begin
    Study study = Study.of(MarketData.of(market), spec);
    FactorTeaching teaching = FactorTeaching.of(study); // a model for each day, of what it knew
    FoldPlan.Fold fold = study.folds().get(0);

    StudentFit fit = StudentFit.of(
        new CpuKernels(1), study, teaching, fold, Variant.DISTILLED, seed, epoch -> {});
    FoldScores student = FoldScores.of(study, fold, fit.student());
    FoldScores teacher = Baseline.TEACHER.forecast(study, teaching, fold);

    Panel scores = student.scores(); // test days x assets: score, class, dist
    double followed = Fidelity.of(study, student, teacher).dist();
    fit.student().save(weightsFile);
    // end

    assertThat(scores.days()).isEqualTo(fold.test().length());
    assertThat(followed).isBetween(0.0, 1.0);
    assertThat(weightsFile).isNotEmptyFile();
  }

  @Test
  void theReadmeShowsExactlyTheseLines() {
    ReadmeLines.requireShown(ReadmeTest.class);
  }
}
