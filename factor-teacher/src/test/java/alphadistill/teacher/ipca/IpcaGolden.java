package alphadistill.teacher.ipca;

import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Golden cases of IPCA: years are periods, firms are assets. */
public final class IpcaGolden {
  private IpcaGolden() {}

  public static void grunfeld(JsonNode c) {
    JsonNode options = c.get("options");
    Ipca ipca = Ipca.factors(options.get("factors").asInt())
        .until(options.get("tolerance").asDouble(), 10_000);
    IpcaFit fit =
        (options.get("intercept").asBoolean() ? ipca.withIntercept() : ipca).fit(portfolios(c));

    JsonNode expected = c.get("expected");
    check(c, "gamma", fit.beta(), expected.get("gamma"));
    check(c, "factors", fit.factors(), expected.get("factors"));
    for (int l = 0; l < fit.alpha().length; l++) {
      GoldenCases.check(
          c, "alpha " + l, fit.alpha()[l], expected.get("gamma_alpha").get(l));
    }
    IpcaFit.RSquared r2 = fit.rSquared();
    GoldenCases.check(c, "total", r2.total(), expected.get("r2_total"));
    GoldenCases.check(c, "predictive", r2.predictive(), expected.get("r2_pred"));
    GoldenCases.check(c, "total, centred", r2.totalCentred(), expected.get("r2_total_centred"));
    GoldenCases.check(
        c, "predictive, centred", r2.predictiveCentred(), expected.get("r2_pred_centred"));
  }

  private static ManagedPortfolios portfolios(JsonNode c) {
    JsonNode data = c.get("data");
    List<String> instruments = strings(data.get("instruments"));
    ReferenceTable table = ReferenceTable.of(c).where("firm", strings(data.get("firms"))::contains);
    List<String> years = table.text("year").stream().distinct().sorted().toList();
    ManagedPortfolios.Builder builder = ManagedPortfolios.builder(instruments, years.size());
    for (int period = 0; period < years.size(); period++) {
      ReferenceTable year = table.where("year", years.get(period)::equals);
      builder.set(
          period,
          instruments.stream().map(year::column).toArray(double[][]::new),
          year.column(data.get("target").asText()));
    }
    return builder.build();
  }

  private static void check(JsonNode c, String what, double[][] actual, JsonNode expected) {
    if (actual.length != expected.size() || actual[0].length != expected.get(0).size()) {
      throw new AssertionError("%s is (%d, %d), expected (%d, %d)"
          .formatted(
              what,
              actual.length,
              actual[0].length,
              expected.size(),
              expected.get(0).size()));
    }
    for (int i = 0; i < actual.length; i++) {
      for (int j = 0; j < actual[i].length; j++) {
        GoldenCases.check(
            c, what + " " + i + " " + j, actual[i][j], expected.get(i).get(j));
      }
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asText()));
    return strings;
  }
}
