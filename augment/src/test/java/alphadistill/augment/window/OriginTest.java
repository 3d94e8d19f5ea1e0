package alphadistill.augment.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OriginTest {
  private final Origin observed = Origin.observed(3, 100, 6);

  @Test
  void aSplicedSampleNamesTheDaysOfEveryRow() {
    Origin spliced = observed.splicedWith(new Origin.Parent(3, 50, 51, 2, 1));

    assertThat(spliced.parents())
        .containsExactly(
            new Origin.Parent(3, 95, 96, 0, 1),
            new Origin.Parent(3, 99, 100, 4, 1),
            new Origin.Parent(3, 50, 51, 2, 1));
  }

  @Test
  void aBlockOverTheSeamCutsBothParents() {
    Origin twice = observed
        .splicedWith(new Origin.Parent(3, 50, 51, 2, 1))
        .splicedWith(new Origin.Parent(3, 70, 71, 3, 1));

    assertThat(twice.parents())
        .containsExactly(
            new Origin.Parent(3, 95, 96, 0, 1),
            new Origin.Parent(3, 100, 100, 5, 1),
            new Origin.Parent(3, 50, 50, 2, 1),
            new Origin.Parent(3, 70, 71, 3, 1));
    for (int row = 0; row < 6; row++) {
      assertThat(twice.share(row)).isEqualTo(1);
    }
  }

  @Test
  void theLatestDayIsThatOfAnyParent() {
    assertThat(observed.splicedWith(new Origin.Parent(3, 140, 141, 0, 1)).latestDay())
        .isEqualTo(141);
    assertThat(observed.mixedWith(Origin.observed(4, 100, 6), 0.7).latestDay()).isEqualTo(100);
  }

  @Test
  void emptyRowsHaveNoShare() {
    Origin emptied = observed.without(0, 2);

    assertThat(emptied.share(1)).isZero();
    assertThat(emptied.share(2)).isEqualTo(1);
    assertThat(observed.without(0, 6).latestDay()).isEqualTo(100);
  }

  @Test
  void refusesWhatIsNoStretch() {
    assertThatThrownBy(() -> new Origin.Parent(0, 5, 4, 0, 1)).hasMessageContaining("days 5 to 4");
    assertThatThrownBy(() -> new Origin.Parent(0, 5, 6, 0, 1.5)).hasMessageContaining("1.5");
  }
}
