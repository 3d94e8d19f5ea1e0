package alphadistill.vision.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and names of the published networks (vision.md section 5), counted without weights. */
class ArchitectureCountsTest {

  @ParameterizedTest
  @CsvSource({
    "resnet18, 11689512, 9620, 122",
    "resnet50, 25557032, 53173, 320",
    "regnety_160, 83590140, 122875, 428",
    "efficientnet_b3, 12233232, 87374, 574"
  })
  void countsAreExact(String name, long parameters, long buffers, int keys) {
    LayerList list = Architecture.named(name).layers(1000);

    assertThat(list.parameterCount()).isEqualTo(parameters);
    assertThat(list.bufferCount()).isEqualTo(buffers);
    assertThat(list.tensors()).hasSize(keys);
    assertThat(list.otherNames().values()).doesNotHaveDuplicates().hasSize(keys);
    assertThat(list.classes()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet50, layer3.5.bn2.running_var, layer3.5.bn2.running_var",
    "regnety_160, stem.bn.weight, stem.1.weight",
    "regnety_160, s3.b11.conv2.conv.weight, trunk_output.block3.block3-10.f.b.0.weight",
    "regnety_160, s1.b2.se.fc2.bias, trunk_output.block1.block1-1.f.se.fc2.bias",
    "regnety_160, s4.b1.downsample.bn.running_mean, trunk_output.block4.block4-0.proj.1.running_mean",
    "regnety_160, head.fc.weight, fc.weight",
    "efficientnet_b3, conv_stem.weight, features.0.0.weight",
    "efficientnet_b3, bn2.bias, features.8.1.bias",
    "efficientnet_b3, blocks.0.1.se.conv_expand.bias, features.1.1.block.1.fc2.bias",
    "efficientnet_b3, blocks.0.0.bn2.weight, features.1.0.block.2.1.weight",
    "efficientnet_b3, blocks.4.2.conv_dw.weight, features.5.2.block.1.0.weight",
    "efficientnet_b3, blocks.6.0.bn3.num_batches_tracked, features.7.0.block.3.1.num_batches_tracked",
    "efficientnet_b3, classifier.weight, classifier.1.weight"
  })
  void tensorsHaveTheirTorchvisionNames(String network, String timm, String torchvision) {
    assertThat(Architecture.named(network).layers(10).otherNames())
        .containsEntry(timm, torchvision);
  }

  @Test
  void refusesAnUnknownNetworkWithTheKnownOnes() {
    assertThatThrownBy(() -> Architecture.named("resnet34"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no network 'resnet34'")
        .hasMessageContaining("resnet18, resnet50, regnety_160, efficientnet_b3");
  }
}
