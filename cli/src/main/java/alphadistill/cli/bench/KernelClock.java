package alphadistill.cli.bench;

import alphadistill.engine.kernels.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Kernels that know where the time of a step goes; while nobody asks they cost a call through a proxy. */
final class KernelClock {
  private static final int CEILING = 1024;

  private final Kernels timed;
  private final Kernels plain;
  private final Map<String, Double> seconds = new TreeMap<>();
  private double products; // floating-point operations of linear layers

  KernelClock(Kernels kernels) {
    plain = kernels;
    timed = (Kernels) Proxy.newProxyInstance(
        Kernels.class.getClassLoader(),
        new Class<?>[] {Kernels.class},
        (proxy, method, arguments) -> {
          long begun = System.nanoTime();
          try {
            return method.invoke(kernels, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          } finally {
            seconds.merge(method.getName(), (System.nanoTime() - begun) * 1e-9, Double::sum);
            count(method.getName(), arguments);
          }
        });
  }

  Kernels kernels() {
    return timed;
  }

  /**
   * Some steps, kernel by kernel.
   *
   * @return such as {@code linear 31 %, linearBackward 44 %, ...; products at 92 % of 195 GFLOP/s}: shares of the wall
   *     time of a step, the rate of linear layers over that of a large product on all threads
   */
  String profile(Runnable step, int steps) {
    seconds.clear();
    products = 0;
    long begun = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    double wall = (System.nanoTime() - begun) * 1e-9;
    double linear =
        seconds.getOrDefault("linear", 0.0) + seconds.getOrDefault("linearBackward", 0.0);
    double rate = products / linear;
    double rest =
        wall - seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    String shares = seconds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .filter(kernel -> kernel.getValue() > 0.005 * wall)
        .map(kernel -> "%s %.0f %%".formatted(kernel.getKey(), 100 * kernel.getValue() / wall))
        .collect(Collectors.joining(", "));
    double ceiling = ceiling();
    return "%s, outside kernels %.0f %%; linear layers at %.0f of %.0f GFLOP/s"
        .formatted(shares, 100 * rest / wall, rate * 1e-9, ceiling * 1e-9);
  }

  private void count(String kernel, Object[] arguments) {
    if (kernel.equals("linear")) {
      products += 2.0 * ((INDArray) arguments[0]).length() * ((INDArray) arguments[1]).size(0);
    } else if (kernel.equals("linearBackward")) {
      double one = 2.0 * ((INDArray) arguments[0]).length() * ((INDArray) arguments[2]).size(1);
      products += arguments[3] == null ? one : 2 * one;
    }
  }

  /** Operations a second of a large product, the best of a few. */
  private double ceiling() {
    INDArray a = plain.allocate(2 * CEILING, CEILING).addi(1);
    INDArray b = plain.allocate(CEILING, CEILING).addi(1);
    INDArray c = plain.allocate(2 * CEILING, CEILING);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 7; i++) {
      long begun = System.nanoTime();
      plain.linear(a, b, null, c);
      best = Math.min(best, (System.nanoTime() - begun) * 1e-9);
    }
    return 4.0 * CEILING * CEILING * CEILING / best;
  }
}
