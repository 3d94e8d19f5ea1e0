package alphadistill.teacher.famamacbeth;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two characteristics and labels that they explain: {@code 0.001 + 0.004 value - 0.002 size + noise}. */
final class SmallMarket {
  static final double INTERCEPT = 0.001;
  static final double VALUE = 0.004;
  static final double SIZE = -0.002;

  final List<LocalDate> dates;
  final List<String> assets;
  final float[] value;
  final float[] size;
  final float[] weights; // positive
  final float[] labels;

  SmallMarket(int days, int assetCount, double noise, long seed) {
    Random random = new Random(seed);
    dates =
        Stream.iterate(LocalDate.of(2010, 1, 4), d -> d.plusDays(1)).limit(days).toList();
    assets = IntStream.range(0, assetCount).mapToObj(i -> "A" + i).toList();
    value = new float[days * assetCount];
    size = new float[value.length];
    labels = new float[value.length];
    weights = new float[value.length];
    for (int cell = 0; cell < labels.length; cell++) {
      value[cell] = (float) random.nextGaussian();
      size[cell] = (float) random.nextGaussian();
      labels[cell] = (float)
          (INTERCEPT + VALUE * value[cell] + SIZE * size[cell] + noise * random.nextGaussian());
    }
  }

  /** Weights of their own random numbers, so that the others stay what they are without. */
  SmallMarket withWeights(long seed) {
    Random random = new Random(seed);
    for (int cell = 0; cell < weights.length; cell++) {
      weights[cell] = (float) Math.exp(random.nextGaussian());
    }
    return this;
  }

  int cell(int day, int asset) {
    return day * assets.size() + asset;
  }

  Panel panel() {
    return Panel.builder(dates, assets)
        .field(FieldSpec.raw("value", "z"), value)
        .field(FieldSpec.raw("size", "z"), size)
        .field(FieldSpec.raw("cap", "currency"), weights)
        .build();
  }

  LabelledCharacteristics labelled(int lag, int horizon) {
    return new LabelledCharacteristics(panel(), List.of("value", "size"), labels, lag, horizon);
  }
}
