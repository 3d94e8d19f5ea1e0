package alphadistill.vision.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.vision.cnn.LayerListNetwork;
import alphadistill.vision.images.BrokenImages;
import alphadistill.vision.images.ImageLoader;
import alphadistill.vision.images.ImageSet;
import alphadistill.vision.images.ImageSets;
import alphadistill.vision.images.Sampler;
import alphadistill.vision.images.Subset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainedCnnTest {
  private static final List<String> CLASSES = List.of("left", "right");
  private static final SmallCnnSpec SMALL = new SmallCnnSpec(List.of(4, 8), 3, 16, 0.01, 5);

  /** Noise of 8 x 8 pixels in which the class's upper corner is brighter. */
  private static ImageBatch batch(int samples, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[samples * 3 * 64];
    int[] labels = new int[samples];
    for (int n = 0; n < samples; n++) {
      labels[n] = n % 2;
      for (int i = 0; i < 3 * 64; i++) {
        boolean corner = i % 64 < 32 && (i % 8 < 4) == (labels[n] == 0);
        boolean red = i < 64;
        // A mean over all pixels must tell the classes apart, so each has a colour of its own as
        // well.
        double colour = red == (labels[n] == 0) ? 0.5 : 0;
        pixels[n * 3 * 64 + i] = (float) (random.nextGaussian() * 0.5 + (corner ? colour : 0));
      }
    }
    return ImageBatch.plain(8, 8, pixels, Normalisation.IMAGENET, labels);
  }

  private static TrainedCnn trained(SmallCnnSpec spec, List<Double> losses) {
    return TrainedCnn.train(
        spec,
        CLASSES,
        epoch -> java.util.stream.IntStream.range(0, 20)
            .mapToObj(step -> batch(spec.batch(), 100L * epoch + step))
            .toList(),
        new CpuKernels(2),
        (epoch, step, loss) -> losses.add(loss));
  }

  @Test
  void learnsTwoClassesAndTellsHow() {
    List<Double> losses = new ArrayList<>();
    TrainedCnn teacher = trained(SMALL, losses);

    TeacherGate.Score score =
        new TeacherGate(0.9).require("small", teacher, "fresh noise", List.of(batch(200, 9)));

    assertThat(score.samples()).isEqualTo(200);
    assertThat(losses).hasSize(60);
    assertThat(losses.get(59)).isLessThan(losses.get(0));
  }

  @Test
  void theSameTrainingGivesTheSameBits() {
    ImageBatch batch = batch(10, 3);
    INDArray first = trained(SMALL, new ArrayList<>()).answer(batch);
    assertThat(trained(SMALL, new ArrayList<>()).answer(batch)).isEqualTo(first);
    SmallCnnSpec other = new SmallCnnSpec(SMALL.widths(), 3, 16, 0.01, 6);
    assertThat(trained(other, new ArrayList<>()).answer(batch)).isNotEqualTo(first);
  }

  @Test
  void whatIsSavedIsAListedNetwork(@TempDir Path folder) {
    TrainedCnn teacher = trained(SMALL, new ArrayList<>());
    teacher.save(folder.resolve("teacher.json"));

    CnnTeacher read = CnnTeacher.listed(folder.resolve("teacher.json"), new CpuKernels(1));

    ImageBatch batch = batch(10, 3);
    assertThat(read.answer(batch)).isEqualTo(teacher.answer(batch));
  }

  @Test
  void theLayerListAnswersAsTheTrainedGraph() {
    ComputationGraph graph = SmallCnnGraph.initial(SMALL, 8, 8, 2);
    ImageBatch batch = batch(16, 1);
    INDArray pictures = Nd4j.createFromArray(batch.pixels()).reshape('c', 16, 3, 8, 8);
    INDArray targets = Nd4j.createFromArray(new float[] {1, 0, 0, 1}).reshape('c', 2, 2);
    for (int step = 0; step < 5; step++) {
      graph.fit(
          new INDArray[] {pictures}, new INDArray[] {Nd4j.repeat(targets, 8).reshape(16, 2)});
    }
    LayerListNetwork network = LayerListNetwork.load(
        SmallCnnGraph.layers(SMALL, 2),
        new SmallCnnGraph.Tensors(SmallCnnGraph.tensors(graph, SMALL)),
        new CpuKernels(1));

    double[][] expected =
        graph.output(pictures)[0].castTo(DataType.DOUBLE).toDoubleMatrix(); // softmax
    double[][] logits = network
        .logits(pictures.permute(0, 2, 3, 1).dup('c'))
        .castTo(DataType.DOUBLE)
        .toDoubleMatrix();

    for (int n = 0; n < 16; n++) {
      double odds = Math.log(expected[n][0] / expected[n][1]);
      assertThat(logits[n][0] - logits[n][1]).isCloseTo(odds, within(1e-4));
    }
  }

  @Test
  void mixedLabelsAreSharedOut() {
    ImageBatch mixed = new ImageBatch(
        1, 1, new float[6], Normalisation.NONE, new int[] {0, 1}, new int[] {2, 1}, new double[] {
          0.25, 0.5
        });
    assertThat(TrainedCnn.targets(mixed, 3).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0.25, 0, 0.75}, {0, 1, 0}});
  }

  @Test
  void aLossThatIsNoNumberStopsTheTraining() {
    ImageBatch broken = batch(4, 1);
    broken.pixels()[7] = Float.NaN;
    assertThatThrownBy(() -> TrainedCnn.train(
            SMALL,
            CLASSES,
            epoch -> List.of(batch(4, 2), broken),
            new CpuKernels(1),
            (epoch, step, loss) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NaN at epoch 0, step 1");
  }

  @Test
  void refusesWhatCannotBeTrained() {
    assertThatThrownBy(() -> new SmallCnnSpec(List.of(), 1, 2, 0.1, 1))
        .hasMessageContaining("at least one stage");
    assertThatThrownBy(() -> new SmallCnnSpec(List.of(4), 1, 1, 0.1, 1))
        .hasMessageContaining("batch must be at least 2, was 1");
    assertThatThrownBy(() -> new SmallCnnSpec(List.of(4), 1, 2, Double.NaN, 1))
        .hasMessageContaining("rate must be in (0, 1), was NaN");
    assertThatThrownBy(() -> TrainedCnn.train(
            SMALL,
            CLASSES,
            epoch -> List.<ImageBatch>of(),
            new CpuKernels(1),
            (epoch, step, loss) -> {}))
        .hasMessageContaining("no picture to train");
  }

  @Test
  void beatsSeventyPercentOnFashion() {
    Path folder = SharedFolder.require("data/vision/fashion-mnist");
    ImageSet few =
        Subset.first(ImageSets.open(folder.resolve("train-images-idx3-ubyte.gz"), null), 4000);
    ImageSet test = ImageSets.open(folder.resolve("test-images-idx3-ubyte.gz"), few.classes());
    SmallCnnSpec spec = new SmallCnnSpec(List.of(8, 16, 32), 3, 32, 0.01, 1);
    try (ImageLoader train = loader(few, Sampler.shuffled(few.size(), 1), spec.batch(), true);
        ImageLoader judge = loader(test, Sampler.inOrder(test.size()), 250, false)) {
      TrainedCnn teacher = TrainedCnn.train(
          spec, few.classes(), train::epoch, new CpuKernels(2), (epoch, step, loss) -> {});
      TeacherGate.Score score =
          new TeacherGate(0.7).require("small", teacher, "the test pictures", judge.epoch(0));
      assertThat(score.samples()).isEqualTo(test.size());
    }
  }

  private static ImageLoader loader(ImageSet set, Sampler sampler, int batch, boolean whole) {
    ImageLoader.Spec spec = new ImageLoader.Spec(batch, 28, Normalisation.NONE, whole, 1, 1);
    return new ImageLoader(set, sampler, (image, draws) -> image, 1, spec, BrokenImages.of(set, 0));
  }
}
