package alphadistill.backtest;

import alphadistill.data.panel.FactorReturns;
import java.util.List;
import java.util.Optional;

/**
 * What is known about the days and names beside prices; all of it may be absent.
 *
 * @param factors returns of factors and cash: for attribution, and for returns in excess of cash
 * @param regimes labels of days, made from past data only
 * @param groups labels of assets, such as sectors
 */
public record EvaluationContext(
    Optional<FactorReturns> factors, List<DayLabels> regimes, List<AssetGroups> groups) {
  public static final EvaluationContext NONE =
      new EvaluationContext(Optional.empty(), List.of(), List.of());

  public EvaluationContext {
    regimes = List.copyOf(regimes);
    groups = List.copyOf(groups);
  }

  public EvaluationContext withFactors(FactorReturns returns) {
    return new EvaluationContext(Optional.of(returns), regimes, groups);
  }

  public EvaluationContext withRegimes(DayLabels... labels) {
    return new EvaluationContext(factors, List.of(labels), groups);
  }

  public EvaluationContext withGroups(AssetGroups... labels) {
    return new EvaluationContext(factors, regimes, List.of(labels));
  }
}
