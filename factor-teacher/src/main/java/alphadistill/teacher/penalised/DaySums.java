package alphadistill.teacher.penalised;

import alphadistill.teacher.regression.ElasticNet;
import alphadistill.teacher.regression.PenalisedFit;
import alphadistill.teacher.regression.Ridge;
import java.util.List;

/** Rows of days gathered so far, solved for any strength of a penalty; more days may follow. */
final class DaySums {
  private final Solver solver;
  private final double[] meanX; // sum over days of what centring took off
  private double meanY;
  private int days;

  /** The sums of one kind of regression. */
  private interface Solver {
    void add(double[] x, double y);

    PenalisedFit solve(double strength);
  }

  DaySums(Penalty penalty, List<String> fields) {
    meanX = new double[fields.size()];
    solver = penalty instanceof Penalty.ElasticNet net
        ? new NetSums(new ElasticNet(fields), net.l1Ratio())
        : new RidgeSums(new Ridge(fields));
  }

  void add(Centring.Rows day) {
    for (int row = 0; row < day.y().length; row++) {
      solver.add(day.x()[row], day.y()[row]);
    }
    for (int c = 0; c < meanX.length; c++) {
      meanX[c] += day.meanX()[c];
    }
    meanY += day.meanY();
    days++;
  }

  int days() {
    return days;
  }

  /** The regression on centred rows, which is for rows centred likewise. */
  PenalisedFit solve(double strength) {
    return solver.solve(strength);
  }

  /** The same for rows as they come, the intercept first: the mean of the days' own levels. */
  double[] coefficients(double strength) {
    PenalisedFit fit = solve(strength);
    double[] slopes = fit.coefficients();
    double[] all = new double[slopes.length + 1];
    all[0] = fit.intercept() + meanY / days;
    for (int c = 0; c < slopes.length; c++) {
      all[0] -= slopes[c] * meanX[c] / days;
      all[c + 1] = slopes[c];
    }
    return all;
  }

  private record RidgeSums(Ridge ridge) implements Solver {
    @Override
    public void add(double[] x, double y) {
      ridge.add(x, y);
    }

    @Override
    public PenalisedFit solve(double strength) {
      return ridge.solve(strength * ridge.rows());
    }
  }

  private record NetSums(ElasticNet net, double l1Ratio) implements Solver {
    @Override
    public void add(double[] x, double y) {
      net.add(x, y);
    }

    @Override
    public PenalisedFit solve(double strength) {
      return net.solve(strength * net.emptyAt(l1Ratio), l1Ratio);
    }
  }
}
