package alphadistill.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FloatTextPropertyTest {

  @Property(tries = 5000)
  void everyFloatReadsBackTheSame(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    if (Float.isFinite(value)) {
      assertThat(Float.floatToIntBits((float) Double.parseDouble(text(value))))
          .isEqualTo(Float.floatToIntBits(value));
    }
  }

  @Property(tries = 2000)
  void pricesKeepTheirPlaces(@ForAll int cents) {
    float price = (float) ((cents & 0xfffff) / 100.0);

    assertThat(text(price).length() - text(price).indexOf('.'))
        .isLessThanOrEqualTo(text(price).indexOf('.') < 0 ? 99 : 3);
  }

  @Example
  void numbersArePlain() {
    assertThat(text(0)).isEqualTo("0");
    assertThat(text(-0f)).isEqualTo("-0");
    assertThat(text(0.05f)).isEqualTo("0.05");
    assertThat(text(-73.596f)).isEqualTo("-73.596");
    assertThat(text(63381747)).isEqualTo("63381748");
    assertThat(text(1.4e9f)).isEqualTo("1400000000");
    assertThat(text(1e-5f)).isEqualTo("0.00001");
    assertThat(text(1e30f)).isEqualTo("1E+30");
    assertThat(text(Float.MIN_VALUE)).isEqualTo("1E-45");
    assertThat(text(Float.MAX_VALUE)).isEqualTo("3.4028235E+38");
  }

  private static String text(float value) {
    StringBuilder out = new StringBuilder();
    FloatText.append(out, value);
    return out.toString();
  }
}
