package alphadistill.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodFormatTest {
  @Test
  void aPeriodIsCalledByItsLastDay() {
    for (String day : List.of("2016-02-28", "20160228", "2016/02/28", "2016-02-28 00:00:00")) {
      assertThat(PeriodFormat.lastDay(day)).isEqualTo(LocalDate.of(2016, 2, 28));
    }
    for (String month : List.of("2016-02", "201602")) {
      assertThat(PeriodFormat.lastDay(month)).isEqualTo(LocalDate.of(2016, 2, 29));
    }
    assertThat(PeriodFormat.lastDay("2016Q3")).isEqualTo(LocalDate.of(2016, 9, 30));
    for (String year : List.of("1935", "1935.0")) {
      assertThat(PeriodFormat.lastDay(year)).isEqualTo(LocalDate.of(1935, 12, 31));
    }
  }

  @Test
  void refusesWhatIsNoPeriod() {
    assertThatThrownBy(() -> PeriodFormat.lastDay("2015-02-29"))
        .isInstanceOf(DateTimeException.class)
        .hasMessageContaining("'2015-02-29' is no date");
    assertThatThrownBy(() -> PeriodFormat.lastDay("Jan 2015"))
        .hasMessageContaining("write a day as 2014-01-31");
  }
}
