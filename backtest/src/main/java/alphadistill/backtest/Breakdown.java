package alphadistill.backtest;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.metric.Ratios;
import alphadistill.backtest.metric.Wealth;
import alphadistill.backtest.signal.ForwardReturns;
import alphadistill.backtest.signal.IcSummary;
import alphadistill.backtest.signal.InformationCoefficients;
import alphadistill.backtest.signal.SignalSheet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Results by part: year, regime or group of assets.
 *
 * @param title what the parts are
 * @param slices one for each part, empty parts included
 */
public record Breakdown(String title, List<Slice> slices) {

  public Breakdown {
    slices = List.copyOf(slices);
  }

  /**
   * @param label name of the part
   * @param days days in it
   * @param rankIc of its days, or among its names
   * @param annualNet mean net return of its days times the periods of a year, summed, not compounded; NaN for groups
   *     of assets
   * @param sharpeNet annual, of its days; NaN for groups of assets
   * @param totalNet net return compounded over its days; NaN for groups of assets
   */
  public record Slice(
      String label,
      int days,
      IcSummary rankIc,
      double annualNet,
      double sharpeNet,
      double totalNet) {}

  /**
   * @param rankIc of each scored day
   * @param net of each day of the portfolio, with its own dates
   */
  static Breakdown byDay(
      DayLabels labels, Dated rankIc, Dated net, int horizon, Annualisation annualisation) {
    return new Breakdown(
        labels.title(),
        IntStream.range(0, labels.names().size())
            .mapToObj(label -> {
              double[] ics = rankIc.where(date -> labels.of(date) == label);
              double[] returns = net.where(date -> labels.of(date) == label);
              return new Slice(
                  labels.names().get(label),
                  returns.length,
                  IcSummary.of(ics, horizon),
                  Arrays.stream(returns).average().orElse(Double.NaN)
                      * annualisation.periodsPerYear(),
                  Ratios.sharpe(returns, annualisation),
                  Wealth.totalReturn(returns));
            })
            .toList());
  }

  static Breakdown byGroup(
      AssetGroups groups,
      List<String> assets,
      double[][] scores,
      double[][] prices,
      EvaluationSpec spec) {
    int[] days = SignalSheet.scoredDays(scores);
    double[][] scored = SignalSheet.rows(scores, days);
    double[][] forward = SignalSheet.rows(
        ForwardReturns.of(prices, spec.signal().horizon(), spec.signal().lag()), days);
    return new Breakdown(
        groups.title(),
        groups.names().stream()
            .map(group -> {
              int[] members = IntStream.range(0, assets.size())
                  .filter(i -> group.equals(groups.groupOf().get(assets.get(i))))
                  .toArray();
              double[] ics = InformationCoefficients.of(
                      columns(scored, members),
                      columns(forward, members),
                      spec.signal().minimumNames())
                  .rankIc();
              IcSummary summary = IcSummary.of(ics, spec.signal().horizon());
              return new Slice(group, summary.days(), summary, Double.NaN, Double.NaN, Double.NaN);
            })
            .toList());
  }

  private static double[][] columns(double[][] rows, int[] members) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(members).mapToDouble(i -> row[i]).toArray())
        .toArray(double[][]::new);
  }
}
