package alphadistill.vision.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TokenCosineTest {

  @TestFactory
  Stream<DynamicTest> agreesWithTheReferencesCosinesOfEveryLayer() {
    return SharedFolder.files("reference/golden", "deit-tiny*.safetensors").stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
          GoldenTensors golden = GoldenTensors.of(file.getFileName().toString(), DataType.DOUBLE);
          INDArray classTokens = golden.array("class_token_by_layer");
          INDArray distTokens = golden.array("dist_token_by_layer");
          INDArray cosines = Nd4j.create(DataType.DOUBLE, classTokens.size(0), classTokens.size(1));
          for (int layer = 0; layer < classTokens.size(0); layer++) {
            cosines.putRow(
                layer,
                Nd4j.createFromArray(
                    TokenCosine.between(classTokens.slice(layer), distTokens.slice(layer))));
          }
          golden.check("cosine_class_dist_by_layer", cosines, 1e-10);
        }));
  }

  @Test
  void aLayersCosineIsTheMeanOverItsSamples() {
    INDArray first = Nd4j.createFromArray(new double[][][] {
      {{1, 0}, {0, 2}, {9, 9}}, // right angle
      {{3, 4}, {6, 8}, {9, 9}} // same direction
    });

    assertThat(TokenCosine.byLayer(List.of(first, first.neg())))
        .containsExactly(new double[] {0.5, 0.5}, within(1e-12));
  }
}
