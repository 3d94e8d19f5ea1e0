package alphadistill.cli.vision;

import alphadistill.augment.image.Image;
import alphadistill.cli.config.UsageException;
import alphadistill.engine.layer.LayerTokens;
import alphadistill.vision.deit.DeitSpec;
import alphadistill.vision.inspect.AttentionSheet;
import alphadistill.vision.inspect.PngFile;
import alphadistill.vision.inspect.PositionSimilarity;
import alphadistill.vision.inspect.TokenCosine;
import alphadistill.vision.train.PictureInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network does with one picture.
 *
 * @param picture as the network reads it
 */
public record Inspection(TrainedModel model, Image picture, LayerTokens layers) {
  private static final int DRAWN = 112; // side of a small picture in a drawing, or a little less
  private static final int POSITION_CELL = 4;

  /** @throws alphadistill.vision.images.ImageException if the picture cannot be read */
  public static Inspection of(TrainedModel model, Path image) {
    PictureFiles file = PictureFiles.at(image);
    if (file.size() != 1) {
      throw new UsageException("%s holds %d pictures: name one".formatted(image, file.size()));
    }
    return of(model, model.crop().apply(file.image(0)));
  }

  /** @param picture cut to the network's size */
  static Inspection of(TrainedModel model, Image picture) {
    INDArray input = new PictureInput(model.kernels()).of(Prediction.batch(List.of(picture)));
    return new Inspection(model, picture, model.network().layers(input));
  }

  /** What special tokens look at, block by block. */
  Image attention() {
    int scale = Math.max(1, DRAWN / picture.width());
    return AttentionSheet.of(layers, model.network().spec(), 0, picture, scale);
  }

  /**
   * Draws everything into a folder.
   *
   * @return what was measured, in words
   */
  public String write(Path folder) {
    try {
      Files.createDirectories(folder);
      PngFile.write(folder.resolve("attention.png"), attention());
      PngFile.write(folder.resolve("positions.png"), positions().picture(POSITION_CELL));
      if (model.network().spec().specialTokens() < 2) {
        return "no distillation token: there is nothing to compare the class token with\n";
      }
      double[] cosines = TokenCosine.byLayer(layers.tokens());
      Files.writeString(folder.resolve("tokens.csv"), csv(cosines));
      return words(cosines);
    } catch (IOException e) {
      throw new UsageException("cannot write into %s (%s)".formatted(folder, e.getMessage()));
    }
  }

  private PositionSimilarity positions() {
    DeitSpec spec = model.network().spec();
    INDArray positions = model.network().parameters().stream()
        .filter(parameter -> parameter.name().equals("pos_embed"))
        .findFirst()
        .orElseThrow()
        .value();
    return new PositionSimilarity(
        positions, spec.positionedSpecialTokens(), spec.grid(), spec.grid());
  }

  private static String csv(double[] cosines) {
    StringBuilder csv = new StringBuilder("layer,cosine\n");
    for (int layer = 0; layer < cosines.length; layer++) {
      csv.append(String.format(Locale.ROOT, "%d,%.6f%n", layer, cosines[layer]));
    }
    return csv.toString();
  }

  private static String words(double[] cosines) {
    StringBuilder words = new StringBuilder(
        "cosine of class and distillation token, after the embedding and each block:");
    for (double cosine : cosines) {
      words.append(String.format(Locale.ROOT, " %.3f", cosine));
    }
    return words.append('\n').toString();
  }
}
