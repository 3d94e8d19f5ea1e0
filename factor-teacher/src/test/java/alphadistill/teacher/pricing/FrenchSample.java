package alphadistill.teacher.pricing;

import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Nine size and value portfolios and three factors by month, as the golden cases use them. */
final class FrenchSample {
  static final List<String> FACTORS = List.of("MktRF", "SMB", "HML");

  final List<LocalDate> dates;
  final double[] riskFree;
  final ReturnTable total;
  final ReturnTable factors;

  FrenchSample() {
    JsonNode c = GoldenCases.of("estimators.json").stream()
        .filter(golden -> golden.get("id").asText().equals("two-pass"))
        .findFirst()
        .orElseThrow();
    ReferenceTable table = ReferenceTable.of(c);
    List<String> portfolios =
        List.of("S1V1", "S1V3", "S1V5", "S3V1", "S3V3", "S3V5", "S5V1", "S5V3", "S5V5");
    dates = table.text("dates").stream()
        .map(month -> LocalDate.parse(month + "-01"))
        .toList();
    riskFree = table.column("RF");
    total = new ReturnTable(dates, portfolios, rows(table, portfolios));
    factors = new ReturnTable(dates, FACTORS, rows(table, FACTORS));
  }

  PricingSample sample() {
    return PricingSample.of(total.minusCash(riskFree), factors, riskFree);
  }

  /** The factors with cash, times {@code share}, added to one of them. */
  ReturnTable factorsWithCash(int factor, double share) {
    double[][] changed =
        Arrays.stream(factors.values()).map(double[]::clone).toArray(double[][]::new);
    for (int t = 0; t < changed.length; t++) {
      changed[t][factor] += share * riskFree[t];
    }
    return new ReturnTable(dates, FACTORS, changed);
  }

  private static double[][] rows(ReferenceTable table, List<String> names) {
    double[][] rows = new double[table.size()][names.size()];
    for (int i = 0; i < names.size(); i++) {
      double[] column = table.column(names.get(i));
      for (int t = 0; t < rows.length; t++) {
        rows[t][i] = column[t];
      }
    }
    return rows;
  }
}
