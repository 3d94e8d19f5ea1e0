package alphadistill.backtest;

import alphadistill.backtest.weight.Targets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Target weights with their days and names.
 *
 * @param dates days of the rows of {@code targets}, rising
 * @param assets names of its columns
 * @param targets shares of equity decided at the close of each day
 */
public record DatedTargets(List<LocalDate> dates, List<String> assets, Targets targets) {

  public DatedTargets {
    dates = List.copyOf(dates);
    assets = List.copyOf(assets);
  }

  /**
   * The target in force at the close of a day, decided on it or on the last day of decision before: weight of each
   * name held, in asset order. Empty before the first decision.
   */
  public Map<String, Double> on(LocalDate date) {
    int index = Collections.binarySearch(dates, date);
    int day = index >= 0 ? index : -index - 2;
    while (day >= 0 && !targets.decided(day)) {
      day--;
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    for (int asset = 0; day >= 0 && asset < assets.size(); asset++) {
      double weight = targets.weights()[day][asset];
      if (weight != 0) {
        weights.put(assets.get(asset), weight);
      }
    }
    return Collections.unmodifiableMap(weights);
  }
}
