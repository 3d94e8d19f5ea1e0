package alphadistill.backtest.report;

import static alphadistill.backtest.page.Words.decimal;
import static alphadistill.backtest.page.Words.percent;

import alphadistill.backtest.Attribution;
import alphadistill.backtest.Breakdown;
import alphadistill.backtest.Portfolio;
import alphadistill.backtest.attribution.FactorRegression;
import alphadistill.backtest.metric.MonthlyReturns;
import alphadistill.backtest.page.Table;
import alphadistill.backtest.page.Words;
import alphadistill.backtest.simulate.CostSweep;
import alphadistill.backtest.simulate.Delisting;
import alphadistill.backtest.simulate.LagSensitivity;
import alphadistill.backtest.simulate.RejectedOrder;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Tables of one model. */
final class ModelTables {
  /** Orders and delistings listed one by one; the counts stand above and cover all. */
  static final int LISTED = 20;

  private ModelTables() {}

  static Table drawdowns(Portfolio portfolio) {
    Table table = new Table("Deepest drawdowns of net wealth")
        .words("Peak", "Valley", "Recovered")
        .numbers("Depth", "Days");
    for (Portfolio.DatedDrawdown drawdown :
        portfolio.drawdowns().stream().limit(5).toList()) {
      table.row(
          drawdown.peak().map(LocalDate::toString).orElse("before the start"),
          drawdown.valley().toString(),
          drawdown.recovered().map(LocalDate::toString).orElse("not yet"),
          percent(drawdown.depth(), 2),
          Words.count(drawdown.days()));
    }
    return table;
  }

  static Table performance(Portfolio gross, Portfolio benchmark) {
    return new Table("Portfolio gross and net, and all scored names held equally")
        .words("Series")
        .numbers(
            "Return a year",
            "Volatility",
            "Sharpe",
            "Sortino",
            "Drawdown",
            "Calmar",
            "Hit rate",
            "Costs a year")
        .row(performanceRow("gross", gross.gross(), Words.UNDEFINED))
        .row(performanceRow("net", gross.net(), percent(gross.costsAnnual(), 2)))
        .marked(
            "reference",
            performanceRow(
                "all names equally, net", benchmark.net(), percent(benchmark.costsAnnual(), 2)));
  }

  private static String[] performanceRow(
      String name, alphadistill.backtest.metric.PerformanceSummary summary, String costs) {
    return new String[] {
      name,
      percent(summary.annualReturn(), 1),
      percent(summary.volatility(), 1),
      decimal(summary.sharpe(), 2),
      decimal(summary.sortino(), 2),
      percent(summary.maximumDrawdown(), 1),
      decimal(summary.calmar(), 2),
      percent(summary.hitRate(), 0),
      costs
    };
  }

  static Table years(MonthlyReturns monthly) {
    Table table = new Table("Net return by year, compounded").words("Year").numbers("Net return");
    for (int i = 0; i < monthly.years().size(); i++) {
      table.row(monthly.years().get(i).toString(), percent(monthly.totals()[i], 1));
    }
    return table;
  }

  static Table costs(CostSweep sweep) {
    Table table = new Table("Net result at other rates of commission and slippage")
        .words("Cost, one way")
        .numbers("Return a year", "Sharpe");
    for (CostSweep.Row row : sweep.rows()) {
      table.row(
          decimal(1e4 * row.rate(), 0) + " bp",
          percent(row.annualReturn(), 1),
          decimal(row.sharpe(), 2));
    }
    return table;
  }

  static Table lags(LagSensitivity sensitivity) {
    Table table = new Table("The same targets filled later")
        .words("Lag")
        .numbers("Gross a year", "Net a year", "Sharpe gross", "Sharpe net");
    for (LagSensitivity.Row row : sensitivity.rows()) {
      table.marked(
          row.lookAhead() ? "reference" : "",
          row.lookAhead() ? "0 (look-ahead, diagnostic only)" : Integer.toString(row.lag()),
          percent(row.annualGross(), 1),
          percent(row.annualNet(), 1),
          decimal(row.sharpeGross(), 2),
          decimal(row.sharpeNet(), 2));
    }
    return table;
  }

  static Table loadings(Attribution attribution) {
    FactorRegression regression = attribution.regression();
    Table table = new Table("Regression of net returns on the factors")
        .words("Factor")
        .numbers("Loading", "t", "Return a year");
    for (FactorRegression.Loading loading : regression.loadings()) {
      table.row(
          loading.factor(),
          decimal(loading.beta(), 3),
          decimal(loading.t(), 2),
          percent(loading.contributionAnnual(), 2));
    }
    return table.marked(
        "total",
        "residual alpha",
        Words.UNDEFINED,
        decimal(regression.alphaT(), 2),
        percent(regression.alphaAnnual(), 2));
  }

  static Table breakdown(Breakdown breakdown) {
    Table table = new Table("Results by " + breakdown.title())
        .words(capital(breakdown.title()))
        .numbers("Days", "Rank IC", "HAC t", "Net a year, summed", "Sharpe net", "Net in all");
    for (Breakdown.Slice slice : breakdown.slices()) {
      table.row(
          slice.label(),
          Words.count(slice.days()),
          decimal(slice.rankIc().mean(), 4),
          decimal(slice.rankIc().hac().t(), 2),
          percent(slice.annualNet(), 1),
          decimal(slice.sharpeNet(), 2),
          percent(slice.totalNet(), 1));
    }
    return table;
  }

  static Table rejectedByReason(List<RejectedOrder> orders) {
    Table table = new Table("Rejected and partial orders by reason")
        .words("Reason")
        .numbers("Orders", "Wanted, sum of shares of equity", "Filled");
    orders.stream()
        .collect(Collectors.groupingBy(
            RejectedOrder::reason, () -> new java.util.TreeMap<>(), Collectors.toList()))
        .forEach((reason, some) -> table.row(
            reason.words(),
            Words.count(some.size()),
            percent(some.stream().mapToDouble(order -> Math.abs(order.wanted())).sum(), 1),
            percent(some.stream().mapToDouble(order -> Math.abs(order.filled())).sum(), 1)));
    return table;
  }

  static Table rejected(List<RejectedOrder> orders) {
    Table table = new Table("The largest rejected and partial orders")
        .words("Day", "Name", "Reason")
        .numbers("Wanted", "Filled");
    orders.stream()
        .sorted(Comparator.comparingDouble(
                (RejectedOrder order) -> -Math.abs(order.wanted() - order.filled()))
            .thenComparing(RejectedOrder::date)
            .thenComparing(RejectedOrder::asset))
        .limit(LISTED)
        .forEach(order -> table.row(
            order.date().toString(),
            order.asset(),
            order.reason().words(),
            percent(order.wanted(), 2),
            percent(order.filled(), 2)));
    return table;
  }

  static Table delistings(List<Delisting> delistings) {
    Table table = new Table("Positions closed for want of a price, largest first")
        .words("Day", "Name", "Last priced")
        .numbers("Weight", "Return booked");
    delistings.stream()
        .sorted(Comparator.comparingDouble((Delisting gone) -> -Math.abs(gone.weight()))
            .thenComparing(Delisting::date)
            .thenComparing(Delisting::asset))
        .limit(LISTED)
        .forEach(gone -> table.row(
            gone.date().toString(),
            gone.asset(),
            gone.lastPriced().toString(),
            percent(gone.weight(), 2),
            percent(gone.delistingReturn(), 1)));
    return table;
  }

  static String capital(String title) {
    return title.isEmpty() ? title : Character.toUpperCase(title.charAt(0)) + title.substring(1);
  }
}
