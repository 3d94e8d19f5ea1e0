package alphadistill.vision.deit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import alphadistill.engine.Heads;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.ValueFormula;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.vision.weights.DeitWeights;
import alphadistill.vision.weights.Naming;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Published sizes against a reference in PyTorch that reads the weights we write. Runs where Debian's python3-torch is
 * installed, and is skipped with a reason elsewhere.
 */
class DeitTorchTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3"); // Debian's, whatever PATH says
  private static final int PICTURES = 2;

  @TempDir
  private Path folder;

  private Path script;

  @BeforeEach
  void requireTorch() throws Exception {
    assumeTrue(Files.isExecutable(PYTHON), "skipped: there is no " + PYTHON);
    script = folder.resolve("torch_deit.py");
    try (InputStream in =
        Objects.requireNonNull(DeitTorchTest.class.getResourceAsStream("torch_deit.py"))) {
      Files.copy(in, script);
    }
    String said = run("ready");
    assumeTrue(
        said.startsWith("torch "),
        () -> "skipped: no PyTorch (on Debian: apt-get install python3-torch): "
            + said.lines().reduce((first, last) -> last).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({"small, true", "base, true", "deit3-small, false"})
  void logitsAreThoseOfTorch(String size, boolean distilled) throws Exception {
    DeitSpec plain = DeitPreset.labelled(size).spec();
    Deit deit = Deit.empty(new CpuKernels(2), distilled ? plain.distilled() : plain);
    ValueFormula formula = new ValueFormula(9);
    for (Parameter p : deit.parameters()) {
      float[] values = formula.weights("torch/", p.name(), p.value().shape());
      p.value().assign(Nd4j.createFromArray(values).reshape('c', p.value().shape()));
    }
    int side = deit.spec().imageSize();
    INDArray images = Nd4j.createFromArray(
            formula.floats("torch/image", PICTURES * 3 * side * side, 2, 0))
        .reshape('c', PICTURES, 3, side, side);
    DeitWeights.write(folder.resolve("weights"), deit, Naming.TIMM, Map.of());
    SafeTensors.write(folder.resolve("pictures"), Map.of("input", images), Map.of());

    Heads heads = deit.forward(images, Pass.EVALUATION);
    String said = run(
        folder.resolve("weights").toString(),
        folder.resolve("pictures").toString(),
        folder.resolve("logits").toString());

    assertThat(said).as("what the script said").startsWith("torch ");
    SafeTensors reference = SafeTensors.read(folder.resolve("logits"));
    assertClose("logits_cls", heads.classOutput(), reference);
    assertThat(reference.has("logits_dist")).isEqualTo(distilled);
    if (distilled) {
      assertClose("logits_dist", heads.distOutput(), reference);
    }
  }

  private static void assertClose(String name, INDArray actual, SafeTensors reference) {
    INDArray gap = actual.castTo(DataType.DOUBLE).sub(reference.array(name, DataType.DOUBLE));
    assertThat(gap.amaxNumber().doubleValue()).as("largest gap of " + name).isLessThan(1e-4);
  }

  /** All that the script says. */
  private String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON.toString(), script.toString()));
    command.addAll(List.of(arguments));
    Path said = folder.resolve("said");
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the script ends").isTrue();
    } finally {
      process.destroy();
    }
    return Files.readString(said, StandardCharsets.UTF_8);
  }
}
