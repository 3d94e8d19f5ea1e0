package alphadistill.teacher.crosssection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.regression.CollinearRegressorsException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class CrossSectionTest {
  private static final List<String> STYLES = List.of("value", "size");

  /** The restricted least squares as a system of its first-order conditions with a Lagrange multiplier. */
  private static double[] byLagrange(CrossSection section, double[] returns) {
    int width = section.factors().size();
    RealMatrix system = new Array2DRowRealMatrix(width + 1, width + 1);
    ArrayRealVector right = new ArrayRealVector(width + 1);
    for (int i = 0; i < returns.length; i++) {
      for (int a = 0; a < width; a++) {
        double weighted = Math.sqrt(section.caps()[i]) * section.exposure(i, a);
        right.addToEntry(a, weighted * returns[i]);
        for (int b = 0; b < width; b++) {
          system.addToEntry(a, b, weighted * section.exposure(i, b));
        }
      }
    }
    double all = Arrays.stream(section.caps()).sum();
    for (int i = 0; i < returns.length; i++) {
      int row = 1 + section.industry()[i];
      system.addToEntry(row, width, section.caps()[i] / all);
      system.addToEntry(width, row, section.caps()[i] / all);
    }
    return new LUDecomposition(system).getSolver().solve(right).toArray();
  }

  @Property(tries = 30)
  void agreesWithLagrangesConditions(
      @ForAll @IntRange(min = 1, max = 6) int industries, @ForAll @IntRange(max = 999) int seed) {
    CrossSection section = random(40, industries, seed);
    double[] returns = returns(40, seed);

    CrossSectionFit fit = section.fit(returns);

    double[] expected = byLagrange(section, returns);
    for (int f = 0; f < section.factors().size(); f++) {
      assertThat(fit.factorReturns()[f]).isCloseTo(expected[f], within(1e-11));
    }
    double restricted = 0;
    for (int j = 0; j < industries; j++) {
      restricted += section.industryShares()[j] * fit.factorReturns()[1 + j];
    }
    assertThat(restricted).isCloseTo(0, within(1e-14));
  }

  @Property(tries = 20)
  void purePortfoliosEarnTheFactorsAndHoldNoOtherStyle(
      @ForAll @IntRange(min = 1, max = 5) int industries, @ForAll @IntRange(max = 999) int seed) {
    CrossSection section = random(30, industries, seed);
    double[] returns = returns(30, seed);
    CrossSectionFit fit = section.fit(returns);

    for (String factor : section.factors()) {
      double[] portfolio = fit.portfolio(factor);
      double earned = 0;
      for (int i = 0; i < 30; i++) {
        earned += portfolio[i] * returns[i];
      }
      int index = section.factors().indexOf(factor);
      assertThat(earned).isCloseTo(fit.factorReturns()[index], within(1e-12));
      assertThat(Arrays.stream(portfolio).sum()).isCloseTo(index == 0 ? 1 : 0, within(1e-12));
      for (String style : STYLES) {
        double exposure = 0;
        for (int i = 0; i < 30; i++) {
          exposure += portfolio[i] * section.exposures()[STYLES.indexOf(style)][i];
        }
        assertThat(exposure).isCloseTo(style.equals(factor) ? 1 : 0, within(1e-11));
      }
    }
  }

  @Test
  void anIndustryWithoutAssetsHasNoReturn() {
    CrossSection full = random(30, 3, 1);
    CrossSection withEmpty = new CrossSection(
        List.of("I0", "I1", "I2", "empty"), STYLES, full.industry(), full.exposures(), full.caps());
    double[] returns = returns(30, 1);

    double[] expected = full.fit(returns).factorReturns();
    double[] actual = withEmpty.fit(returns).factorReturns();

    assertThat(actual[4]).isNaN();
    assertThat(Arrays.copyOf(actual, 4)).isEqualTo(Arrays.copyOf(expected, 4));
    assertThat(actual[5]).isEqualTo(expected[4]);
    assertThat(withEmpty.fit(returns).portfolio("empty")).containsOnly(0);
  }

  @Test
  void factorsAndResidualsAddUpToTheReturns() {
    CrossSection section = random(30, 4, 2);
    double[] returns = returns(30, 2);
    CrossSectionFit fit = section.fit(returns);

    for (int i = 0; i < 30; i++) {
      double sum = fit.residuals()[i];
      for (int f = 0; f < section.factors().size(); f++) {
        sum += section.exposure(i, f) * fit.factorReturns()[f];
      }
      assertThat(sum).isCloseTo(returns[i], within(1e-15));
    }
    assertThat(fit.rSquared()).isBetween(0.0, 1.0);
  }

  @Test
  void stylesAreCentredByTheMarketAndCut() {
    double[] scaled = StyleScaling.standard()
        .cutAt(1)
        .scale(new double[] {1, 2, 6, Double.NaN, 9}, new double[] {1, 1, 2, 5, Double.NaN});

    double deviation = Math.sqrt((4 + 1 + 9) / 3.0); // about the equal-weighted mean 3
    assertThat(scaled[0]).isEqualTo(-1); // (1 - 3.75) / 2.16, cut
    assertThat(scaled[1]).isCloseTo((2 - 3.75) / deviation, within(1e-15));
    assertThat(scaled[2]).isEqualTo(1);
    assertThat(scaled[3]).isNaN();
    assertThat(scaled[4]).isNaN();
    assertThat(StyleScaling.standard().scale(new double[] {0.1, 0.1, 0.1}, new double[] {1, 2, 3}))
        .containsOnly(0);
    assertThat(StyleScaling.standard()
            .by(StyleScaling.Deviation.SAMPLE)
            .scale(new double[] {1, 2, 6}, new double[] {1, 1, 2})[1])
        .isCloseTo((2 - 3.75) / Math.sqrt(14 / 2.0), within(1e-15));
    assertThatThrownBy(() -> StyleScaling.standard().cutAt(Double.NaN))
        .hasMessage("limit must be a positive number of deviations, was NaN");
  }

  @Test
  void refusesWhatCannotBeFitted() {
    CrossSection section = random(30, 3, 3);
    double[] caps = section.caps().clone();
    caps[7] = 0;
    assertThatThrownBy(() -> new CrossSection(
            section.industries(), STYLES, section.industry(), section.exposures(), caps))
        .hasMessage("the capitalisation of asset 7 is 0.0; leave out assets without one");
    int[] industry = section.industry().clone();
    industry[3] = 3;
    assertThatThrownBy(() -> new CrossSection(
            section.industries(), STYLES, industry, section.exposures(), section.caps()))
        .hasMessage("asset 3 has industry 3 of 3; leave it out");
    double[][] twice = {section.exposures()[0], section.exposures()[0]};
    assertThatThrownBy(() -> new CrossSection(
                section.industries(), STYLES, section.industry(), twice, section.caps())
            .fit(returns(30, 3)))
        .isInstanceOf(CollinearRegressorsException.class)
        .hasMessageContaining("regressor 'size' is a linear combination of [value]");
    assertThatThrownBy(() -> section.fit(returns(30, 3)).portfolio("momentum"))
        .hasMessage("no factor 'momentum'; there are [country, I0, I1, I2, value, size]");
  }

  private static CrossSection random(int assets, int industries, int seed) {
    Random random = new Random(seed);
    double[][] styles = new double[2][];
    double[] caps = IntStream.range(0, assets)
        .mapToDouble(i -> Math.exp(2 * random.nextGaussian()))
        .toArray();
    for (int style = 0; style < 2; style++) {
      styles[style] =
          StyleScaling.standard().scale(random.doubles(assets, -1, 1).toArray(), caps);
    }
    return new CrossSection(
        IntStream.range(0, industries).mapToObj(j -> "I" + j).toList(),
        STYLES,
        IntStream.range(0, assets).map(i -> i % industries).toArray(),
        styles,
        caps);
  }

  private static double[] returns(int assets, int seed) {
    Random random = new Random(seed + 1000);
    return IntStream.range(0, assets)
        .mapToDouble(i -> 0.01 + 0.05 * random.nextGaussian())
        .toArray();
  }
}
