package alphadistill.teacher;

import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import alphadistill.teacher.pricing.JointTest;
import alphadistill.teacher.pricing.PricingSample;
import alphadistill.teacher.pricing.ReturnTable;
import alphadistill.teacher.pricing.TradedFactorFit;
import alphadistill.teacher.pricing.TradedFactorModel;
import alphadistill.teacher.pricing.TwoPassFit;
import alphadistill.teacher.pricing.TwoPassModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Golden cases of asset-pricing models. */
final class PricingGolden {
  private PricingGolden() {}

  static void tradedFactors(JsonNode c) {
    // the text of "debiased" says how; only the word false switches it off
    boolean debiased = !c.get("options").get("debiased").asText().equals("false");
    TradedFactorFit fit = new TradedFactorModel(0, debiased).fit(sample(c));
    JsonNode expected = c.get("expected");
    EstimatorGoldenTest.check(c, "alpha", fit.alphas(), expected.get("alpha"));
    checkRows(c, "beta", fit.betas(), expected.get("beta"));
    EstimatorGoldenTest.check(c, "se_alpha", fit.alphaErrors(), expected.get("se_alpha"));
    checkRows(c, "se_all", fit.coefficientErrors(), expected.get("se_all"));
    EstimatorGoldenTest.check(c, "rp", fit.premia(), expected.get("rp"));
    EstimatorGoldenTest.check(c, "se_rp", fit.premiaErrors(), expected.get("se_rp"));
    checkTest(c, "j", fit.robustTest(), expected);
    checkTest(c, "grs", fit.grs(), expected);
    GoldenCases.check(c, "grs_df", fit.grs().degrees(), expected.get("grs_df").get(0));
    GoldenCases.check(
        c, "grs_df", fit.grs().denominatorDegrees(), expected.get("grs_df").get(1));
    checkTest(c, "wald_iid", fit.iidTest(), expected);
    GoldenCases.check(c, "r2", fit.rSquared(), expected.get("r2"));
  }

  static void twoPass(JsonNode c) {
    JsonNode options = c.get("options");
    TwoPassFit fit = new TwoPassModel(
            options.get("weight").asText().equals("identity")
                ? TwoPassModel.Weighting.OLS
                : TwoPassModel.Weighting.GLS,
            options.get("zero_beta_constant").asBoolean(),
            0,
            !options.get("debiased").asText().equals("false"))
        .fit(sample(c));
    JsonNode expected = c.get("expected");
    checkRows(c, "beta", fit.betas(), expected.get("beta"));
    EstimatorGoldenTest.check(c, "lam", fit.premia(), expected.get("lam"));
    EstimatorGoldenTest.check(c, "alpha", fit.pricingErrors(), expected.get("alpha"));
    EstimatorGoldenTest.check(c, "se_fm", fit.famaMacBethErrors(), expected.get("se_fm"));
    EstimatorGoldenTest.check(c, "se_shanken", fit.shankenErrors(), expected.get("se_shanken"));
    GoldenCases.check(c, "c", fit.shankenCorrection(), expected.get("shanken_c"));
    EstimatorGoldenTest.check(c, "se_gmm", fit.jointErrors(), expected.get("se_gmm"));
    EstimatorGoldenTest.check(
        c, "se_alpha_gmm", fit.pricingErrorErrors(), expected.get("se_alpha_gmm"));
    GoldenCases.check(c, "j_df", fit.shankenTest().degrees(), expected.get("j_df"));
    checkTest(c, "j_shanken", fit.shankenTest(), expected);
    GoldenCases.check(c, "r2_cross", fit.crossSectionalRSquared(), expected.get("r2_cross"));
    checkTest(
        withStatedTolerance(c, "j_full_inverse"), "j_full_inverse", fit.jointTest(), expected);
  }

  /** The case with the relative tolerance that an option states in words for one ill-conditioned number. */
  private static JsonNode withStatedTolerance(JsonNode c, String option) {
    String text = c.get("options").get(option).asText();
    Matcher stated = Pattern.compile("compare to (\\S+)").matcher(text);
    if (!stated.find()) {
      throw new AssertionError("no 'compare to' in " + text);
    }
    ObjectNode own = c.deepCopy();
    ((ObjectNode) own.get("tolerance")).put("rel", Double.parseDouble(stated.group(1)));
    return own;
  }

  private static void checkTest(JsonNode c, String name, JointTest test, JsonNode expected) {
    GoldenCases.check(c, name, test.statistic(), expected.get(name));
    GoldenCases.check(c, name + " p", test.pValue(), expected.get(name + "_p"));
  }

  private static void checkRows(JsonNode c, String what, double[][] rows, JsonNode expected) {
    for (int i = 0; i < expected.size(); i++) {
      EstimatorGoldenTest.check(c, what + " of asset " + i, rows[i], expected.get(i));
    }
  }

  /** The case's portfolios minus cash, its factors, and the check for cash in the wrong place. */
  private static PricingSample sample(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    List<String> portfolios = EstimatorGoldenTest.strings(c.get("data").get("portfolios"));
    List<String> factors = EstimatorGoldenTest.strings(c.get("data").get("factors"));
    double[][] excess = new double[table.size()][portfolios.size()];
    double[][] factorReturns = new double[table.size()][factors.size()];
    for (int i = 0; i < portfolios.size(); i++) {
      copy(EstimatorGoldenTest.excess(c, table, portfolios.get(i)), excess, i);
    }
    for (int f = 0; f < factors.size(); f++) {
      copy(table.column(factors.get(f)), factorReturns, f);
    }
    List<LocalDate> dates = table.text("dates").stream()
        .map(month -> LocalDate.parse(month + "-01"))
        .toList();
    return PricingSample.of(
        new ReturnTable(dates, portfolios, excess),
        new ReturnTable(dates, factors, factorReturns),
        table.column("RF"));
  }

  private static void copy(double[] series, double[][] rows, int column) {
    for (int t = 0; t < series.length; t++) {
      rows[t][column] = series[t];
    }
  }
}
