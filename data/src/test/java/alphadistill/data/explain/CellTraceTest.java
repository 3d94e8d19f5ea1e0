package alphadistill.data.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import alphadistill.data.check.SuspiciousTick;
import alphadistill.data.check.SuspiciousTicks;
import alphadistill.data.check.TickPolicy;
import alphadistill.data.explain.CellTrace.Step;
import alphadistill.data.feature.CrossSectionalScaling;
import alphadistill.data.feature.LabelSpec;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellTraceTest {
  private static final LocalDate FIRST = LocalDate.of(2014, 1, 6);
  private static final float NONE = Float.NaN;

  @Test
  void aMaskedPrintIsShownWithWhatTheFileHad() {
    Panel read = prices(10, 20, 1, 20, 10, 20);
    List<SuspiciousTick> ticks = SuspiciousTicks.find(read, TickPolicy.hindsight());
    CellTrace trace = new CellTrace("A", FIRST.plusDays(1));

    trace.prices(read, SuspiciousTicks.apply(read, ticks).panel(), ticks);
    trace.member(true);

    assertThat(trace.steps())
        .containsExactly(
            new Step(
                "prices", "open", "missing", "1.0 in the file, marked missing by the tick check"),
            new Step(
                "prices", "close", "missing", "1.0 in the file, marked missing by the tick check"),
            new Step("prices", "close before", "10.0", "of 2014-01-06"),
            new Step(
                "check", "REVERSAL", "MARK_MISSING", "return into the close -0.9, out of it 9.0"),
            new Step("universe", "member", "yes", "by the dated list"));
  }

  @Test
  void aFeatureIsShownWithItsFormulaAndItsPlaceInTheCrossSection() {
    FieldSpec spec = new FieldSpec("momentum", "decimal return", "close / close before - 1", 1);
    Panel features = Panel.builder(List.of(FIRST), List.of("A", "B", "C", "D"))
        .field(spec, new float[] {3, 1, NONE, 5})
        .build();
    Panel scaled = new CrossSectionalScaling(CrossSectionalScaling.Method.RANK, 0)
        .scale(features, (day, asset) -> true);
    CellTrace trace = new CellTrace("A", FIRST);

    trace.features(features, scaled);

    assertThat(trace.steps())
        .containsExactly(
            new Step("feature", "momentum", "3.0", "close / close before - 1; warm-up 1 days"),
            new Step(
                "scaled",
                "momentum",
                "0.0",
                "1 of 3 assets are below; mean 3.0, deviation 1.6329932, before cutting the ends"));
  }

  @Test
  void aLabelIsShownWithItsTwoClosesAndTheDayItIsKnown() {
    Panel prices = prices(10, 20, 11, 20, 12, 20, 15, 20);
    LabelSpec spec = new LabelSpec(2, 1);
    CellTrace first = new CellTrace("A", FIRST);
    CellTrace last = new CellTrace("A", FIRST.plusDays(3));

    first.label(prices, spec);
    last.label(prices, spec);

    assertThat(first.steps())
        .containsExactly(
            new Step(
                "label",
                "return of 2 days",
                "0.36363637",
                "close 15.0 of 2014-01-09 / close 11.0 of the fill on 2014-01-07 - 1, known at the former"));
    assertThat(last.steps())
        .containsExactly(new Step(
            "label",
            "return of 2 days",
            "missing",
            "known 3 trading days later, after the last day"));
  }

  @Test
  void aTargetIsShownWithWhatItIsStandardisedBy() {
    CellTrace trace = new CellTrace("B", FIRST);

    trace.target(new float[] {1, 3, 9}, new float[] {-1, 1, NONE}, 1);

    assertThat(trace.steps())
        .containsExactly(
            new Step(
                "target",
                "label, standardised",
                "1.0",
                "(label - mean) / deviation of the date's assets; 1 of 2 assets are below; mean 2.0, deviation 1.0"));
  }

  @Test
  void anAssetOrDayThatIsNotThereIsNamed() {
    Panel prices = prices(10, 20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CellTrace("X", FIRST).prices(prices, prices, List.of()))
        .withMessageContaining("no asset 'X'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CellTrace("A", FIRST.minusDays(1)).label(prices, new LabelSpec(1, 1)))
        .withMessageContaining("2014-01-05 is not a trading day");
  }

  /** Two assets "A" and "B"; opens equal closes. */
  private static Panel prices(float... closes) {
    int days = closes.length / 2;
    List<LocalDate> dates = IntStream.range(0, days).mapToObj(FIRST::plusDays).toList();
    return Panel.builder(dates, List.of("A", "B"))
        .field(FieldSpec.raw("open", "USD"), closes.clone())
        .field(FieldSpec.raw("close", "USD"), closes)
        .build();
  }
}
