package alphadistill.student.study;

import alphadistill.data.feature.CrossSectionalScaling;
import java.util.List;

/**
 * What is known of an asset on a day.
 *
 * @param names features of {@link alphadistill.data.feature.FeatureSet}, or fields of the market's own characteristics
 * @param scaling of each date's cross-section
 */
public record FeatureSpec(List<String> names, CrossSectionalScaling scaling) {

  public FeatureSpec {
    names = List.copyOf(names);
    if (names.isEmpty() || names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException(
          "feature names must be different and at least one, were " + names);
    }
  }
}
