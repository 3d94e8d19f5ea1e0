package alphadistill.teacher.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReturnSampleTest {
  private static final List<String> NAMES = List.of("A", "B");

  @Test
  void dropsAndCountsRowsWithAGap() {
    ReturnSample sample = ReturnSample.of(NAMES, new double[][] {
          {0.01, Double.NaN, 0.03, 0.02}, {0.02, 0.01, -0.01, 0}
        })
        .withMarket(new double[] {0.1, Double.NaN, 0.3, 0.4});
    assertThat(sample.rows()).isEqualTo(3);
    assertThat(sample.rowsDropped()).isEqualTo(1);
    assertThat(sample.series()[1]).containsExactly(0.02, -0.01, 0);
    assertThat(sample.market()).containsExactly(0.1, 0.3, 0.4);
    assertThat(sample.means()).containsExactly(new double[] {0.02, 0.01 / 3}, within(1e-17));
    assertThat(sample.centred()[0]).containsExactly(new double[] {-0.01, 0.01, 0}, within(1e-17));
  }

  @Test
  void withoutAMarketTheMeanOfTheAssetsStandsIn() {
    ReturnSample sample = ReturnSample.of(NAMES, new double[][] {{0.01, 0.03}, {0.03, -0.01}});
    assertThat(sample.market()).containsExactly(new double[] {0.02, 0.01}, within(1e-17));
  }

  @Test
  void refusesInWords() {
    double gap = Double.NaN;
    assertThatThrownBy(() -> ReturnSample.of(NAMES, new double[][] {{0.01, 0.02}, {gap, gap}}))
        .hasMessage("'B' has no return in any of the 2 rows; leave it out");
    assertThatThrownBy(() ->
            ReturnSample.of(NAMES, new double[][] {{0.01, 0.02, gap}, {gap, gap, 0.01}}))
        .hasMessage(
            "0 of 3 rows have a return of every asset, 2 are needed; 'B' misses most, 2 rows: leave out assets with gaps");
    assertThatThrownBy(() -> ReturnSample.of(NAMES, new double[][] {{1, -2}, {0.5, 1.5}}))
        .hasMessage(
            "the mean size of a return is 1.25: these look like per cent; decimal returns are expected (1 % is 0.01)");
    assertThatThrownBy(() ->
            ReturnSample.of(NAMES, new double[][] {{0.01, Double.POSITIVE_INFINITY}, {0.01, 0.02}}))
        .hasMessage("'A' has an infinite return: a price of zero?");
    assertThatThrownBy(() -> ReturnSample.of(NAMES, new double[][] {{0.01, 0.02}, {0.01}}))
        .hasMessage("'B' has 1 returns, 'A' has 2");
    assertThatThrownBy(() -> ReturnSample.of(NAMES, new double[][] {{0.01, 0.02}}))
        .hasMessage("1 series of returns for 2 assets");
    ReturnSample sample = ReturnSample.of(NAMES, new double[][] {{0.01, 0.03}, {0.03, -0.01}});
    assertThatThrownBy(() -> sample.withMarket(new double[3]))
        .hasMessage("3 market returns for 2 rows of asset returns");
    assertThatThrownBy(() -> sample.withMarket(new double[] {0.01, gap}))
        .hasMessage("the market's return of row 1 is NaN, but all assets have one");
  }

  @Test
  void isNotChangedByItsOwner() {
    double[][] returns = {{0.01, 0.03}, {0.03, -0.01}};
    ReturnSample sample = ReturnSample.of(NAMES, returns);
    Arrays.fill(returns[0], 7);
    assertThat(sample.series()[0]).containsExactly(0.01, 0.03);
  }
}
