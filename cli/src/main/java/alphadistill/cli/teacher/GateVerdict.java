package alphadistill.cli.teacher;

import alphadistill.engine.TeacherRefusedException;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.student.teach.TeacherGate;
import java.util.Comparator;

/**
 * What a quality gate said of a teacher.
 *
 * @param gate who asked: {@code --gate} or {@code teacher.gate}
 * @param leastT t statistic it asked for
 * @param passed whether the teacher may teach
 * @param words the same in a line, with the figure
 */
public record GateVerdict(String gate, double leastT, boolean passed, String words) {

  /** The configuration's own gate, as {@code distill} applies it: on training dates, fold by fold. */
  static GateVerdict configured(Study study, FactorTeaching teaching) {
    double leastT = study.spec().teacher().gate();
    boolean passed = true;
    String words;
    try {
      TeacherGate.Score weakest = new TeacherGate(leastT)
          .require(study, teaching).stream()
              .min(Comparator.comparingDouble(TeacherGate.Score::t))
              .orElseThrow();
      words = "teacher %s passes teacher.gate of %s; at its weakest %s"
          .formatted(study.spec().teacher().type().word(), leastT, weakest);
    } catch (TeacherRefusedException e) {
      passed = false;
      words = e.getMessage();
    }
    return new GateVerdict("teacher.gate", leastT, passed, words);
  }

  /** @throws TeacherRefusedException if the teacher was refused */
  public void require() {
    if (!passed) {
      throw new TeacherRefusedException(words);
    }
  }
}
