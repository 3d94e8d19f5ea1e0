package alphadistill.vision.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.data.testing.SharedFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ImageDecoderTest {
  private static final String PHOTOS = "data/vision/photos/";

  /** Half of the last digit that the reference prints: JPEG is exact too, with libjpeg-turbo and with libjpeg 6b. */
  private static final double PRINTED = 0.5e-4 + 1e-9;

  @TestFactory
  Stream<DynamicTest> everyPhotoHasTheMeansOfTheReference() throws IOException {
    JsonNode photos =
        new ObjectMapper().readTree(SharedFolder.require(PHOTOS + "photos.json").toFile());
    return StreamSupport.stream(photos.spliterator(), false)
        .map(photo -> DynamicTest.dynamicTest(photo.get("file").asText(), () -> check(photo)));
  }

  private static void check(JsonNode photo) throws IOException {
    String name = photo.get("file").asText();
    if (!photo.get("decodes").asBoolean()) {
      assertThatThrownBy(() -> decode(photo(name)))
          .isInstanceOf(ImageException.class)
          .hasMessageStartingWith("photo: ")
          .hasMessageContaining("JPEG")
          .hasMessageEndingWith("; replace the file or take it out of the set");
      return;
    }
    Image image = decode(photo(name));
    assertThat(image.width()).isEqualTo(photo.get("upright_width").asInt());
    assertThat(image.height()).isEqualTo(photo.get("upright_height").asInt());
    for (int channel = 0; channel < 3; channel++) {
      assertThat(mean(image, image.width(), image.height(), channel))
          .as("channel %d", channel)
          .isCloseTo(photo.get("rgb_mean_after_exif").get(channel).asDouble(), within(PRINTED));
      assertThat(mean(image, image.width() / 2, image.height() / 2, channel))
          .as("channel %d of the top left quarter", channel)
          .isCloseTo(
              photo.get("rgb_top_left_quarter_mean").get(channel).asDouble(), within(PRINTED));
    }
  }

  @Test
  void smallPngsOfEveryKindAreReadAsPillowReadsThem() {
    byte[] palette = {10, 20, 30, (byte) 200, 100, 50};
    byte[] opacity = {0, (byte) 255};
    assertThat(pixels(Pngs.of(2, 1, 1, 0, new byte[] {0b0100_0000})))
        .containsExactly(0, 0, 0, 255, 255, 255);
    assertThat(pixels(Pngs.of(2, 1, 2, 0, new byte[] {0b0110_0000})))
        .containsExactly(85, 85, 85, 170, 170, 170);
    assertThat(pixels(Pngs.of(2, 1, 4, 0, new byte[] {0x3F})))
        .containsExactly(51, 51, 51, 255, 255, 255);
    assertThat(pixels(Pngs.of(2, 1, 8, 0, bytes(7, 128)))).containsExactly(7, 7, 7, 128, 128, 128);
    assertThat(pixels(Pngs.of(2, 1, 16, 0, bytes(0, 77, 1, 0))))
        .as("grey of 16 bits is cut at 255")
        .containsExactly(77, 77, 77, 255, 255, 255);
    assertThat(pixels(Pngs.of(2, 1, 8, 4, bytes(7, 0, 128, 9))))
        .as("alpha is dropped")
        .containsExactly(7, 7, 7, 128, 128, 128);
    assertThat(pixels(Pngs.of(1, 1, 16, 4, bytes(7, 200, 1, 1))))
        .as("also at 16 bits")
        .containsExactly(7, 7, 7);
    assertThat(pixels(Pngs.of(1, 1, 16, 2, bytes(1, 200, 2, 200, 3, 200))))
        .as("colours of 16 bits keep the upper byte")
        .containsExactly(1, 2, 3);
    assertThat(pixels(Pngs.of(1, 1, 8, 6, bytes(1, 2, 3, 0))))
        .as("alpha is not blended")
        .containsExactly(1, 2, 3);
    assertThat(pixels(Pngs.of(2, 1, 8, 3, bytes(1, 0), "PLTE", palette, "tRNS", opacity)))
        .as("a palette with a clear entry")
        .containsExactly(200, 100, 50, 10, 20, 30);
    assertThat(pixels(Pngs.of(1, 1, 8, 2, bytes(1, 2, 3), "tRNS", bytes(0, 1, 0, 2, 0, 3))))
        .as("a clear colour")
        .containsExactly(1, 2, 3);
    assertThat(pixels(Pngs.of(1, 1, 8, 0, bytes(128), "gAMA", bytes(0, 1, 0, 0))))
        .as("gamma is ignored")
        .containsExactly(128, 128, 128);
  }

  @Test
  void aPngIsSetUprightByItsExifChunk() {
    byte[] turned = {
      'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0
    };

    Image image = decode(Pngs.of(2, 1, 8, 0, bytes(7, 128), "eXIf", turned));

    assertThat(image.width()).isEqualTo(1);
    assertThat(image.at(0, 0, 0)).isEqualTo(7);
    assertThat(image.at(0, 1, 0)).isEqualTo(128);
  }

  @Test
  void aDamagedColourProfileDoesNotCostThePicture() throws IOException {
    byte[] whole = photo("hopper.jpg");
    byte[] profile = {
      (byte) 0xFF,
      (byte) 0xE2,
      0,
      18,
      'I',
      'C',
      'C',
      '_',
      'P',
      'R',
      'O',
      'F',
      'I',
      'L',
      'E',
      0,
      5,
      2,
      'x',
      'x'
    };

    assertThat(decode(joined(
                Arrays.copyOf(whole, 2), profile, Arrays.copyOfRange(whole, 2, whole.length)))
            .rgb())
        .isEqualTo(decode(whole).rgb());
  }

  @Test
  void threeComponentsWithoutAnyMarkAreYccWhateverTheirNames() throws IOException {
    for (String name : new String[] {"hopper.jpg", "rocket.jpg"}) { // of half and of whole chroma
      byte[] whole = photo(name);
      for (String ids : new String[] {"\1\2\3", "\0\1\2"}) {
        assertThat(decode(named(unmarked(whole), ids)).rgb())
            .as(name)
            .isEqualTo(decode(whole).rgb());
      }
    }
  }

  @Test
  void threeComponentsNamedRgbAreTakenAsTheyAre() throws IOException {
    byte[] whole = photo("hopper.jpg");
    byte[] named = named(unmarked(whole), "RGB");
    Image colours = decode(whole);

    Image stored = decode(named); // in truth luma and chroma

    double gap = 0;
    for (int i = 0; i < 128; i++) {
      double luma =
          0.299 * colours.at(i, i, 0) + 0.587 * colours.at(i, i, 1) + 0.114 * colours.at(i, i, 2);
      gap += Math.abs(stored.at(i, i, 0) - luma) / 128;
    }
    assertThat(gap)
        .as("mean gap of red to luma, which colours out of range make")
        .isLessThan(1);
  }

  @Test
  void aJpegCutAnywhereIsRefused() throws IOException {
    byte[] whole = photo("hopper.jpg");
    for (int length : new int[] {whole.length - 2, whole.length - 500, whole.length / 2, 700}) {
      assertThatThrownBy(() -> decode(Arrays.copyOf(whole, length)))
          .as("%d bytes", length)
          .isInstanceOf(ImageException.class)
          .hasMessageStartingWith(
              "photo: truncated JPEG: it ends before the picture does; replace the file or take it out of the set")
          .hasMessageEndingWith("; replace the file or take it out of the set");
    }
    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, 100)))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("JPEG");
  }

  @Test
  void aTruncatedPngIsRefused() throws IOException {
    byte[] whole = photo("hopper.png");

    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("photo: damaged or truncated PNG (");
  }

  @Test
  void bombsAreRefusedByTheirHeader() throws IOException {
    byte[] png = Pngs.of(60_000, 60_000, 8, 2, new byte[0]);
    assertThatThrownBy(() -> decode(png))
        .isInstanceOf(ImageException.class)
        .hasMessage(
            "photo: declares 60000 x 60000 pixels, more than the limit of 89,478,485: a decompression bomb? Raise mostPixels if it is real");
    byte[] jpeg = photo("hopper.jpg");
    assertThatThrownBy(() -> new ImageDecoder(128 * 128 - 1).decode(jpeg, "photo"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("declares 128 x 128 pixels, more than the limit of 16,383");
    assertThat(new ImageDecoder(128 * 128).decode(jpeg, "photo").width()).isEqualTo(128);
  }

  @Test
  void whatIsNoPictureIsNamed() {
    assertThatThrownBy(() -> decode(new byte[0]))
        .hasMessage("photo: the file is empty; replace it or take it out of the set");
    assertThatThrownBy(() -> decode("hello".getBytes()))
        .hasMessage(
            "photo: neither JPEG, PNG nor BMP: it begins with 68 65 6c 6c; convert it or take it out of the set");
    assertThatThrownBy(() -> decode("RIFF1234WEBP".getBytes())).hasMessageContaining("(WebP?)");
  }

  @Test
  void damageAnywhereGivesAPictureOrOneLine() throws IOException {
    for (String name : new String[] {
      "hopper.jpg", "pil_sample_cmyk.jpg", "hopper_orientation_6.jpg", "pil123p.png", "hopper.png"
    }) {
      byte[] whole = photo(name);
      for (int trial = 0; trial < 60; trial++) {
        Draws draws = Draws.of(1, name, trial);
        byte[] damaged =
            Arrays.copyOf(whole, trial % 3 == 0 ? 1 + draws.below(whole.length) : whole.length);
        int first =
            trial % 2 == 0 ? Math.min(700, damaged.length) : damaged.length; // headers more often
        for (int i = 0; i < 4; i++) {
          damaged[draws.below(first)] = (byte) draws.below(256);
        }
        try {
          assertThat(decode(damaged).width()).isPositive();
        } catch (ImageException e) {
          assertThat(e.getMessage()).startsWith("photo: ").doesNotContain("\n");
        }
      }
    }
  }

  private static double mean(Image image, int width, int height, int channel) {
    long sum = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sum += image.at(x, y, channel);
      }
    }
    return sum / (double) (width * height);
  }

  private static int[] pixels(byte[] file) {
    byte[] rgb = decode(file).rgb();
    int[] values = new int[rgb.length];
    Arrays.setAll(values, i -> rgb[i] & 0xFF);
    return values;
  }

  private static Image decode(byte[] file) {
    return ImageDecoder.USUAL.decode(file, "photo");
  }

  private static byte[] photo(String name) throws IOException {
    Path file = SharedFolder.require(PHOTOS + name);
    return Files.readAllBytes(file);
  }

  /** Without the JFIF segment that a file begins with. */
  private static byte[] unmarked(byte[] jpeg) {
    assertThat(jpeg[3] & 0xFF).isEqualTo(0xE0);
    int end = 4 + ((jpeg[4] & 0xFF) << 8 | jpeg[5] & 0xFF);
    return joined(Arrays.copyOf(jpeg, 2), Arrays.copyOfRange(jpeg, end, jpeg.length));
  }

  /** Gives the three components other names, in the frame and in the scan. */
  private static byte[] named(byte[] jpeg, String names) {
    for (int at = 2; ; at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF)) {
      int marker = jpeg[at + 1] & 0xFF;
      for (int i = 0; i < 3; i++) {
        if (marker == 0xC0) {
          jpeg[at + 10 + 3 * i] = (byte) names.charAt(i);
        } else if (marker == 0xDA) {
          jpeg[at + 5 + 2 * i] = (byte) names.charAt(i);
        }
      }
      if (marker == 0xDA) {
        return jpeg;
      }
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
