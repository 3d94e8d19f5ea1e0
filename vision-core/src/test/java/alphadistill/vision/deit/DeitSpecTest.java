package alphadistill.vision.deit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.CpuKernels;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts of the tables in vision.md, and that they count what a network really has. */
class DeitSpecTest {

  @ParameterizedTest
  @CsvSource({
    "tiny,  224, 5_717_416,  5_910_800",
    "tiny,  384, 5_790_376,  5_983_760",
    "small, 224, 22_050_664, 22_436_432",
    "small, 384, 22_196_584, 22_582_352",
    "base,  224, 86_567_656, 87_338_192",
    "base,  384, 86_859_496, 87_630_032",
  })
  void countsOfDeit(String label, int size, String plain, String distilled) {
    DeitSpec spec = DeitPreset.labelled(label).spec().at(size);
    assertThat(spec.parameterCount()).isEqualTo(number(plain));
    assertThat(spec.distilled().parameterCount()).isEqualTo(number(distilled));
  }

  @ParameterizedTest
  @CsvSource({
    "deit3-tiny,   224, 5_721_832",
    "deit3-tiny,   384, 5_794_792",
    "deit3-tiny,   192, 5_711_848",
    "deit3-small,  224, 22_059_496",
    "deit3-small,  384, 22_205_416",
    "deit3-small,  192, 22_039_528",
    "deit3-medium, 224, 38_849_512",
    "deit3-medium, 384, 39_044_072",
    "deit3-medium, 192, 38_822_888",
    "deit3-base,   224, 86_585_320",
    "deit3-base,   384, 86_877_160",
    "deit3-base,   192, 86_545_384",
    "deit3-large,  224, 304_374_760",
    "deit3-large,  384, 304_763_880",
    "deit3-large,  192, 304_321_512",
    "deit3-huge,   224, 632_126_440",
  })
  void countsOfDeit3(String label, int size, String count) {
    assertThat(DeitPreset.labelled(label).spec().at(size).parameterCount())
        .isEqualTo(number(count));
  }

  /** The counts above are of shapes; here is what they are the shapes of. */
  @ParameterizedTest
  @EnumSource(DeitSpec.Family.class)
  void aNetworkHasTheTensorsOfItsSpec(DeitSpec.Family family) {
    DeitSpec spec = new DeitSpec(family, 12, 4, 6, 2, 3, 5, 0.1);
    Map<String, long[]> built = new HashMap<>();
    for (Parameter parameter : Deit.create(new CpuKernels(1), spec, 1).parameters()) {
      built.put(parameter.name(), parameter.value().shape());
    }
    assertThat(built).hasSameSizeAs(spec.tensors());
    spec.tensors().forEach((name, shape) -> assertThat(built.get(name)).as(name).isEqualTo(shape));
  }

  @Test
  void keysOfAPublishedFileAreInItsOrder() {
    Map<String, long[]> tensors = DeitPreset.TINY.spec().distilled().tensors();
    assertThat(tensors).hasSize(155);
    assertThat(tensors.keySet())
        .startsWith("cls_token", "pos_embed", "dist_token", "patch_embed.proj.weight")
        .endsWith("norm.bias", "head.weight", "head.bias", "head_dist.weight", "head_dist.bias");
    assertThat(DeitPreset.TINY.spec().tensors()).hasSize(152);
  }

  @Test
  void refusesWhatIsNoArchitecture() {
    assertThatThrownBy(() -> DeitPreset.TINY.spec().at(225))
        .hasMessage("a patch of 16 pixels does not divide an image side of 225");
    assertThatThrownBy(() -> DeitPreset.DEIT3_BASE.spec().distilled())
        .hasMessageContaining("DeiT III has no distillation token");
    assertThatThrownBy(() -> DeitPreset.labelled("giant"))
        .hasMessageContainingAll("'giant'", "tiny", "deit3-huge");
    assertThatThrownBy(() -> DeitPreset.TINY.spec().withClasses(0)).hasMessageContaining("outputs");
  }

  private static long number(String grouped) {
    return Long.parseLong(grouped.replace("_", ""));
  }
}
