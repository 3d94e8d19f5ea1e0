package alphadistill.student.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CrossSectionTest {

  @Test
  void standardisesOneDateAndLeavesTheOthers() {
    double[] values = {9, 1, 2, 3, 9};
    CrossSection.standardise(values, 1, 4);

    assertThat(values[0]).isEqualTo(9);
    assertThat(values[1]).isCloseTo(-Math.sqrt(1.5), within(1e-12));
    assertThat(values[2]).isZero();
    assertThat(values[4]).isEqualTo(9);
  }

  @Test
  void aConstantCrossSectionBecomesZero() {
    double[] values = {4, 4};
    CrossSection.standardise(values, 0, 2);

    assertThat(values).containsExactly(0, 0);
  }

  @Test
  void bucketsHaveEqualSize() {
    assertThat(CrossSection.buckets(new double[] {5, 1, 3, 2, 4, 0}, 0, 6, 3))
        .containsExactly(2, 0, 1, 1, 2, 0);
    assertThat(CrossSection.buckets(new double[] {7}, 0, 1, 5)).containsExactly(0);
  }

  @Test
  void correlationIsUndefinedForAConstant() {
    assertThat(CrossSection.correlation(new double[] {1, 2, 3}, new double[] {2, 4, 6}, 0, 3))
        .isCloseTo(1, within(1e-12));
    assertThat(CrossSection.correlation(new double[] {1, 2, 3}, new double[] {2, 2, 2}, 0, 3))
        .isNaN();
  }
}
