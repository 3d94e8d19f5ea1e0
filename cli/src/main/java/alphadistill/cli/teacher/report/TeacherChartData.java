package alphadistill.cli.teacher.report;

import alphadistill.backtest.page.ChartNumbers;
import alphadistill.cli.teacher.fit.FitMap;
import alphadistill.cli.teacher.fit.ModelPath;
import alphadistill.cli.teacher.fit.OutOfSample;
import alphadistill.cli.teacher.fit.TeacherFit;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The numbers behind the charts of a teacher, as JSON. */
final class TeacherChartData {
  /** Daily premia can be a few hundredths of a basis point. */
  private static final ChartNumbers NUMBERS = new ChartNumbers(9);

  /** More points of a path than this are no finer line on any screen. */
  private static final int POINTS = 500;

  private TeacherChartData() {}

  /** Safe inside a script element. */
  static String of(TeacherFit fit) {
    ObjectNode root = ChartNumbers.newObject();
    ArrayNode factors = root.putArray("factors");
    fit.factors().forEach(factors::add);
    path(root, fit.path());
    OutOfSample out = fit.outOfSample();
    ArrayNode days = root.putArray("icDays");
    out.dates().forEach(date -> days.add(date.toString()));
    NUMBERS.array(root, "rankIc", out.coefficients().rankIc());
    map(root.putObject("map"), fit.map());
    return ChartNumbers.text(root);
  }

  private static void path(ObjectNode root, ModelPath path) {
    int[] shown = thinned(path.dates().size());
    ArrayNode days = root.putArray("days");
    IntStream.of(shown).forEach(at -> days.add(path.dates().get(at).toString()));
    series(root, "premia", path.premia(), shown);
    series(root, "errors", path.errors(), shown);
    series(root, "betas", path.loadings(), shown);
    series(root, "spreads", path.spreads(), shown);
  }

  /** Evenly spread, the newest always. */
  private static int[] thinned(int count) {
    int step = (count + POINTS - 1) / POINTS;
    return IntStream.range(0, count).filter(at -> (count - 1 - at) % step == 0).toArray();
  }

  private static void series(ObjectNode root, String name, double[][] byFactor, int[] shown) {
    ArrayNode factors = root.putArray(name);
    for (double[] values : byFactor) {
      NUMBERS.fill(
          factors.addArray(), Arrays.stream(shown).mapToDouble(at -> values[at]).toArray());
    }
  }

  private static void map(ObjectNode node, FitMap map) {
    node.put("ofAssets", map.ofAssets());
    ArrayNode rows = node.putArray("rows");
    map.rows().forEach(rows::add);
    ArrayNode columns = node.putArray("columns");
    map.columns().forEach(columns::add);
    ArrayNode cells = node.putArray("cells");
    for (double[] row : map.cells()) {
      NUMBERS.fill(cells.addArray(), row);
    }
  }
}
