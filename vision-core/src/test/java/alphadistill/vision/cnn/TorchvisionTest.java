package alphadistill.vision.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import alphadistill.engine.kernels.CpuKernels;
import alphadistill.vision.weights.TorchFile;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Whole published networks against torchvision's, through the files that torch writes. Runs where Debian's
 * python3-torchvision is installed, and is skipped with a reason elsewhere.
 */
class TorchvisionTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3"); // Debian's, whatever PATH says

  /** Of the largest logit; torch's own float32 answers are up to 3e-6 away. */
  private static final double TOLERANCE = 1e-5;

  @TempDir
  private Path folder;

  private Path script;

  @BeforeEach
  void requireTorchvision() throws Exception {
    assumeTrue(Files.isExecutable(PYTHON), "skipped: there is no " + PYTHON);
    script = folder.resolve("torchvision_network.py");
    try (InputStream in = Objects.requireNonNull(
        TorchvisionTest.class.getResourceAsStream("torchvision_network.py"))) {
      Files.copy(in, script);
    }
    String said = run("ready");
    assumeTrue(
        said.startsWith("torchvision "),
        () -> "skipped: no torchvision (on Debian: apt-get install python3-torchvision): " + said);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void logitsAreThoseOfTorchvision(Architecture architecture) throws Exception {
    String said = run(architecture.timmName(), folder.toString());
    assertThat(folder.resolve("reference.pth")).as(said).exists();
    TorchFile weights = TorchFile.read(folder.resolve("weights.pth"));
    TorchFile reference = TorchFile.read(folder.resolve("reference.pth"));

    LayerListNetwork network =
        LayerListNetwork.load(architecture.layersOf(weights), weights, new CpuKernels(2));
    INDArray pictures =
        reference.array("pictures", DataType.FLOAT).permute(0, 2, 3, 1).dup('c');
    INDArray logits = network.logits(pictures).castTo(DataType.DOUBLE);

    assertThat(network.report().unexpected()).isEmpty();
    INDArray expected = reference.array("logits", DataType.DOUBLE);
    double gap = logits.sub(expected).amaxNumber().doubleValue();
    assertThat(gap / expected.amaxNumber().doubleValue()).isLessThan(TOLERANCE);
  }

  private String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON.toString(), script.toString()));
    command.addAll(List.of(arguments));
    File said = folder.resolve("said.txt").toFile();
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said)
        .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the script ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(said.toPath(), StandardCharsets.UTF_8).strip();
  }
}
