package alphadistill.teacher.covariance;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Returns of assets that share a few factors. */
public final class RandomReturns {
  private RandomReturns() {}

  /** {@code [asset][row]}; assets differ in volatility and mean. */
  public static double[][] of(int assets, int rows, int factors, long seed) {
    Random random = new Random(seed);
    double[][] common = new double[factors][rows];
    for (double[] factor : common) {
      for (int row = 0; row < rows; row++) {
        factor[row] = 0.01 * random.nextGaussian();
      }
    }
    double[][] returns = new double[assets][rows];
    for (double[] own : returns) {
      double size = 0.005 + 0.02 * random.nextDouble();
      double mean = 0.001 * random.nextGaussian();
      for (int row = 0; row < rows; row++) {
        own[row] = mean + size * random.nextGaussian();
      }
      for (int factor = 0; factor < factors; factor++) {
        double beta = (factor == 0 ? 1 : 0) + 0.5 * random.nextGaussian();
        for (int row = 0; row < rows; row++) {
          own[row] += beta * common[factor][row];
        }
      }
    }
    return returns;
  }

  public static ReturnSample sample(int assets, int rows, int factors, long seed) {
    return ReturnSample.of(names(assets), of(assets, rows, factors, seed));
  }

  public static List<String> names(int assets) {
    return IntStream.range(0, assets).mapToObj(i -> "A" + i).toList();
  }
}
