package alphadistill.cli.vision;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.run.Interruption;
import alphadistill.cli.run.Progress;
import alphadistill.cli.run.Provenance;
import alphadistill.cli.run.RunFolder;
import alphadistill.cli.run.Unit;
import alphadistill.cli.run.UnitPool;
import alphadistill.cli.run.UnitRun;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.device.MemoryNeed;
import alphadistill.engine.train.Trainer;
import alphadistill.engine.train.TrainingListener;
import alphadistill.vision.images.ImageException;
import alphadistill.vision.recipe.Distilling;
import alphadistill.vision.teacher.SmallCnnSpec;
import alphadistill.vision.teacher.TeacherGate;
import alphadistill.vision.train.Answers;
import alphadistill.vision.train.ImageTraining;
import alphadistill.vision.train.PictureSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a configuration of trainings to its table: pictures, teacher, units, test. Started again after a stop of any kind,
 * it does what is missing and ends with the same weights.
 */
public final class VisionRun {
  /** A teacher that was trained here: its list of layers, with the weights beside it. */
  private static final String TEACHER = "teacher.json";

  private final VisionConfig config;
  private final String printed;
  private final ComputeDevice device;
  private final Progress progress;

  /**
   * What a run ends with.
   *
   * @param folder of the run
   * @param table the results in words, for the console
   */
  public record Done(Path folder, Path report, String table) {}

  /** @param device that networks are trained and tested on */
  public VisionRun(ConfigFile config, ComputeDevice device, Progress progress) {
    this.config = config.as(VisionConfig.class);
    this.printed = config.print();
    this.device = device;
    this.progress = progress;
  }

  /**
   * Everything, from pictures to table. Stopped by a signal, it says how to go on and leaves nothing half-written.
   *
   * @throws alphadistill.engine.TeacherRefusedException if the teacher is below its bar
   * @throws alphadistill.engine.train.DivergedException if a loss is no longer finite
   */
  public Done run() throws IOException, InterruptedException {
    try (Interruption guard = Interruption.guard(
        System.err, "run the same command again, which goes on where this one stopped")) {
      return run(guard);
    }
  }

  private Done run(Interruption guard) throws IOException, InterruptedException {
    VisionData data = VisionData.open(config.data());
    String memory = requireRoom(data);
    PictureSource pictures = config.pictureSource();
    boolean trained = config.teacher().trained().wanted();
    TeacherSource named = asksTeacher() && !trained ? TeacherSource.named(config.teacher()) : null;
    if (named != null) {
      admit(named, data, pictures);
    }
    String fingerprint = Provenance.fingerprint(decisive(), inputs(data, named));
    try (RunFolder folder = RunFolder.open(config.out().resolve(config.name()), fingerprint)) {
      progress.say("%,d pictures to learn from, %,d held out, %,d for the test; %d classes"
          .formatted(
              data.train().size(),
              data.heldOut().size(),
              data.test().size(),
              data.train().classes().size()));
      progress.say(memory);
      folder.write("config.yaml", printed);
      Provenance provenance =
          Provenance.here().with("fingerprint", fingerprint).with("device", device.toString());
      data.hashes().forEach((name, hash) -> provenance.with("sha256 " + name, hash));
      folder.write("provenance.json", provenance.json());
      TeacherSource teacher =
          asksTeacher() && trained ? trainedTeacher(data, pictures, folder) : named;
      train(data, teacher, folder, guard);
      tellOfBrokenPictures(folder.units());
      progress.say("evaluating");
      INDArray taught = teacher == null
          ? null
          : Answers.of(
              teacher.open(device.kernels(1)),
              pictures.inOrder(data.test(), config.training().batch()));
      VisionResults results = VisionResults.of(config, folder.units(), taught);
      folder.write("metrics.json", VisionMetrics.of(results));
      folder.write(
          VisionPage.NAME,
          new VisionPage(
                  config,
                  data,
                  device,
                  folder.units(),
                  teacher == null ? null : teacher.name(),
                  taught)
              .html(results, printed, provenance.facts()));
      return new Done(
          folder.path(), folder.path().resolve(VisionPage.NAME), VisionTable.of(results));
    }
  }

  /** Before anything is trained: the largest of the variants must fit as often as they run beside each other. */
  private String requireRoom(VisionData data) {
    int trainings = config.variants().size() * config.seeds().size();
    MemoryNeed largest = config.variants().stream()
        .map(variant ->
            StartingNetwork.spec(config, variant, data.train().classes().size()))
        .map(spec -> spec.memory(
            device,
            config.training().batch(),
            config.training().averaging().decay() > 0,
            config.training().recompute()))
        .max(Comparator.comparingLong(MemoryNeed::bytes))
        .orElseThrow();
    return device.requireRoom(largest, Math.min(workers(), trainings));
  }

  private boolean asksTeacher() {
    return config.variants().stream().anyMatch(kind -> kind != Distilling.Kind.NONE);
  }

  /** The teacher of an earlier process of this run, or one trained now; it is judged like any other. */
  private TeacherSource trainedTeacher(VisionData data, PictureSource pictures, RunFolder folder) {
    Path json = folder.path().resolve(TEACHER);
    if (!Files.exists(json)) {
      SmallCnnSpec spec = config.teacher().trained().spec();
      progress.start(
          "training the teacher", (long) spec.epochs() * (data.train().size() / spec.batch()));
      new ImageTraining(
              device.kernels(1),
              config.training(),
              data.train(),
              data.heldOut(),
              config.data().broken(),
              spec.seed())
          .trainTeacher(spec, (epoch, step, loss) -> progress.step(1))
          .save(json);
      progress.end();
    }
    TeacherSource teacher = TeacherSource.trained(config.teacher(), json);
    admit(teacher, data, pictures);
    return teacher;
  }

  private void admit(TeacherSource teacher, VisionData data, PictureSource pictures) {
    TeacherGate.Score score = new TeacherGate(config.teacher().bar())
        .require(
            teacher.name(),
            teacher.open(device.kernels(1)),
            "the held-out training pictures",
            pictures.inOrder(data.heldOut(), config.training().batch()));
    progress.say("teacher %s: %.2f %% of %,d held-out pictures"
        .formatted(teacher.name(), 100 * score.accuracy(), score.samples()));
  }

  private void train(VisionData data, TeacherSource teacher, RunFolder folder, Interruption guard)
      throws InterruptedException {
    List<Unit> units = new VisionUnits(
            config, data, () -> teacher.open(device.kernels(1)), device, folder.path())
        .all(steps());
    long steps = data.train().size() / config.training().batch();
    new UnitRun(new UnitPool(folder.units(), workers()), progress, guard)
        .finish(units, config.training().epochs() * steps, unit -> {});
  }

  /** Every training leaves the same ones out. */
  private void tellOfBrokenPictures(Path units) throws IOException {
    Path broken = units
        .resolve(VisionUnits.name(config.variants().get(0), config.seeds().get(0)))
        .resolve(VisionUnits.BROKEN);
    if (Files.exists(broken)) {
      List<String> lines = Files.readAllLines(broken);
      progress.say("%d pictures could not be read and were left out; all are named in %s; first: %s"
          .formatted(lines.size(), broken, lines.get(0)));
    }
  }

  /** Moves the bar, over what an earlier process did at once. */
  private TrainingListener steps() {
    return new TrainingListener() {
      @Override
      public void begins(int epoch, int step, List<Trainer.Epoch> done) {
        progress.step(step + done.stream().mapToLong(Trainer.Epoch::steps).sum());
      }

      @Override
      public void stepDone(Trainer.Step step) {
        progress.step(1);
      }

      @Override
      public void epochDone(Trainer.Epoch epoch) {}
    };
  }

  private int workers() {
    return config.workers() == 0 ? device.workers() : config.workers();
  }

  private String inputs(VisionData data, TeacherSource teacher) {
    String hashes = data.hashes().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining("\n"));
    return teacher == null ? hashes : hashes + "\nteacher " + hash(teacher.file());
  }

  private static String hash(Path file) {
    try {
      return Provenance.fingerprint(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ImageException("%s: cannot be read (%s)".formatted(file, e), e);
    }
  }

  /** The configuration without what cannot change a result. */
  private String decisive() {
    return ConfigFile.print(config.decisive());
  }
}
