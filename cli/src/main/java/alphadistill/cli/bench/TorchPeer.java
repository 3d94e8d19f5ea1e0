package alphadistill.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Steps of a row in PyTorch, as fast as it can here: OpenBLAS with OpenMP threads preloaded where Debian has it, its
 * kernels for a processor chosen by trial, and memory that is kept instead of given back.
 */
final class TorchPeer {
  static final PeerProcess.Script SCRIPT = new PeerProcess.Script(
      "PyTorch", "torch", "torch_engine.py", "python3-torch libopenblas0-openmp");

  private static final Path OPENBLAS =
      Path.of("/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblas.so.0");
  private static final List<String> CORE_TYPES = List.of("Haswell", "SkylakeX", "Zen");

  private TorchPeer() {}

  /** The peer with the settings that were fastest in a short trial, or one that is not there and says why. */
  static PeerProcess fastest(EngineRow row, int threads) throws IOException {
    List<PeerProcess.Start> candidates = new ArrayList<>();
    for (String coreType : CORE_TYPES) {
      candidates.add(() -> start(row, threads, coreType));
    }
    return PeerProcess.fastest(candidates);
  }

  /** One process with the given settings, ready for its first step; or absent with Python's reason. */
  static PeerProcess start(EngineRow row, int threads, String coreType) throws IOException {
    boolean preload = Files.exists(OPENBLAS);
    Map<String, String> environment = PeerProcess.environment();
    environment.put("OMP_NUM_THREADS", "" + threads);
    environment.put("OPENBLAS_CORETYPE", coreType);
    if (preload) {
      environment.put("LD_PRELOAD", OPENBLAS.toString());
    }
    return SCRIPT.start(
        arguments(row, row.batch(), threads, "cpu"),
        environment,
        "%d threads, OPENBLAS_CORETYPE=%s (fastest of %s)%s"
            .formatted(
                threads,
                coreType,
                String.join(", ", CORE_TYPES),
                preload ? ", libopenblas0-openmp" : ", without libopenblas0-openmp"));
  }

  /** @param device {@code cpu} or {@code cuda} */
  static List<String> arguments(EngineRow row, int batch, int threads, String device) {
    EngineRow.Body body = row.body();
    return List.of(
        row.isImage() ? "image" : "window",
        row.isTraining() ? "train" : "infer",
        device,
        "" + batch,
        "" + body.tokens(),
        "" + body.features(),
        "" + body.width(),
        "" + body.depth(),
        "" + body.heads(),
        "" + threads);
  }
}
