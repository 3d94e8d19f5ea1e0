package alphadistill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.SharedFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code formula-check*.json}: hashes, raw bits, float bits and whole numbers. */
class ValueFormulaTest {

  @TestFactory
  Stream<DynamicTest> agreesWithItsCheckValues() {
    return SharedFolder.files("reference/golden", "formula-check*.json").stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private static void check(Path file) throws Exception {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("fnv1a64")).isNotEmpty();
    json.get("fnv1a64")
        .properties()
        .forEach(e -> assertThat(hex(ValueFormula.hash(e.getKey())))
            .as(e.getKey())
            .isEqualTo(e.getValue().asText()));
    for (JsonNode raw : json.get("raw64")) {
      for (int i = 0; i < raw.get("first").size(); i++) {
        assertThat(hex(formula(raw).raw(raw.get("name").asText(), i)))
            .isEqualTo(raw.get("first").get(i).asText());
      }
    }
    for (JsonNode uniform : json.get("uniform")) {
      JsonNode bits = uniform.get("first_float_bits");
      float[] values = formula(uniform)
          .floats(
              uniform.get("name").asText(),
              bits.size(),
              uniform.get("scale").asDouble(),
              uniform.get("offset").asDouble());
      for (int i = 0; i < values.length; i++) {
        assertThat(HexFormat.of().toHexDigits(Float.floatToRawIntBits(values[i])))
            .isEqualTo(bits.get(i).asText());
      }
    }
    for (JsonNode whole : json.get("integers")) {
      long[] values = formula(whole)
          .integers(
              whole.get("name").asText(),
              whole.get("first").size(),
              whole.get("modulus").asLong());
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).isEqualTo(whole.get("first").get(i).asLong());
      }
    }
  }

  private static ValueFormula formula(JsonNode entry) {
    return new ValueFormula(entry.get("seed").asLong());
  }

  private static String hex(long bits) {
    return HexFormat.of().toHexDigits(bits);
  }
}
