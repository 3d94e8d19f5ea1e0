package alphadistill.augment.image.pillow;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.image.Image;
import alphadistill.data.testing.SharedFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of {@code golden/augment-ops*.json}: integers equal to Pillow's. */
class PillowGoldenTest {

  @TestFactory
  Stream<DynamicContainer> everyCaseIsReproducedToTheInteger() {
    return SharedFolder.files("reference/golden", "augment-ops*.json").stream()
        .map(file -> DynamicContainer.dynamicContainer(file.getFileName().toString(), cases(file)));
  }

  private static Stream<DynamicTest> cases(Path file) {
    JsonNode set = read(file);
    return StreamSupport.stream(set.get("cases").spliterator(), false)
        .map(one -> DynamicTest.dynamicTest(
            "%s of %s %s"
                .formatted(one.get("op").asText(), one.get("image").asText(), one.get("args")),
            () -> check(picture(set.get("images").get(one.get("image").asText())), one)));
  }

  private static void check(Image image, JsonNode one) {
    Image result = applied(one.get("op").asText(), one.get("args"), image);

    assertThat(result.height()).isEqualTo(one.get("height").asInt());
    assertThat(result.width()).isEqualTo(one.get("width").asInt());
    int channels = one.get("channels").asInt();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < one.get("pixels").size(); i++) {
      int expected = one.get("pixels").get(i).asInt();
      int pixel = i / channels;
      int x = pixel % result.width();
      int y = pixel / result.width();
      int was = result.at(x, y, i % channels);
      if (was != expected) {
        wrong.add("(%d, %d) channel %d: %d, not %d".formatted(x, y, i % channels, was, expected));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Image applied(String op, JsonNode args, Image image) {
    return switch (op) {
      case "AutoContrast" -> Tones.autoContrast(image);
      case "Equalize" -> Tones.equalize(image);
      case "Invert" -> Tones.invert(image);
      case "Solarize" -> Tones.solarize(image, integer(args, "threshold"));
      case "SolarizeAdd" ->
        Tones.solarizeAdd(image, integer(args, "add"), integer(args, "threshold"));
      case "Posterize" -> Tones.posterize(image, integer(args, "bits"));
      case "Color" -> Enhance.colour(image, number(args, "factor"));
      case "Contrast" -> Enhance.contrast(image, number(args, "factor"));
      case "Brightness" -> Enhance.brightness(image, number(args, "factor"));
      case "Sharpness" -> Enhance.sharpness(image, number(args, "factor"));
      case "Grayscale", "Grayscale3" -> Enhance.grey(image);
      case "ShearX" -> moved(AffineMap.shearX(number(args, "factor")), args, image);
      case "ShearY" -> moved(AffineMap.shearY(number(args, "factor")), args, image);
      case "TranslateXRel" ->
        moved(AffineMap.translation(number(args, "pct") * image.width(), 0), args, image);
      case "TranslateYRel" ->
        moved(AffineMap.translation(0, number(args, "pct") * image.height()), args, image);
      case "Rotate" ->
        moved(
            AffineMap.rotation(number(args, "degrees"), image.width(), image.height()),
            args,
            image);
      case "Resize" ->
        Resize.whole(image, integer(args, "width"), integer(args, "height"), resample(args));
      case "ResizedCrop" ->
        Resize.box(
            image,
            new Box(
                integer(args, "left"),
                integer(args, "top"),
                integer(args, "width"),
                integer(args, "height")),
            args.get("size").get(1).asInt(),
            args.get("size").get(0).asInt(),
            resample(args));
      case "CenterCrop" -> Cuts.centre(image, integer(args, "width"), integer(args, "height"));
      case "HorizontalFlip" -> Cuts.flip(image);
      case "ReflectPad4" -> Cuts.padReflecting(image, 4);
      case "GaussianBlur" -> Blur.gaussian(image, number(args, "radius"));
      case "ColorJitter" -> jittered(args.get("order"), image);
      default -> throw new AssertionError("no test knows the operation " + op);
    };
  }

  private static Image moved(AffineMap map, JsonNode args, Image image) {
    JsonNode fill = args.get("fill");
    return map.apply(
        image,
        resample(args),
        new Colour(fill.get(0).asInt(), fill.get(1).asInt(), fill.get(2).asInt()));
  }

  private static Image jittered(JsonNode order, Image image) {
    Image result = image;
    for (JsonNode step : order) {
      String[] words = step.asText().split(" ");
      double factor = Double.parseDouble(words[1]);
      result = switch (words[0]) {
        case "brightness" -> Enhance.brightness(result, factor);
        case "contrast" -> Enhance.contrast(result, factor);
        case "saturation" -> Enhance.colour(result, factor);
        default -> throw new AssertionError("no test knows a jitter of " + words[0]);
      };
    }
    return result;
  }

  private static Resample resample(JsonNode args) {
    return Resample.valueOf(args.get("resample").asText().toUpperCase(Locale.ROOT));
  }

  private static int integer(JsonNode args, String name) {
    return args.get(name).intValue();
  }

  private static double number(JsonNode args, String name) {
    return args.get(name).doubleValue();
  }

  private static Image picture(JsonNode image) {
    byte[] rgb = new byte[image.get("pixels").size()];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) image.get("pixels").get(i).intValue();
    }
    return new Image(image.get("width").asInt(), image.get("height").asInt(), rgb);
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
