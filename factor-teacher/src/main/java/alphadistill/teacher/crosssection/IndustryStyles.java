package alphadistill.teacher.crosssection;

import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import java.util.List;

/**
 * Styles, industries and capitalisations of assets, and the returns that followed: what industry and style cross-sections
 * learn from.
 *
 * @param styles characteristics already standardised, labels and universe; {@link StyleScaling} standardises
 * @param industries names
 * @param industry index of the industry known at the close of the day, row-major (day, asset); negative = unknown. Handed
 *     over, not to be changed afterwards
 * @param caps market capitalisation at the close of the day, row-major (day, asset), in one unit; NaN = missing. Handed
 *     over, not to be changed afterwards
 */
public record IndustryStyles(
    LabelledCharacteristics styles, List<String> industries, int[] industry, float[] caps) {

  public IndustryStyles {
    industries = List.copyOf(industries);
    int cells = styles.characteristics().days() * styles.characteristics().assetCount();
    if (industry.length != cells || caps.length != cells) {
      throw new IllegalArgumentException(
          "%d industries and %d capitalisations for %d days x %d assets = %d cells"
              .formatted(
                  industry.length,
                  caps.length,
                  styles.characteristics().days(),
                  styles.characteristics().assetCount(),
                  cells));
    }
    for (int code : industry) {
      if (code >= industries.size()) {
        throw new IllegalArgumentException("industry %d is not among the %d named %s"
            .formatted(code, industries.size(), industries));
      }
    }
  }
}
