package alphadistill.vision.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.engine.Parameter;
import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitPreset;
import alphadistill.vision.deit.DeitSpec;
import alphadistill.vision.deit.DeitSpec.Family;
import alphadistill.vision.deit.HeadCombination;
import alphadistill.vision.deit.PositionResize;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class DeitWeightsTest {
  @TempDir
  private Path folder;

  private final CpuKernels kernels = new CpuKernels(1);

  private static DeitSpec small(Family family) {
    return new DeitSpec(family, 12, 4, 6, 2, 3, 5, 0);
  }

  private Deit network(DeitSpec spec) {
    Deit deit = Deit.create(kernels, spec, 7);
    deit.parameters().forEach(p -> p.value().addi(0.25)); // so that no bias is zero
    return deit;
  }

  private Path file() {
    return folder.resolve("model.safetensors");
  }

  static Stream<Arguments> namings() {
    return Stream.of(Family.values())
        .flatMap(family -> Stream.of(Naming.values()).map(naming -> Arguments.of(family, naming)))
        .filter(a -> !(a.get()[0] == Family.DEIT3 && a.get()[1] == Naming.HUGGING_FACE));
  }

  @ParameterizedTest
  @MethodSource("namings")
  void whatIsWrittenIsReadBack(Family family, Naming naming) {
    Deit written = network(small(family));
    DeitWeights.write(file(), written, naming, Map.of("classes", "a b c d e"));

    SafeTensors source = SafeTensors.read(file());
    assertThat(source.metadata()).containsEntry("classes", "a b c d e").containsEntry("heads", "3");
    assertThat(DeitWeights.architecture(source)).isEqualTo(small(family));
    Deit read = DeitWeights.read(source, kernels);
    assertSameValues(read, written);
    INDArray images = Nd4j.rand(DataType.FLOAT, 2, 3, 12, 12);
    assertThat(read.logits(images, HeadCombination.MEAN_OF_LOGITS))
        .isEqualTo(written.logits(images, HeadCombination.MEAN_OF_LOGITS));
    assertThat(DeitWeights.load(source, read, PositionResize.PLAIN_BICUBIC).complete())
        .isTrue();
  }

  private static void assertSameValues(Deit actual, Deit expected) {
    for (int i = 0; i < expected.parameters().size(); i++) {
      Parameter p = expected.parameters().get(i);
      assertThat(actual.parameters().get(i).value()).as(p.name()).isEqualTo(p.value());
    }
  }

  /** The table of vision.md section 1, and the rows of qkv. */
  @Test
  void huggingFaceNamesAreThoseOfItsConverter() {
    Deit deit = network(new DeitSpec(Family.DISTILLED, 4, 4, 6, 1, 3, 5, 0));
    DeitWeights.write(file(), deit, Naming.HUGGING_FACE, Map.of());
    SafeTensors source = SafeTensors.read(file());
    String layer = "deit.encoder.layer.0.";
    assertThat(source.names())
        .containsExactlyInAnyOrder(
            "deit.embeddings.cls_token",
            "deit.embeddings.distillation_token",
            "deit.embeddings.position_embeddings",
            "deit.embeddings.patch_embeddings.projection.weight",
            "deit.embeddings.patch_embeddings.projection.bias",
            layer + "layernorm_before.weight",
            layer + "layernorm_before.bias",
            layer + "attention.attention.query.weight",
            layer + "attention.attention.query.bias",
            layer + "attention.attention.key.weight",
            layer + "attention.attention.key.bias",
            layer + "attention.attention.value.weight",
            layer + "attention.attention.value.bias",
            layer + "attention.output.dense.weight",
            layer + "attention.output.dense.bias",
            layer + "layernorm_after.weight",
            layer + "layernorm_after.bias",
            layer + "intermediate.dense.weight",
            layer + "intermediate.dense.bias",
            layer + "output.dense.weight",
            layer + "output.dense.bias",
            "deit.layernorm.weight",
            "deit.layernorm.bias",
            "cls_classifier.weight",
            "cls_classifier.bias",
            "distillation_classifier.weight",
            "distillation_classifier.bias");
    INDArray packed = value(deit, "blocks.0.attn.qkv.weight");
    assertThat(source.array(layer + "attention.attention.key.weight", DataType.FLOAT))
        .isEqualTo(packed.get(NDArrayIndex.interval(6, 12), NDArrayIndex.all()).dup('c'));
    assertThat(DeitWeights.read(source, kernels).spec()).isEqualTo(deit.spec());
  }

  @Test
  void newerTimmNamesGainsByTheirLayer() {
    Deit deit = network(small(Family.DEIT3));
    DeitWeights.write(file(), deit, Naming.TIMM_LAYER_SCALE, Map.of());
    assertThat(SafeTensors.read(file()).names())
        .contains("blocks.0.ls1.gamma", "blocks.1.ls2.gamma")
        .doesNotContain("blocks.0.gamma_1");
    assertThatThrownBy(() -> DeitWeights.write(file(), deit, Naming.HUGGING_FACE, Map.of()))
        .hasMessageContaining("no LayerScale");
  }

  @Test
  void headsOfAnotherSizeAreDroppedAndPositionsFitted() {
    Deit source = network(small(Family.DISTILLED));
    DeitWeights.write(file(), source, Naming.TIMM, Map.of());
    Deit target = Deit.create(kernels, small(Family.DISTILLED).at(20).withClasses(7), 1);
    INDArray head = value(target, "head.weight").dup('c');

    WeightReport report =
        DeitWeights.load(SafeTensors.read(file()), target, PositionResize.ANTIALIAS_BICUBIC);

    assertThat(report.dropped())
        .containsExactly("head.weight", "head.bias", "head_dist.weight", "head_dist.bias");
    assertThat(report.resized()).containsExactly("pos_embed");
    assertThat(report.missing()).isEmpty();
    assertThat(report.unexpected()).isEmpty();
    assertThat(value(target, "head.weight")).isEqualTo(head);
    assertThat(value(target, "norm.bias")).isEqualTo(value(source, "norm.bias"));
    assertThat(value(target, "pos_embed"))
        .isEqualTo(
            PositionResize.ANTIALIAS_BICUBIC.resize(value(source, "pos_embed"), 2, 3, 3, 5, 5));
  }

  @Test
  void aBodyWithoutHeadsMayBeLoadedButNotReadAsItIs() {
    Deit deit = network(small(Family.PLAIN));
    Map<String, INDArray> tensors = tensors(deit);
    tensors.keySet().removeIf(name -> name.startsWith("head."));
    tensors.put("pooler.dense.weight", Nd4j.zeros(DataType.FLOAT, 6, 6));
    SafeTensors.write(file(), tensors, Map.of("heads", "3"));
    SafeTensors source = SafeTensors.read(file());
    WeightReport report = DeitWeights.load(source, deit, PositionResize.PLAIN_BICUBIC);
    assertThat(report.missing()).containsExactly("head.weight", "head.bias");
    assertThat(report.unexpected()).containsExactly("pooler.dense.weight");
    assertRefused(source, "no tensor 'head.weight'");
  }

  @Test
  void weightsOfAnotherArchitectureAreRefusedWithLists() {
    DeitWeights.write(file(), network(small(Family.PLAIN)), Naming.TIMM, Map.of());
    SafeTensors plain = SafeTensors.read(file());
    Deit distilled = Deit.create(kernels, small(Family.DISTILLED), 1);
    INDArray before = value(distilled, "norm.weight").dup('c');
    assertThatThrownBy(() -> DeitWeights.load(plain, distilled, PositionResize.PLAIN_BICUBIC))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(
            "model.safetensors holds weights of another architecture",
            "1 missing: dist_token",
            "1 of another shape: pos_embed [1, 10, 6], wanted [1, 11, 6]");
    assertThat(value(distilled, "norm.weight")).isEqualTo(before);

    DeitSpec shallow = new DeitSpec(Family.PLAIN, 12, 4, 6, 1, 3, 5, 0);
    assertThatThrownBy(() ->
            DeitWeights.load(plain, Deit.create(kernels, shallow, 1), PositionResize.PLAIN_BICUBIC))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("12 unexpected: blocks.1.norm1.weight, blocks.1.norm1.bias");
    DeitSpec wide = new DeitSpec(Family.DEIT3, 12, 4, 9, 2, 3, 5, 0);
    assertThatThrownBy(() ->
            DeitWeights.load(plain, Deit.create(kernels, wide, 1), PositionResize.PLAIN_BICUBIC))
        .hasMessageContainingAll("missing: blocks.0.gamma_1", "of another shape: cls_token", "...");
  }

  @Test
  void filesOfOtherNetworksAreNamedAsSuch() {
    write(Map.of("conv1.weight", Nd4j.zeros(DataType.FLOAT, 2, 2)), Map.of());
    assertRefused(
        SafeTensors.read(file()), "none of its 1 tensors is a 'cls_token'; they begin with [conv1");

    Map<String, INDArray> tensors = tensors(network(small(Family.PLAIN)));
    write(tensors, Map.of());
    assertRefused(SafeTensors.read(file()), "the heads of a width of 6 cannot be told");
    write(tensors, Map.of("heads", "4"));
    assertRefused(SafeTensors.read(file()), "4 heads do not divide a width of 6");
    write(tensors, Map.of("heads", "many"));
    assertRefused(SafeTensors.read(file()), "states 'many' heads");
    tensors.put("pos_embed", Nd4j.zeros(DataType.FLOAT, 1, 9, 6));
    write(tensors, Map.of("heads", "3"));
    assertRefused(SafeTensors.read(file()), "its 9 positions are not 1 and a square grid");
  }

  /** A parallel training's prefix, and the state of a training here, whose other arrays are not weights. */
  @Test
  void prefixesOfTheWholeNetworkDoNotMatter() {
    Deit deit = network(small(Family.DISTILLED));
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors(deit).forEach((name, value) -> tensors.put("module." + name, value));
    write(tensors, Map.of("heads", "3"));
    assertSameValues(DeitWeights.read(SafeTensors.read(file()), kernels), deit);

    Map<String, INDArray> state = new LinkedHashMap<>();
    tensors(deit).forEach((name, value) -> {
      state.put("average/" + name, value.mul(0));
      state.put("weights/" + name, value);
      state.put("optimiser/m/" + name, value.mul(0));
    });
    write(state, Map.of("heads", "3"));
    assertSameValues(DeitWeights.read(SafeTensors.read(file()), kernels), deit);
  }

  /** Every named size by shapes alone, as a published file has it: without metadata. */
  @Test
  void publishedSizesAreToldByTheirShapes() {
    for (DeitPreset preset : DeitPreset.values()) {
      DeitSpec spec = preset.spec().withDropPath(0);
      assertThat(DeitWeights.architecture(new Shapes(spec))).isEqualTo(spec);
      if (spec.family() == Family.PLAIN) {
        DeitSpec larger = spec.distilled().at(2 * spec.imageSize()).withClasses(21);
        assertThat(DeitWeights.architecture(new Shapes(larger))).isEqualTo(larger);
      }
    }
  }

  private record Shapes(DeitSpec spec) implements TensorSource {
    @Override
    public String origin() {
      return "published.pth";
    }

    @Override
    public Set<String> names() {
      return spec.tensors().keySet();
    }

    @Override
    public long[] shape(String name) {
      return spec.tensors().get(name);
    }

    @Override
    public float[] floats(String name) {
      throw new AssertionError("values are not needed");
    }
  }

  private void write(Map<String, INDArray> tensors, Map<String, String> metadata) {
    SafeTensors.write(file(), tensors, metadata);
  }

  private void assertRefused(TensorSource source, String why) {
    assertThatThrownBy(() -> DeitWeights.read(source, kernels))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("model.safetensors", why);
  }

  private static Map<String, INDArray> tensors(Deit deit) {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    deit.parameters().forEach(p -> tensors.put(p.name(), p.value()));
    return tensors;
  }

  private static INDArray value(Deit deit, String name) {
    return tensors(deit).get(name);
  }

  @Test
  void theEpsilonOfLayerNormsComesBackThoughNoShapeTellsIt() {
    DeitSpec spec = new DeitSpec(DeitSpec.Family.PLAIN, 8, 4, 6, 1, 3, 2, 0).withNormEpsilon(1e-5);
    DeitWeights.write(file(), Deit.create(new CpuKernels(1), spec, 1), Naming.TIMM, Map.of());

    assertThat(DeitWeights.architecture(SafeTensors.read(file()))).isEqualTo(spec);
  }
}
