package alphadistill.cli.bench;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.Normalisation;
import alphadistill.augment.image.recipe.HorizontalFlip;
import alphadistill.augment.image.recipe.RandomResizedCrop;
import alphadistill.data.DataException;
import alphadistill.vision.images.ImageDecoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * Pictures a second that one core decodes, and makes ready for training at 224: resized crop, flip, normalise. Both sides
 * hold the files in memory and work in one thread. Seconds are processor time of the whole process, so that memory
 * management and compilation count and other work on the machine does not.
 */
final class ImageBench {
  private static final PeerProcess.Script SCRIPT = new PeerProcess.Script(
      "Pillow", "Pillow", "pillow_pictures.py", "python3-pil python3-torchvision");
  private static final int MOST_PICTURES = 64;
  private static final int SIDE = 224;
  private static final int WARM_UP = 8; // turns until the compiler is through

  private final List<byte[]> files;
  private final float[] pixels = new float[3 * SIDE * SIDE];
  private int turn;

  private ImageBench(List<byte[]> files) {
    this.files = files;
  }

  /** @param photos a folder of JPEG files; null for generated ones */
  static List<BenchResult> run(Sizes sizes, Path photos) throws IOException {
    if (photos != null) {
      return measure(photos, sizes);
    }
    Path folder = Files.createTempDirectory("alphadistill-bench");
    try {
      for (int i = 0; i < Math.min(MOST_PICTURES, sizes.batch()); i++) {
        Files.write(folder.resolve("%03d.jpg".formatted(i)), SyntheticPhoto.jpeg(i));
      }
      return measure(folder, sizes);
    } finally {
      for (Path left : jpegs(folder)) {
        Files.delete(left);
      }
      Files.delete(folder);
    }
  }

  private static List<BenchResult> measure(Path folder, Sizes sizes) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (Path file : jpegs(folder)) {
      files.add(Files.readAllBytes(file));
    }
    if (files.isEmpty()) {
      throw new DataException(folder + ": no file ends in .jpg");
    }
    ImageBench ours = new ImageBench(files);
    List<BenchResult> results = new ArrayList<>();
    for (String work : List.of("decode", "train")) {
      try (PeerProcess peer = start(folder, work)) {
        results.add(ours.against(peer, work, sizes.runs()));
      }
    }
    return results;
  }

  private static PeerProcess start(Path folder, String work) throws IOException {
    Map<String, String> environment = new HashMap<>(PeerProcess.KEEPING_MEMORY);
    environment.put("OMP_NUM_THREADS", "1");
    return SCRIPT.start(
        List.of(folder.toString(), work), environment, "one thread, processor time on both sides");
  }

  private BenchResult against(PeerProcess peer, String work, int runs) {
    DoubleSupplier ours = processorSeconds(work.equals("decode") ? this::decode : this::train);
    Alternation times = Alternation.against(peer, WARM_UP, runs, ours);
    long bytes = files.stream().mapToLong(file -> file.length).sum();
    return BenchResult.rate(
        "images",
        "%s %d JPEG files of %d KB"
            .formatted(
                work.equals("decode") ? "decoding" : "training pictures at %d from".formatted(SIDE),
                files.size(),
                Math.round(bytes / 1000.0 / files.size())),
        "images/s per core",
        files.size(),
        times,
        peer.name(),
        runs,
        peer.settings());
  }

  private void decode() {
    for (byte[] file : files) {
      ImageDecoder.USUAL.decode(file, "bench");
    }
  }

  private void train() {
    ImageTransform transform = RandomResizedCrop.deit(SIDE).then(new HorizontalFlip(0.5));
    for (int i = 0; i < files.size(); i++) {
      Image image = ImageDecoder.USUAL.decode(files.get(i), "bench");
      Image changed = transform.apply(image, Draws.of(1, "bench", turn, i));
      Normalisation.IMAGENET.write(changed, pixels, 0);
    }
    turn++;
  }

  private static DoubleSupplier processorSeconds(Runnable work) {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return () -> {
      long begun = system.getProcessCpuTime();
      work.run();
      return (system.getProcessCpuTime() - begun) * 1e-9;
    };
  }

  private static List<Path> jpegs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }
}
