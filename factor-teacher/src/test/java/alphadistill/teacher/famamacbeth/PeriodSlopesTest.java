package alphadistill.teacher.famamacbeth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodSlopesTest {
  private static final double[] X = {-1, 0, 1, 2};

  private static double[] line(double constant, double slope) {
    double[] y = new double[X.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = constant + slope * X[i];
    }
    return y;
  }

  @Test
  void eachPeriodHasItsOwnLineAndTheMeanIsOfLines() {
    PeriodSlopes slopes = PeriodSlopes.on(List.of("x"))
        .add("1", new double[][] {X}, line(1, 2))
        .add("2", new double[][] {X}, line(3, -1))
        .build();
    assertThat(slopes.names()).containsExactly("constant", "x");
    assertThat(slopes.means().means()[0]).isCloseTo(2, within(1e-14));
    assertThat(slopes.means().means()[1]).isCloseTo(0.5, within(1e-14));
    assertThat(slopes.means().standardErrors()[1])
        .isCloseTo(1.5, within(1e-14)); // deviation 2.1213 over sqrt 2
    assertThat(slopes.meanRSquared()).isCloseTo(1, within(1e-14));
  }

  @Test
  void periodsWithoutSlopesAreNamed() {
    PeriodSlopes slopes = PeriodSlopes.on(List.of("x"))
        .add("1", new double[][] {X}, line(1, 2))
        .add("2", new double[][] {{1}}, new double[] {1})
        .add("3", new double[][] {{5, 5, 5}}, new double[] {1, 2, 3})
        .add("4", new double[][] {X}, line(1, 4))
        .build();
    assertThat(slopes.periods()).containsExactly("1", "4");
    assertThat(slopes.skipped()).hasSize(2);
    assertThat(slopes.skipped().get(0))
        .isEqualTo(new PeriodSlopes.Skipped("2", "1 complete rows, 2 are needed"));
    assertThat(slopes.skipped().get(1).reason()).contains("'x'");
  }

  @Test
  void onePeriodHasNoError() {
    assertThatThrownBy(() -> PeriodSlopes.on(List.of("x"))
            .add("1", new double[][] {X}, line(1, 2))
            .add("2", new double[][] {{1}}, new double[] {1})
            .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "1 periods have slopes, 2 are needed; 2 was skipped: 1 complete rows, 2 are needed");
  }
}
