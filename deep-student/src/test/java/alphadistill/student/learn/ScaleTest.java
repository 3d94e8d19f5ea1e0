package alphadistill.student.learn;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.engine.kernels.HostCopy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ScaleTest {
  @Test
  void scalesAnArrayToTheBitsOfItsNumbers() {
    Draws draws = Draws.of(1, "scale");
    Scale scale = new Scale(0.0123456789, 0.0314159265);
    double[] values = new double[1001];
    Arrays.setAll(values, i -> 0.04 * draws.normal());
    double[] scaled = Arrays.stream(values).map(scale::down).toArray();

    assertThat(HostCopy.doubles(scale.down(Nd4j.createFromArray(values)))).isEqualTo(scaled);
  }
}
