package alphadistill.cli.teacher.report;

import alphadistill.cli.teacher.fit.TeacherFit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page of a teacher shows.
 *
 * @param title of the page
 * @param notes about the data, a line each; at least one
 * @param fit what became of the teacher
 * @param verdicts of the quality gates there are
 * @param drops what was left out while the data were read
 * @param configuration as text, with every value
 * @param provenance code, data and machine by name, in the order shown
 */
public record TeacherReport(
    String title,
    List<String> notes,
    TeacherFit fit,
    List<Verdict> verdicts,
    List<Drop> drops,
    String configuration,
    Map<String, String> provenance) {

  /** What a quality gate said. */
  public record Verdict(boolean passed, String words) {}

  /** Rows or values left out for one reason, with the first of them. */
  public record Drop(String reason, long count, String example) {}

  public TeacherReport {
    notes = List.copyOf(notes);
    verdicts = List.copyOf(verdicts);
    drops = List.copyOf(drops);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** The page, as one HTML file. */
  public String html() {
    return new TeacherSections(this).html();
  }
}
