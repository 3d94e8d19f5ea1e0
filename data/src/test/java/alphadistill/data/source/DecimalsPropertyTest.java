package alphadistill.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DecimalsPropertyTest {

  @Property(tries = 2000)
  void readsTheSameDoubleAsTheLibrary(
      @ForAll long digits, @ForAll @IntRange(max = 25) int decimals) {
    String text = BigDecimal.valueOf(digits, decimals).toPlainString();

    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @Property(tries = 500)
  void readsWhatIsPrintedForADouble(@ForAll double value) {
    assertThat(parse(Double.toString(value))).isEqualTo(value);
  }

  @Example
  void wordsForMissingAreMissing() {
    for (String word : new String[] {"", "NA", "n/a", "#N/A", "NaN", "null", "None", "-", "."}) {
      assertThat(parse(word)).isNaN();
    }
  }

  @Example
  void mistakesAreNoNumbers() {
    for (String word :
        new String[] {"1f", "1d", "0x10", "1,5", "--1", "1-2", "1e", "e5", "+", "$3"}) {
      assertThatThrownBy(() -> parse(word)).as(word).isInstanceOf(NumberFormatException.class);
    }
  }

  private static double parse(String text) {
    byte[] bytes = ("x" + text + "x").getBytes(StandardCharsets.UTF_8);
    return Decimals.parse(bytes, 1, bytes.length - 1);
  }
}
