package alphadistill.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Steps of a row in libtorch 2.10, as fast as it can here: its products by MKL or OpenBLAS, its attention by the library's
 * own operation or written out, whichever is fastest in a short trial. It is a program of its own in a folder that
 * {@code cli/peers/libtorch} makes, and never on our class path.
 */
public final class LibtorchPeer {
  /** How the folder is made. */
  public static final String REMEDY =
      "make it with ./mvnw -f cli/peers/libtorch/pom.xml package (fetches 300 MB once)"
          + " and give cli/peers/libtorch/target/libtorch";

  private static final String JAR = "libtorch-peer.jar";

  private LibtorchPeer() {}

  /** Which of its own ways a candidate goes. */
  private record Way(boolean mkl, boolean fused) {
    @Override
    public String toString() {
      return "%s, %s attention".formatted(mkl ? "MKL" : "OpenBLAS", fused ? "fused" : "explicit");
    }
  }

  private static final List<Way> WAYS = List.of(
      new Way(true, true), new Way(true, false), new Way(false, true), new Way(false, false));

  /** Whether a folder holds the program. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(JAR));
  }

  /** The peer with the settings that were fastest in a short trial, or one that is not there and says why. */
  static PeerProcess fastest(Path folder, EngineRow row, int threads) throws IOException {
    List<PeerProcess.Start> candidates = new ArrayList<>();
    for (Way way : WAYS) {
      candidates.add(() -> start(folder, row, threads, way));
    }
    return PeerProcess.fastest(candidates);
  }

  private static PeerProcess start(Path folder, EngineRow row, int threads, Way way)
      throws IOException {
    Map<String, String> environment = PeerProcess.environment();
    environment.put("OMP_NUM_THREADS", "" + threads);
    environment.put("OPENBLAS_CORETYPE", null);
    if (way.mkl()) {
      environment.put("MKL_THREADING_LAYER", "GNU");
    } else {
      environment.put("OMP_WAIT_POLICY", "passive"); // two pools of threads would fight
    }
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
        "-Dorg.bytedeco.javacpp.nopointergc=true"));
    if (way.mkl()) {
      command.add("-Dorg.bytedeco.openblas.load=mkl_rt");
    }
    EngineRow.Body body = row.body();
    command.addAll(List.of(
        "-cp",
        folder.resolve("*").toString(),
        "alphadistill.peer.LibtorchPeer",
        row.isImage() ? "image" : "window",
        row.isTraining() ? "train" : "infer",
        "" + row.batch(),
        "" + body.tokens(),
        "" + body.features(),
        "" + body.width(),
        "" + body.depth(),
        "" + body.heads(),
        "" + threads,
        way.fused() ? "fused" : "explicit"));
    PeerProcess peer = PeerProcess.launch(
        command,
        environment,
        "libtorch",
        "%d threads, %s (fastest of MKL, OpenBLAS; fused, explicit)".formatted(threads, way),
        LibtorchPeer::absent);
    return peer.isThere() ? same(peer, row) : peer;
  }

  /** The peer, unless it runs another network. */
  private static PeerProcess same(PeerProcess peer, EngineRow row) {
    long theirs = Long.parseLong(peer.ask("check").split(" ")[0]);
    if (theirs == row.parameters()) {
      return peer;
    }
    peer.close();
    return absent("it has %,d parameters, ours %,d".formatted(theirs, row.parameters()));
  }

  private static PeerProcess absent(String reason) {
    return PeerProcess.absent("libtorch", "libtorch not measured: " + reason);
  }
}
