package alphadistill.cli.bench;

import alphadistill.teacher.ipca.ManagedPortfolios;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Returns that have factors, and characteristics as they are used: ranks between -0.5 and 0.5 of numbers that change
 * slowly and have half their variance in common.
 *
 * @param characteristics {@code [period][characteristic][asset]}
 * @param returns {@code [period][asset]}
 */
record CharacteristicPanel(double[][][] characteristics, double[][] returns) {
  /** Of the factors: they explain about 8 % of the variance, as in panels of stocks. */
  private static final double STRENGTH = 0.3;

  /** What characteristics have in common, and how much of a characteristic is left after a period. */
  private static final int SOURCES = 3;

  private static final double PERSISTENCE = 0.95;

  static CharacteristicPanel random(int assets, int periods, int width, int factors) {
    Random random = new Random(1);
    double[][] gamma = SyntheticMarket.gaussian(random, width, factors, 1 / Math.sqrt(width));
    double[][] common = SyntheticMarket.gaussian(random, width, SOURCES, Math.sqrt(0.5 / SOURCES));
    double[][] own = SyntheticMarket.gaussian(random, width, assets, 1);
    double[][] shared = SyntheticMarket.gaussian(random, SOURCES, assets, 1);
    double[][][] z = new double[periods][width][];
    double[][] y = new double[periods][];
    for (int t = 0; t < periods; t++) {
      age(own, random);
      age(shared, random);
      y[t] = SyntheticMarket.gaussian(random, 1, assets, 1)[0];
      double[] factor = new double[factors];
      for (int k = 0; k < factors; k++) {
        factor[k] = STRENGTH * ((2 - k / (factors - 1.0)) * random.nextGaussian() + 0.2);
      }
      for (int l = 0; l < width; l++) {
        double[] mixed = new double[assets];
        for (int i = 0; i < assets; i++) {
          mixed[i] = Math.sqrt(0.5) * own[l][i];
          for (int s = 0; s < SOURCES; s++) {
            mixed[i] += common[l][s] * shared[s][i];
          }
        }
        z[t][l] = ranks(mixed);
        for (int k = 0; k < factors; k++) {
          for (int i = 0; i < assets; i++) {
            y[t][i] += z[t][l][i] * gamma[l][k] * factor[k];
          }
        }
      }
    }
    return new CharacteristicPanel(z, y);
  }

  int assets() {
    return returns[0].length;
  }

  int periods() {
    return returns.length;
  }

  /** Writes big-endian doubles: of each period its characteristics, then its returns. */
  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int t = 0; t < periods(); t++) {
        for (double[] column : characteristics[t]) {
          write(column, out);
        }
        write(returns[t], out);
      }
    }
  }

  ManagedPortfolios portfolios() {
    List<String> names = IntStream.range(0, characteristics[0].length)
        .mapToObj("z%02d"::formatted)
        .toList();
    ManagedPortfolios.Builder builder = ManagedPortfolios.builder(names, returns.length);
    IntStream.range(0, returns.length)
        .parallel()
        .forEach(t -> builder.set(t, characteristics[t], returns[t]));
    return builder.build();
  }

  private static void write(double[] numbers, DataOutputStream out) throws IOException {
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  private static void age(double[][] numbers, Random random) {
    for (double[] row : numbers) {
      for (int i = 0; i < row.length; i++) {
        row[i] =
            PERSISTENCE * row[i] + Math.sqrt(1 - PERSISTENCE * PERSISTENCE) * random.nextGaussian();
      }
    }
  }

  private static double[] ranks(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return Arrays.stream(numbers)
        .map(number -> (Arrays.binarySearch(sorted, number) + 1.0) / (numbers.length + 1) - 0.5)
        .toArray();
  }
}
