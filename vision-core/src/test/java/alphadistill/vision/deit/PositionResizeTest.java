package alphadistill.vision.deit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every case of {@code pos-embed-resize*.safetensors}. */
class PositionResizeTest {
  private static final Pattern CASE =
      Pattern.compile("(plain|antialias)-bicubic/(\\d+)x(\\d+)/pos_embed");

  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    return SharedFolder.files("reference/golden", "pos-embed-resize*.safetensors").stream()
        .map(file -> file.getFileName().toString())
        .flatMap(file -> Stream.of(DataType.DOUBLE, DataType.FLOAT)
            .flatMap(type -> GoldenTensors.of(file, type).tensors().names().stream()
                .filter(name -> !name.startsWith("in/"))
                .map(name -> DynamicTest.dynamicTest(
                    "%s %s %s".formatted(file, name, type), () -> check(file, name, type)))));
  }

  private static void check(String file, String name, DataType type) throws Exception {
    GoldenTensors golden = GoldenTensors.of(file, type);
    Matcher parts = CASE.matcher(name);
    assertThat(parts.matches()).as("a known kind of case: " + name).isTrue();
    var metadata = golden.tensors().metadata();
    JsonNode grid = new ObjectMapper().readTree(metadata.get("old_grid"));
    PositionResize form = parts.group(1).equals("plain")
        ? PositionResize.PLAIN_BICUBIC
        : PositionResize.ANTIALIAS_BICUBIC;
    INDArray resized = form.resize(
        golden.array("in/pos_embed"),
        Integer.parseInt(metadata.get("prefix_tokens")),
        grid.get(0).asInt(),
        grid.get(1).asInt(),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
    golden.check(name, resized, type == DataType.DOUBLE ? 1e-12 : 1e-5);
  }

  @Test
  void theSameGridIsLeftAsItIs() {
    INDArray positions = Nd4j.arange(0, 7 * 3).castTo(DataType.FLOAT).reshape(1, 7, 3);
    for (PositionResize form : PositionResize.values()) {
      INDArray resized = form.resize(positions, 1, 2, 3, 2, 3);
      assertThat(resized.sub(positions).amaxNumber().doubleValue()).isLessThan(1e-6);
    }
  }

  @Test
  void refusesAGridThatIsNotThere() {
    assertThatThrownBy(() -> PositionResize.PLAIN_BICUBIC.resize(
            Nd4j.zeros(DataType.FLOAT, 1, 198, 6), 1, 14, 14, 24, 24))
        .hasMessage("198 positions are not 1 special ones and a grid of 14 x 14");
  }
}
