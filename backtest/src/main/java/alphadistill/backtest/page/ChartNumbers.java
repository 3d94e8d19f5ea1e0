package alphadistill.backtest.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers for charts, as JSON: rounded to five significant digits, null where they are not finite. */
public final class ChartNumbers {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private static final MathContext READABLE = new MathContext(5);

  private final int decimals;

  /** @param decimals after which nothing is kept, because no chart shows it */
  public ChartNumbers(int decimals) {
    this.decimals = decimals;
  }

  public static ObjectNode newObject() {
    return JSON.createObjectNode();
  }

  /** As text, safe inside a script element. */
  public static String text(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public void array(ObjectNode node, String name, double... values) {
    fill(node.putArray(name), values);
  }

  public void fill(ArrayNode array, double... values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        array.add(rounded(value));
      } else {
        array.addNull();
      }
    }
  }

  public void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, rounded(value));
    } else {
      node.putNull(name);
    }
  }

  private BigDecimal rounded(double value) {
    BigDecimal digits = new BigDecimal(value).round(READABLE);
    BigDecimal shown =
        digits.scale() > decimals ? digits.setScale(decimals, RoundingMode.HALF_EVEN) : digits;
    return shown.signum() == 0 ? BigDecimal.ZERO : shown.stripTrailingZeros();
  }
}
