package alphadistill.augment.window;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.ReadmeLines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of use in the README, compiled and run. */
class ReadmeTest {
  private final SmallMarket trainingSpan = new SmallMarket();
  private final WindowBatch batch = trainingSpan.returns(80, 100);
  private final long seed = 1;
  private final int epoch = 0;
  private final int step = 0;

  @Test
  void theLinesOfUseRun() {
    // begin
    List<Augmentation.Step> steps = List.of(
        new Augmentation.Step(new CrossAssetMixup(0.4, CrossAssetMixup.Nonlinear.REFUSE), 0.3),
        new Augmentation.Step(
            new RegimeSplice(2, 4, RegimeSplice.Label.KEEP, RegimeSplice.Seam.REFUSE, trainingSpan),
            0.2));
    Augmentation augmentation = new Augmentation(steps, Augmentation.Decay.COSINE, 20);
    augmentation.requireFits(batch.schema());
    WindowBatch changed = augmentation.apply(batch, new WindowTransform.Key(seed, epoch, step));
    Origin origin = changed.origins().get(0);
    double share = BatchStatistics.changedShare(batch, changed);
    // end

    assertThat(origin.latestDay()).isLessThanOrEqualTo(trainingSpan.lastDay());
    assertThat(share).isBetween(0.1, 0.9);
  }

  @Test
  void theReadmeShowsExactlyTheseLines() {
    ReadmeLines.requireShown(ReadmeTest.class);
  }
}
