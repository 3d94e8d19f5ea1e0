package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitSpec;
import alphadistill.vision.inspect.PngFile;
import alphadistill.vision.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The {@code vision} commands from pictures in folders to answers, on 8 x 8 pixels of three colours. */
class VisionCommandTest {
  @TempDir
  static Path folder;

  private static Path config;
  private static Said trained;

  @BeforeAll
  static void picturesTeacherAndOneRun() throws IOException {
    pictures("train", 24);
    pictures("test", 8);
    DeitSpec teacher = new DeitSpec(DeitSpec.Family.PLAIN, 8, 4, 8, 1, 2, 3, 0);
    OnnxExport.write(
        folder.resolve("teacher.onnx"), Deit.create(new CpuKernels(1), teacher, 3), Map.of());
    config = folder.resolve("run.yaml");
    Files.writeString(config, """
        name: squares
        out: %1$s/runs
        workers: 2
        seeds: [1, 2]
        variants: [none, hard]
        checkpointSteps: 2
        data: {train: %1$s/train, test: %1$s/test, validation: 0.25}
        model: {patch: 4, width: 8, depth: 2, heads: 2}
        teacher: {file: %1$s/teacher.onnx, white: 1, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225], bar: 0}
        training: {epochs: 2, batch: 8, pictures: {size: 8}}
        """.formatted(folder));
    trained = train();
  }

  /** Class folders of noisy squares whose class is their strongest colour. */
  private static void pictures(String name, int each) throws IOException {
    for (int c = 0; c < 3; c++) {
      Path into = folder.resolve(name).resolve(List.of("blue", "green", "red").get(c));
      Files.createDirectories(into);
      for (int n = 0; n < each; n++) {
        Draws draws = Draws.of(5, name, c, n);
        byte[] rgb = new byte[3 * 64];
        for (int i = 0; i < rgb.length; i++) {
          rgb[i] = (byte) (draws.below(150) + (i % 3 == 2 - c ? 100 : 0));
        }
        PngFile.write(into.resolve("%02d.png".formatted(n)), new Image(8, 8, rgb));
      }
    }
  }

  private static Said train(String... more) {
    List<String> words = new ArrayList<>(List.of("vision", "train", config.toString()));
    words.addAll(List.of(more));
    return Said.by(words);
  }

  private static Path unit(String name) {
    return folder.resolve("runs/squares/units").resolve(name);
  }

  private static String weights() {
    return unit("hard-s1").resolve("model.safetensors").toString();
  }

  @Test
  void aRunLeavesItsTableAndEveryFileThatItNames() throws IOException {
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out())
        .contains("Accuracy on 24 test pictures")
        .containsPattern("none +2 +\\d+\\.\\d\\d ± ")
        .containsPattern("hard +2 +\\d+\\.\\d\\d ± ")
        .contains("hard less none", "report   ", "run      ");
    assertThat(folder.resolve("runs/squares"))
        .isDirectoryContaining("glob:**/config.yaml")
        .isDirectoryContaining("glob:**/provenance.json")
        .isDirectoryContaining("glob:**/metrics.json")
        .isDirectoryContaining("glob:**/report.html");
    assertThat(Files.readString(unit("hard-s1").resolve("metrics.csv")).lines())
        .hasSize(3)
        .first()
        .isEqualTo(
            "epoch,steps,loss,gradientNorm,rate,accuracy,accuracyClassHead,accuracyDistHead,agreementWithTeacher");
    assertThat(folder.resolve("runs/squares/events/hard-s1"))
        .isDirectoryContaining("glob:**/*tfevents*");
    assertThat(folder.resolve("runs/squares/checkpoints/hard-s1/state.json")).exists();
    assertThat(Files.readString(folder.resolve("runs/squares/report.html")))
        .contains("hard, distillation head", "data:image/png;base64");
  }

  @Test
  void theSameCommandGoesOnAndEndsWithTheSameBytes() throws IOException {
    byte[] weights = Files.readAllBytes(unit("none-s2").resolve("model.safetensors"));
    byte[] metrics = Files.readAllBytes(folder.resolve("runs/squares/metrics.json"));
    assertThat(train().err()).contains("all 4 units are finished already");

    Said fresh = train("--set", "name=again", "--set", "workers=1");
    assertThat(fresh.code()).as(fresh.err()).isZero();
    assertThat(folder.resolve("runs/again/units/none-s2/model.safetensors"))
        .hasBinaryContent(weights);
    assertThat(folder.resolve("runs/again/metrics.json")).hasBinaryContent(metrics);
  }

  @Test
  void aTeacherBelowItsBarStopsTheRunBeforeAnyTraining() {
    Said said = train("--set", "name=poor", "--set", "teacher.bar=0.99");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.errorLines())
        .singleElement()
        .asString()
        .startsWith("alphadistill: teacher teacher.onnx is right on ")
        .contains("the bar is 99.00 %");
    assertThat(folder.resolve("runs/poor")).doesNotExist();
  }

  @Test
  void aTeacherIsTrainedWhereThereIsNone() throws IOException {
    String[] words = {
      "--set", "name=untaught",
      "--set", "teacher.file=null",
      "--set", "teacher.trained.epochs=6",
      "--set", "teacher.trained.widths=[4, 8]",
      "--set", "teacher.trained.batch=8",
      "--set", "teacher.trained.rate=0.02",
      "--set", "teacher.bar=0.6"
    };
    Said first = train(words);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("teacher teacher.json: ");
    Path run = folder.resolve("runs/untaught");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("a small CNN of stages [4, 8], trained here for 6 epochs");
    byte[] weights = Files.readAllBytes(run.resolve("teacher.safetensors"));

    Files.delete(run.resolve("teacher.json")); // as after a kill between the two files
    Said again = train(words);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(run.resolve("teacher.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void aHeadOfAnotherSizeAndPicturesOfAnotherSizeAreFineTuned() {
    Said said = train(
        "--set",
        "name=larger",
        "--set",
        "variants=[none]",
        "--set",
        "seeds=[1]",
        "--set",
        "model.start=" + unit("none-s1").resolve("model.safetensors"),
        "--set",
        "training.pictures.size=16",
        "--set",
        "training.epochs=1");
    assertThat(said.code()).as(said.err()).isZero();
  }

  @Test
  void evaluateShowsEachHead() {
    Said said = Said.by(
        "vision",
        "evaluate",
        "--weights",
        weights(),
        "--images",
        folder.resolve("test").toString());
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("24 pictures of test", "both heads", "class head", "distillation head");
  }

  @Test
  void predictNamesClassesAndPixelsGiveTheSameLogitsAsPictures() throws IOException {
    Path csv = folder.resolve("answers.csv");
    Said said = Said.by(
        "vision",
        "predict",
        "--weights",
        weights(),
        "--inputs",
        folder.resolve("test").toString(),
        "--out",
        csv.toString());
    assertThat(said.code()).as(said.err()).isZero();
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(25);
    assertThat(lines.get(0))
        .startsWith("input,class,name,probability,logits_eval_0")
        .contains("logits_cls_2", "logits_dist_2");
    assertThat(lines.get(1).split(",")[2]).isIn("blue", "green", "red");

    Path pixels = folder.resolve("pixels.safetensors");
    INDArray input = Nd4j.createFromArray(new float[2 * 3 * 8 * 8]).reshape('c', 2, 3, 8, 8);
    SafeTensors.write(pixels, Map.of("input", input), Map.of());
    Path out = folder.resolve("logits.safetensors");
    assertThat(Said.by(
                "vision",
                "predict",
                "--weights",
                weights(),
                "--inputs",
                pixels.toString(),
                "--out",
                out.toString())
            .code())
        .isZero();
    SafeTensors logits = SafeTensors.read(out);
    assertThat(logits.names()).contains("logits_cls", "logits_dist", "logits_eval");
    float[] both = logits.floats("logits_eval");
    assertThat(both).hasSize(6);
    assertThat(both[0])
        .isEqualTo((logits.floats("logits_cls")[0] + logits.floats("logits_dist")[0]) / 2);
  }

  @Test
  void exportAndInspectWriteTheirFiles() {
    Path onnx = folder.resolve("student.onnx");
    assertThat(Said.by("vision", "export", "--weights", weights(), "--out", onnx.toString())
            .code())
        .isZero();
    assertThat(onnx).isNotEmptyFile();
    Path looks = folder.resolve("looks");
    Said said = Said.by(
        "vision",
        "inspect",
        "--weights",
        weights(),
        "--image",
        folder.resolve("test/red/00.png").toString(),
        "--out",
        looks.toString());
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("cosine of class and distillation token");
    assertThat(looks)
        .isDirectoryContaining("glob:**/attention.png")
        .isDirectoryContaining("glob:**/positions.png")
        .isDirectoryContaining("glob:**/tokens.csv");
  }

  @Test
  void wrongInputIsToldInOneLine() throws IOException {
    Path broken = folder.resolve("broken.png");
    Files.writeString(broken, "no picture");
    Path noWeights = folder.resolve("no.safetensors");
    Files.writeString(noWeights, "12345678 no tensors");
    refused(
        2,
        "no file of weights",
        "vision",
        "export",
        "--weights",
        "absent.safetensors",
        "--out",
        "x.onnx");
    refused(2, "ends in .onnx", "vision", "export", "--weights", weights(), "--out", "x.pb");
    refused(
        3,
        "not a usable safetensors file",
        "vision",
        "export",
        "--weights",
        noWeights.toString(),
        "--out",
        folder.resolve("x.onnx").toString());
    refused(
        3,
        "no picture could be read",
        "vision",
        "predict",
        "--weights",
        weights(),
        "--inputs",
        broken.toString(),
        "--out",
        folder.resolve("x.csv").toString());
    refused(
        3,
        "no such file or folder",
        "vision",
        "evaluate",
        "--weights",
        weights(),
        "--images",
        "absent");
    refused(
        2,
        "did you mean 'epochs'?",
        "vision",
        "train",
        config.toString(),
        "--set",
        "training.epoch=3");
    refused(
        2,
        "holds a run of another configuration",
        "vision",
        "train",
        config.toString(),
        "--set",
        "training.epochs=3");
  }

  private static void refused(int code, String message, String... words) {
    Said said = Said.by(words);
    assertThat(said.code()).as(said.err()).isEqualTo(code);
    assertThat(said.errorLines().get(said.errorLines().size() - 1))
        .startsWith("alphadistill: ")
        .contains(message);
  }
}
