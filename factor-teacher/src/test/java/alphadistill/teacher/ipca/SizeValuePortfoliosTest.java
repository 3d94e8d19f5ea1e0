package alphadistill.teacher.ipca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** IPCA on portfolios sorted by size and value, whose characteristics are their places in the sorts. */
class SizeValuePortfoliosTest {
  private static final List<String> CHARACTERISTICS = List.of("constant", "size", "value");

  private final List<double[]> excess = new ArrayList<>();
  private final double[][] places; // [characteristic][portfolio]

  SizeValuePortfoliosTest() {
    JsonNode months = GoldenCases.of("estimators.json").stream()
        .filter(c -> c.get("id").asText().startsWith("ts-ols"))
        .findFirst()
        .orElseThrow();
    ReferenceTable table = ReferenceTable.of(months);
    places = new double[3][9];
    for (int size : new int[] {1, 3, 5}) {
      for (int value : new int[] {1, 3, 5}) {
        int portfolio = excess.size();
        excess.add(table.excess("S%dV%d".formatted(size, value)));
        places[0][portfolio] = 1;
        places[1][portfolio] = (size - 3) / 4.0;
        places[2][portfolio] = (value - 3) / 4.0;
      }
    }
  }

  @Test
  void moreFactorsExplainMoreUntilNothingIsLeftToChoose() {
    double former = 0;
    for (int factors = 1; factors <= 3; factors++) {
      IpcaFit fit = Ipca.factors(factors).fit(portfolios());

      IpcaFit.RSquared r2 = fit.rSquared();
      assertThat(r2.total()).isBetween(Math.max(former, r2.predictive()), 1.0);
      assertThat(r2.totalCentred()).isBetween(r2.predictiveCentred(), 1.0);
      former = r2.total();
    }
  }

  @Test
  void anInterceptNeverExplainsLess() {
    double without = Ipca.factors(2).fit(portfolios()).rSquared().total();
    double with = Ipca.factors(2).withIntercept().fit(portfolios()).rSquared().total();

    assertThat(with).isGreaterThanOrEqualTo(without);
  }

  @Test
  void withThreeFactorsThePremiaAreFamaAndMacBeths() {
    IpcaFit fit = Ipca.factors(3).fit(portfolios());

    // The places are orthogonal and do not change, so the mean of monthly slopes is the slope of
    // the means.
    double[] means = excess.stream()
        .mapToDouble(r -> Arrays.stream(r).average().orElseThrow())
        .toArray();
    for (int l = 0; l < 3; l++) {
      int c = l;
      double slope =
          IntStream.range(0, 9).mapToDouble(i -> places[c][i] * means[i]).sum()
              / Arrays.stream(places[c]).map(z -> z * z).sum();
      assertThat(fit.premia()[l]).isCloseTo(slope, within(1e-14));
    }
  }

  private ManagedPortfolios portfolios() {
    int months = excess.get(0).length;
    ManagedPortfolios.Builder builder = ManagedPortfolios.builder(CHARACTERISTICS, months);
    for (int month = 0; month < months; month++) {
      int t = month;
      builder.set(month, places, excess.stream().mapToDouble(r -> r[t]).toArray());
    }
    return builder.build();
  }
}
