package alphadistill.cli.study;

import static alphadistill.cli.compare.ComparisonTable.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** The study as a page in Markdown: a table of students and one of differences for each market. */
final class StudyPage {
  private StudyPage() {}

  static String of(List<TaughtRun> runs) {
    StringBuilder page = new StringBuilder();
    page.append(
        "Rank IC out of sample, mean ± deviation over seeds. *token*: class and distillation token. *class only*: one head learns from label and teacher. *none*: no teacher. Differences are day by day and seed by seed, with 95 % intervals by block bootstrap. *gap closed*: share of what the undistilled transformer lacks to its linear teacher that the student makes up; a dash where the interval of that lack holds zero.\n");
    runs.stream().map(TaughtRun::market).distinct().forEach(market -> {
      List<TaughtRun> here =
          runs.stream().filter(run -> run.market().equals(market)).toList();
      page.append("\n## %s\n\n".formatted(market));
      students(page, here);
      page.append('\n');
      differences(page, here);
      here.stream()
          .filter(run -> run.metrics().isEmpty())
          .forEach(run -> page.append(
              "\nNot on this market: %s (%s)\n".formatted(run.teacher(), run.refusal())));
    });
    return page.toString();
  }

  private static void students(StringBuilder page, List<TaughtRun> runs) {
    page.append(
        "| teacher | teacher alone | token | class only | none | gap closed, token | gap closed, class only |\n");
    page.append("|---|---|---|---|---|---|---|\n");
    for (TaughtRun run : runs) {
      if (run.metrics().isPresent()) {
        page.append("| %s | %s | %s | %s | %s | %s | %s |\n"
            .formatted(
                run.teacher(),
                number("%.4f", run.rankIc("teacher")),
                student(run, TaughtRun.DISTILLED),
                student(run, TaughtRun.CLASS_ONLY),
                student(run, TaughtRun.UNDISTILLED),
                number("%.2f", run.gapClosed(TaughtRun.DISTILLED)),
                number("%.2f", run.gapClosed(TaughtRun.CLASS_ONLY))));
      }
    }
  }

  private static String student(TaughtRun run, String model) {
    return "%s ± %s"
        .formatted(number("%.4f", run.rankIc(model)), number("%.4f", run.bySeed(model)));
  }

  private static void differences(StringBuilder page, List<TaughtRun> runs) {
    page.append(
        "| teacher | token less none | class only less none | token less class only | token less teacher | none less teacher |\n");
    page.append("|---|---|---|---|---|---|\n");
    for (TaughtRun run : runs) {
      if (run.metrics().isPresent()) {
        page.append("| %s | %s | %s | %s | %s | %s |\n"
            .formatted(
                run.teacher(),
                interval(run.difference(TaughtRun.DISTILLED, TaughtRun.UNDISTILLED)),
                interval(run.difference(TaughtRun.CLASS_ONLY, TaughtRun.UNDISTILLED)),
                interval(run.difference(TaughtRun.DISTILLED, TaughtRun.CLASS_ONLY)),
                interval(run.difference(TaughtRun.DISTILLED, "teacher")),
                interval(run.difference(TaughtRun.UNDISTILLED, "teacher"))));
      }
    }
  }

  private static String interval(JsonNode difference) {
    return String.format(
        Locale.ROOT,
        "%+.4f [%+.4f, %+.4f]",
        difference.get("mean").asDouble(),
        difference.get("low").asDouble(),
        difference.get("high").asDouble());
  }
}
