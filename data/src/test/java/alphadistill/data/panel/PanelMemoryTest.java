package alphadistill.data.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PanelMemoryTest {

  @Test
  void aThousandAssetsFiveThousandDaysTenFieldsFitInHalfAGigabyte() {
    long before = used();

    List<LocalDate> dates =
        IntStream.range(0, 5000).mapToObj(LocalDate.of(2000, 1, 1)::plusDays).toList();
    List<String> assets = IntStream.range(0, 1000).mapToObj("S%04d"::formatted).toList();
    Panel.Builder builder = Panel.builder(dates, assets);
    for (int field = 0; field < 10; field++) {
      builder.field(FieldSpec.raw("field " + field, "unit"), new float[5_000_000]);
    }
    Panel panel = builder.build();

    assertThat(used() - before).isLessThan(500L << 20);
    assertThat(panel.value(9, 4999, 999)).isZero();
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
