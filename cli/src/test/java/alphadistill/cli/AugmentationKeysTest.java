package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.window.Augmentation;
import alphadistill.augment.window.CrossAssetMixup;
import alphadistill.augment.window.RegimeSplice;
import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.student.study.AugmentationSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys below {@code augmentation}. */
class AugmentationKeysTest {

  private static AugmentationSpec read(String... set) {
    return ConfigFile.ofDefaults(ConfigCommand.defaults())
        .set(List.of(set))
        .as(RunConfig.class)
        .augmentation();
  }

  @Test
  void onlyMixupIsOnByDefault() {
    assertThat(read())
        .isEqualTo(new AugmentationSpec(
            0.3, 0.4, CrossAssetMixup.Nonlinear.REFUSE, Augmentation.Decay.NONE));
    assertThat(Arrays.stream(AugmentationSpec.Operation.values())
            .filter(op -> read().step(op, null).rate() > 0))
        .containsExactly(AugmentationSpec.Operation.MIXUP);
  }

  @Test
  void everyKeyCanBeSet() {
    AugmentationSpec spec = read(
        "augmentation.splice={rate: 0.2, shortest: 2, longest: 4, label: length_share, seam: allow}",
        "augmentation.subperiod.rate=0.1",
        "augmentation.subperiod.shortest=3",
        "augmentation.noise.strength=0.5",
        "augmentation.missing.longest=2",
        "augmentation.scale.most=2",
        "augmentation.reverse=1",
        "augmentation.decay=cosine");

    assertThat(spec)
        .isEqualTo(new AugmentationSpec(
            0.3,
            0.4,
            CrossAssetMixup.Nonlinear.REFUSE,
            new AugmentationSpec.Splice(
                0.2, 2, 4, RegimeSplice.Label.LENGTH_SHARE, RegimeSplice.Seam.ALLOW),
            new AugmentationSpec.Subperiod(0.1, 10, 3),
            new AugmentationSpec.Noise(0, 0.5),
            new AugmentationSpec.Missing(0, 1, 2),
            new AugmentationSpec.Scale(0, 2),
            1,
            Augmentation.Decay.COSINE));
  }

  @Test
  void aRunWhoseFeaturesAnOperationRefusesStopsBeforeItHasAFolder(@TempDir Path out) {
    List<String> mixed =
        List.of("demo", "--out", out.toString(), "--set", "features.names=[rsi_14]");

    assertThat(Main.run(mixed.toArray(String[]::new))).isEqualTo(Main.USAGE);
    assertThat(out).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          augmentation.splice.rate=1.5     | augmentation.splice: rate must be a share in [0, 1], was 1.5
          augmentation.splice.shortest=0   | augmentation.splice: a block needs 1 <= shortest <= longest days
          augmentation.splice.label=mixed  | augmentation.splice.label: 'mixed' is not a valid value: choose one of keep, length_share
          augmentation.splice.seams=allow  | unknown key 'augmentation.splice.seams': did you mean 'seam'?
          augmentation.subperiod.reach=-1  | augmentation.subperiod: sub-periods need a reach of at least 1 day
          augmentation.noise.strength=0    | augmentation.noise: strength of the noise must be positive, was 0.0
          augmentation.missing.longest=0   | augmentation.missing: a missing block needs 1 <= shortest <= longest days
          augmentation.scale.most=1        | augmentation.scale: the largest leverage must be above 1, was 1.0
          augmentation.reverse=2           | augmentation: reverse must be a share in [0, 1], was 2.0
          """)
  void aBadValueIsRefusedByItsKey(String override, String message) {
    assertThatThrownBy(() -> read(override))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--set " + override + ": ")
        .hasMessageContaining(message);
  }
}
