package alphadistill.cli.doctor;

import alphadistill.cli.run.Provenance;
import alphadistill.data.duckdb.EmbeddedDatabase;
import alphadistill.engine.device.Backend;
import alphadistill.engine.device.CudaCode;
import alphadistill.engine.device.NvidiaDriver;
import alphadistill.engine.kernels.KernelLibraries;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the program needs of the machine, looked at one by one.
 *
 * <pre>{@code
 * List<Checkup.Finding> findings = new Checkup(Path.of("runs"), System.getenv()).findings();
 * }</pre>
 */
public final class Checkup {
  private static final long LEAST_HEAP = 500L << 20;
  private static final long LEAST_DISK = 1L << 30;

  private final Path runs;
  private final Map<String, String> environment;

  /**
   * One thing that was looked at.
   *
   * @param what it is
   * @param ok whether it will do
   * @param found in words
   * @param remedy in words; empty when it will do
   */
  public record Finding(String what, boolean ok, String found, String remedy) {

    static Finding of(String what, boolean ok, String found, String remedy) {
      return new Finding(what, ok, found, ok ? "" : remedy);
    }
  }

  /**
   * @param runs folder that is to hold runs; need not exist
   * @param environment of the process
   */
  public Checkup(Path runs, Map<String, String> environment) {
    this.runs = runs;
    this.environment = environment;
  }

  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(flags());
    findings.add(heap());
    findings.add(processor());
    findings.add(blasThreads());
    Backend backend = Backend.onClassPath();
    List<Finding> gpus = gpus(backend, NvidiaDriver.ask());
    findings.addAll(gpus);
    if (backend == Backend.CPU || gpus.stream().anyMatch(Finding::ok)) {
      List<Finding> libraries = nativeLibraries();
      // a GPU's products come from CUDA
      findings.addAll(backend == Backend.CPU ? libraries : libraries.subList(1, 2));
    }
    findings.add(duckDb());
    findings.add(disk());
    findings.add(Finding.of("code", true, Provenance.codeVersion(), ""));
    return findings;
  }

  private static Finding java() {
    boolean compiler = Files.exists(Path.of(System.getProperty("java.home"), "bin", "javac"));
    return Finding.of(
        "java",
        Runtime.version().feature() >= 17 && compiler,
        "%s %s in %s%s"
            .formatted(
                System.getProperty("java.vm.name"),
                Runtime.version(),
                System.getProperty("java.home"),
                compiler ? "" : ", without a compiler"),
        "set JAVA_HOME to a JDK 17 or newer (on Debian: apt-get install openjdk-17-jdk-headless)");
  }

  private static Finding flags() {
    boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return Finding.of(
        "JVM flags",
        vector,
        flags.isEmpty()
            ? "none"
            : String.join(" ", flags.stream().filter(Checkup::tells).toList()),
        "start with the launcher ./alphadistill, or add --add-modules=jdk.incubator.vector");
  }

  private static boolean tells(String flag) {
    return flag.startsWith("-X") || flag.startsWith("--add");
  }

  private static Finding heap() {
    long heap = Runtime.getRuntime().maxMemory();
    return Finding.of(
        "heap",
        heap >= LEAST_HEAP,
        "%d MiB at most".formatted(heap >> 20),
        "give at least %d MiB: ALPHADISTILL_JAVA_OPTS=-Xmx1g".formatted(LEAST_HEAP >> 20));
  }

  private static Finding processor() {
    int bits = vectorBits();
    return Finding.of(
        "processor",
        bits >= 128,
        "%s, %d cores, vectors of %d bits"
            .formatted(Provenance.processor(), Runtime.getRuntime().availableProcessors(), bits),
        "vector loops need the flag --add-modules=jdk.incubator.vector and SSE2 or better");
  }

  private static int vectorBits() {
    try {
      return KernelLibraries.vectorBits();
    } catch (LinkageError e) {
      return 0; // the module is not there
    }
  }

  private Finding blasThreads() {
    String threads = environment.get("OPENBLAS_NUM_THREADS");
    String core = environment.get("OPENBLAS_CORETYPE");
    boolean free = core == null || core.isBlank();
    return Finding.of(
        "BLAS settings",
        "1".equals(threads) && free,
        "OPENBLAS_NUM_THREADS=%s%s"
            .formatted(threads == null ? "" : threads, free ? "" : ", OPENBLAS_CORETYPE=" + core),
        "start with the launcher ./alphadistill, or set OPENBLAS_NUM_THREADS=1 and unset OPENBLAS_CORETYPE: work is spread by the program itself");
  }

  /** GPUs are a must for the CUDA build alone; for the CPU's they are what another build could use. */
  static List<Finding> gpus(Backend backend, NvidiaDriver driver) {
    if (!driver.problem().isEmpty()) {
      return List.of(Finding.of(
          "GPU",
          backend == Backend.CPU,
          driver.problem(),
          "install NVIDIA's driver, or start ./alphadistill with ALPHADISTILL_BACKEND=cpu"));
    }
    return driver.gpus().stream()
        .map(gpu -> CudaCode.refusal(driver, gpu)
            .map(refusal -> Finding.of(
                "GPU cuda:" + gpu.number(),
                backend == Backend.CPU,
                refusal.why(),
                refusal.remedy()))
            .orElseGet(() -> Finding.of(
                "GPU cuda:" + gpu.number(),
                true,
                backend == Backend.CUDA
                    ? "%s, driver %s".formatted(gpu, driver.version())
                    : "%s; ALPHADISTILL_BACKEND=cuda uses it".formatted(gpu),
                "")))
        .toList();
  }

  /** Loaded in another process, which OpenBLAS tells what kernels it chose. */
  private static List<Finding> nativeLibraries() {
    String remedy =
        "the libraries come for Linux on x86_64 with glibc; remove ~/.javacpp/cache and try again";
    try {
      ProcessBuilder builder = new ProcessBuilder(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--add-modules=jdk.incubator.vector",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "-cp",
          System.getProperty("java.class.path"),
          NativeProbe.class.getName());
      builder.environment().put("OPENBLAS_VERBOSE", "2");
      Path log = Files.createTempFile("alphadistill-doctor", ".log");
      try {
        Process process =
            builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
          process.destroyForcibly();
        }
        return nativeLibraries(
            Files.readString(log),
            ended ? "exit code " + process.exitValue() : "no answer in 60 s",
            remedy);
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      return List.of(Finding.of("OpenBLAS and ND4J", false, e.getMessage(), remedy));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.of("OpenBLAS and ND4J", false, "interrupted", remedy));
    }
  }

  static List<Finding> nativeLibraries(String said, String end, String remedy) {
    Matcher core = Pattern.compile("(?m)^Core: (\\S+)").matcher(said);
    boolean known = core.find();
    Matcher answer =
        Pattern.compile(Pattern.quote(NativeProbe.ANSWER) + "(\\S+) by (\\S+)").matcher(said);
    boolean answered = answer.find();
    boolean right = answered && Double.parseDouble(answer.group(1)) == 0; // whole numbers
    String last = said.strip().lines().reduce((a, b) -> b).orElse("");
    return List.of(
        Finding.of(
            "OpenBLAS",
            known,
            known
                ? "version %s, kernels for %s"
                    .formatted(KernelLibraries.openBlasVersion(), core.group(1))
                : "does not load (%s): %s".formatted(end, last),
            remedy),
        Finding.of(
            "ND4J",
            right,
            answered
                ? "%s, a product is %s"
                    .formatted(answer.group(2), right ? "right" : "wrong by " + answer.group(1))
                : "does not load (%s): %s".formatted(end, last),
            remedy));
  }

  private static Finding duckDb() {
    String remedy =
        "the library comes for Linux on x86_64; check that %s can be written and may hold programs"
            .formatted(System.getProperty("java.io.tmpdir"));
    try {
      return Finding.of("DuckDB", true, EmbeddedDatabase.version(), remedy);
    } catch (SQLException | LinkageError e) {
      return Finding.of("DuckDB", false, "does not load: " + e.getMessage(), remedy);
    }
  }

  private Finding disk() {
    Path there = runs.toAbsolutePath().normalize();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    String remedy = "choose another folder with --out or --set out=, or free space in " + there;
    try {
      Path probe = Files.createTempFile(there, ".doctor", null);
      Files.delete(probe);
      long free = new File(there.toString()).getUsableSpace();
      return Finding.of(
          "runs folder",
          free >= LEAST_DISK,
          "%s can be written, %.1f GiB free"
              .formatted(runs.toAbsolutePath().normalize(), free / (double) (1 << 30)),
          remedy);
    } catch (IOException e) {
      return Finding.of(
          "runs folder",
          false,
          "%s cannot be written (%s)"
              .formatted(runs.toAbsolutePath().normalize(), e.getClass().getSimpleName()),
          remedy);
    }
  }
}
