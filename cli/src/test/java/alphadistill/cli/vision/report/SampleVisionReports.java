package alphadistill.cli.vision.report;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.engine.train.Trainer;
import alphadistill.vision.evaluate.Agreement;
import alphadistill.vision.evaluate.ConfusionMatrix;
import alphadistill.vision.evaluate.HeadTable;
import alphadistill.vision.evaluate.Predictions;
import alphadistill.vision.inspect.Drawing;
import alphadistill.vision.inspect.PatchMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reports of trainings that never were. */
final class SampleVisionReports {
  static final List<String> CLASSES = List.of(
      "aeroplane",
      "car",
      "bird",
      "cat",
      "deer",
      "dog",
      "frog",
      "horse",
      "ship",
      "articulated lorry");

  private static final int PICTURES = 400;

  private SampleVisionReports() {}

  /** Two networks of three seeds, everything known. */
  static VisionReport full(String name) {
    int[] labels = new int[PICTURES];
    Draws draws = Draws.of(1, "labels");
    for (int i = 0; i < PICTURES; i++) {
      labels[i] = draws.below(CLASSES.size());
    }
    Predictions truth = new Predictions("truth", labels);
    INDArray teacher = logits(labels, "teacher", 3);
    Map<String, INDArray> distilled = new LinkedHashMap<>();
    distilled.put("class head", logits(labels, "class", 2));
    distilled.put("distillation head", distilled.get("class head").add(teacher).div(1.6));
    distilled.put(
        "both",
        distilled.get("class head").add(distilled.get("distillation head")).div(2));
    Map<String, INDArray> plain = Map.of("class head", logits(labels, "plain", 1.6));

    List<Predictions> compared =
        new ArrayList<>(List.of(truth, Predictions.of("teacher", teacher)));
    plain.forEach((head, values) -> compared.add(Predictions.of("undistilled", values)));
    distilled.forEach((head, values) -> compared.add(Predictions.of(head, values)));
    return new VisionReport(
        name,
        List.of(
            "50,000 pictures of 32 x 32, ten classes; 5,000 held out of the training.",
            "Six blocks of 96 channels, patches of 4 pixels, 100 epochs."),
        List.of(
            variant("hard " + name, truth, distilled, 3, true),
            variant("undistilled", truth, plain, 3, false)),
        Optional.of(HeadTable.of(truth, Map.of("resnet8", teacher)).rows().get(0)),
        Optional.of(Agreement.of(compared)),
        "data:\n  folder: pictures\ntraining:\n  epochs: 100\n  rate: 0.001\n",
        Map.of("sha256 pictures", name));
  }

  /** One network and epoch, nothing else known. */
  static VisionReport bare(int classes) {
    Predictions truth = new Predictions("truth", new int[] {0, 1});
    List<String> names = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      names.add("class " + c);
    }
    INDArray logits = Nd4j.createFromArray(new double[][] {{1, 0}, {1, 0}});
    return new VisionReport(
        "bare",
        List.of(),
        List.of(new VisionReport.Variant(
            "only",
            List.of(new VisionReport.Seed(
                "seed 1", List.of(new Trainer.Epoch(0, 1, 2.3, Double.NaN, 1e-6, Double.NaN)))),
            List.of(HeadTable.of(truth, Map.of("class head", logits))),
            ConfusionMatrix.of(names, truth, Predictions.of("class head", logits)),
            new double[0],
            List.of(),
            List.of())),
        Optional.empty(),
        Optional.empty(),
        "",
        Map.of());
  }

  private static VisionReport.Variant variant(
      String name, Predictions truth, Map<String, INDArray> logits, int seeds, boolean distilled) {
    List<VisionReport.Seed> trainings = new ArrayList<>();
    List<HeadTable> heads = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      trainings.add(new VisionReport.Seed("seed " + seed, epochs(name, seed, distilled)));
      Map<String, INDArray> shaken = new LinkedHashMap<>();
      int number = seed;
      logits.forEach((head, values) -> shaken.put(
          head, values.add(logits(truth.classes(), "seed " + number, 0).mul(0.3))));
      heads.add(HeadTable.of(truth, shaken));
    }
    INDArray whole = logits.getOrDefault("both", logits.get("class head"));
    Predictions given = Predictions.of(name, whole);
    List<VisionReport.Sample> samples = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      samples.add(new VisionReport.Sample(
          picture("picture " + i, truth.classes()[i]),
          CLASSES.get(truth.classes()[i]),
          CLASSES.get(given.classes()[i]),
          0.5 + 0.02 * i,
          distilled ? CLASSES.get(truth.classes()[i]) : ""));
    }
    return new VisionReport.Variant(
        name,
        trainings,
        heads,
        ConfusionMatrix.of(CLASSES, truth, given),
        distilled ? new double[] {0.07, 0.2, 0.38, 0.55, 0.7, 0.83, 0.92} : new double[0],
        samples,
        distilled
            ? List.of(new VisionReport.View(
                "Attention of the class token over a picture, by block", attention()))
            : List.of());
  }

  private static List<Trainer.Epoch> epochs(String name, int seed, boolean distilled) {
    Draws draws = Draws.of(seed, name);
    List<Trainer.Epoch> epochs = new ArrayList<>();
    for (int e = 0; e < 100; e++) {
      double progress = 1 - Math.exp(-e / 25.0);
      double accuracy = 0.1 + (distilled ? 0.78 : 0.72) * progress + 0.006 * draws.normal();
      epochs.add(new Trainer.Epoch(
          e,
          390,
          2.3 - 1.4 * progress + 0.02 * draws.normal(),
          1 + 0.3 * draws.uniform(),
          e < 5 ? 1e-6 + 2e-4 * e : 5e-4 * (1 + Math.cos(Math.PI * e / 100)),
          accuracy,
          distilled
              ? Map.of("class head", accuracy - 0.01, "distillation head", accuracy)
              : Map.of()));
    }
    return epochs;
  }

  /** Noise, and so much more for the right class. */
  private static INDArray logits(int[] labels, String name, double strength) {
    Draws draws = Draws.of(2, name);
    double[][] logits = new double[labels.length][CLASSES.size()];
    for (int n = 0; n < labels.length; n++) {
      for (int c = 0; c < CLASSES.size(); c++) {
        logits[n][c] = draws.normal() + (c == labels[n] ? strength : 0);
      }
    }
    return Nd4j.createFromArray(logits);
  }

  private static Image picture(String name, int shade) {
    Draws draws = Draws.of(4, name);
    byte[] rgb = new byte[3 * 32 * 32];
    for (int y = 0, at = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        int inside = Math.hypot(x - 16, y - 16) < 9 ? 150 : 60;
        for (int c = 0; c < 3; c++) {
          rgb[at++] = (byte) Math.min(255, inside + 10 * shade * (c + 1) / 3 + 4 * draws.normal());
        }
      }
    }
    return new Image(32, 32, rgb);
  }

  private static Image attention() {
    List<Image> tiles = new ArrayList<>(List.of(Drawing.enlarged(picture("picture 0", 3), 4)));
    for (int block = 0; block < 6; block++) {
      double[] values = new double[64];
      for (int p = 0; p < 64; p++) {
        values[p] = Math.exp(-block * Math.hypot(p % 8 - 3.5, p / 8 - 3.5) / 8);
      }
      tiles.add(Drawing.overlay(picture("picture 0", 3), new PatchMap(8, 8, values), 4));
    }
    return Drawing.tiled(List.of(tiles), 4);
  }
}
