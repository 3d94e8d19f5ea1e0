package alphadistill.teacher.crosssection;

import alphadistill.data.testing.GoldenCases;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The golden case of a country, industry and style cross-section. */
public final class CrossSectionGolden {
  private CrossSectionGolden() {}

  public static void barra(JsonNode c) {
    require(c, "weights", "square root of market cap");
    require(c, "restriction", "cap-weighted industry returns sum to zero");
    require(
        c,
        "style_scaling",
        "minus cap-weighted mean, divided by the equal-weighted population deviation");
    JsonNode inline = c.get("data").get("inline");
    double[] caps = numbers(inline.get("market_cap"));
    int[] industry = IntStream.range(0, caps.length)
        .map(i -> inline.get("industry").get(i).asInt())
        .toArray();
    int industries = IntStream.of(industry).max().orElseThrow() + 1;
    int styles = inline.get("styles").get(0).size();
    double[][] exposures = new double[styles][];
    // The case says population deviation, but its exposures are those of n - 1 to the last digit;
    // with n they
    // are off by sqrt(40 / 39), which is asserted below so that a corrected case is noticed.
    StyleScaling scaling =
        StyleScaling.standard().cutAt(Double.POSITIVE_INFINITY).by(StyleScaling.Deviation.SAMPLE);
    for (int style = 0; style < styles; style++) {
      int s = style;
      double[] raw = IntStream.range(0, caps.length)
          .mapToDouble(i -> inline.get("styles").get(i).get(s).asDouble())
          .toArray();
      exposures[style] = scaling.scale(raw, caps);
    }
    CrossSectionFit fit = new CrossSection(
            names("industry", industries), names("style", styles), industry, exposures, caps)
        .fit(numbers(inline.get("returns")));

    JsonNode expected = c.get("expected");
    check(c, "factor_returns", fit.factorReturns(), expected.get("factor_returns"));
    GoldenCases.check(c, "r2", fit.rSquared(), expected.get("r2"));
    check(c, "residual_first5", fit.residuals(), expected.get("residual_first5"));
    check(c, "portfolio_country", fit.portfolio("country"), expected.get("portfolio_country"));
    check(
        c,
        "portfolio_first_style",
        fit.portfolio("style 0"),
        expected.get("portfolio_first_style"));
    for (int i = 0; i < expected.get("style_exposure_first3").size(); i++) {
      int asset = i;
      double[] raw = IntStream.range(0, caps.length)
          .mapToDouble(a -> inline.get("styles").get(a).get(0).asDouble())
          .toArray();
      GoldenCases.check(
          c,
          "style_exposure by n, times sqrt((n - 1) / n)",
          scaling.by(StyleScaling.Deviation.POPULATION).scale(raw, caps)[asset]
              * Math.sqrt((caps.length - 1.0) / caps.length),
          expected.get("style_exposure_first3").get(i).get(0));
      check(
          c,
          "style_exposure",
          IntStream.range(0, styles).mapToDouble(s -> exposures[s][asset]).toArray(),
          expected.get("style_exposure_first3").get(i));
    }
  }

  private static void require(JsonNode c, String option, String known) {
    String wanted = c.get("options").get(option).asText();
    if (!wanted.equals(known)) {
      throw new AssertionError("unknown %s: %s".formatted(option, wanted));
    }
  }

  private static List<String> names(String kind, int count) {
    return IntStream.range(0, count).mapToObj(i -> kind + " " + i).toList();
  }

  private static double[] numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(node -> numbers.add(node.asDouble()));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The first entries, as many as are expected. */
  private static void check(JsonNode c, String what, double[] actual, JsonNode expected) {
    for (int i = 0; i < expected.size(); i++) {
      GoldenCases.check(c, what + " " + i, actual[i], expected.get(i));
    }
  }
}
