package alphadistill.student.sample;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.student.fold.Span;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DateGroupsTest {

  @Property(tries = 200)
  void everySampleAppearsOnceInAnEpoch(
      @ForAll @IntRange(min = 1, max = 40) int assets,
      @ForAll @IntRange(min = 1, max = 30) int days,
      @ForAll @IntRange(min = 1, max = 16) int group,
      @ForAll @IntRange(min = 0, max = 3) int epoch) {
    Samples samples =
        Samples.in(new Span(5, 4 + days), 1, assets, (day, asset) -> (day + asset) % 3 != 0);

    List<int[]> batches = new DateGroups(samples, 64, group, 7).epoch(epoch);

    assertThat(batches).allMatch(rows -> rows.length <= 64);
    assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, samples.size()).toArray());
  }

  @Test
  void noSampleIsWithoutCompanyOfItsDate() {
    Samples samples = Samples.in(new Span(0, 19), 1, 33, (day, asset) -> true);

    for (int[] rows : new DateGroups(samples, 64, 32, 7).epoch(0)) {
      for (int row : rows) {
        assertThat(Arrays.stream(rows)
                .filter(other -> samples.day()[other] == samples.day()[row])
                .count())
            .isGreaterThan(1);
      }
    }
  }

  @Test
  void theOrderDependsOnSeedAndEpochAlone() {
    Samples samples = Samples.in(new Span(0, 19), 5, 10, (day, asset) -> true);
    DateGroups groups = new DateGroups(samples, 8, 4, 7);

    assertThat(Arrays.deepEquals(
            groups.epoch(1).toArray(), new DateGroups(samples, 8, 4, 7).epoch(1).toArray()))
        .isTrue();
    assertThat(groups.epoch(1).get(0)).isNotEqualTo(groups.epoch(2).get(0));
  }

  @Test
  void samplesAreCountedBackFromTheLastDay() {
    Samples samples = Samples.in(new Span(0, 11), 5, 1, (day, asset) -> true);

    assertThat(samples.day()).containsExactly(1, 6, 11);
    assertThat(samples.dayStarts()).containsExactly(0, 1, 2, 3);
  }
}
