package alphadistill.data.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelTest {
  private static final LocalDate FIRST = LocalDate.of(2015, 1, 5);

  @Test
  void valuesKeepTheirDayAndAssetOnOthersAndTheRestIsMissing() {
    Panel panel = Panel.builder(List.of(FIRST, FIRST.plusDays(1)), List.of("A", "B", "C"))
        .field(FieldSpec.raw("close", "USD"), new float[] {1, 2, 3, 4, 5, 6})
        .field(FieldSpec.raw("volume", "shares"), new float[] {10, 20, 30, 40, 50, 60})
        .build();
    List<LocalDate> dates = List.of(FIRST.minusDays(1), FIRST.plusDays(1), FIRST.plusDays(2));

    Panel moved = panel.on(dates, List.of("C", "D", "A"));

    assertThat(moved.dates()).isEqualTo(dates);
    assertThat(moved.fields()).isEqualTo(panel.fields());
    assertThat(moved.crossSection(0, 0)).containsOnly(Float.NaN);
    assertThat(moved.crossSection(0, 1)).containsExactly(6, Float.NaN, 4);
    assertThat(moved.crossSection(1, 1)).containsExactly(60, Float.NaN, 40);
    assertThat(moved.crossSection(0, 2)).containsOnly(Float.NaN);
    assertThat(panel.upTo(FIRST).on(dates, List.of("A")).series(0, 0)).containsOnly(Double.NaN);
  }
}
