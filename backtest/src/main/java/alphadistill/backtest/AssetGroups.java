package alphadistill.backtest;

import java.util.List;
import java.util.Map;

/**
 * A label for each asset, such as its sector.
 *
 * @param title such as {@code sector}
 * @param groupOf group of each asset; assets without an entry belong to none
 */
public record AssetGroups(String title, Map<String, String> groupOf) {

  public AssetGroups {
    groupOf = Map.copyOf(groupOf);
  }

  /** Groups in alphabetical order. */
  public List<String> names() {
    return groupOf.values().stream().distinct().sorted().toList();
  }
}
