package alphadistill.cli.teacher.fit;

import java.util.List;

/**
 * How much the exposures explain, as a map of R2.
 *
 * @param ofAssets false: rows are years and columns months, each cell the mean over its dates of the R2 of the date's own
 *     cross-section; true: rows are assets and columns years, each cell the R2 of the asset's regression over the window
 *     that ends on the year's last date
 * @param rows years or assets
 * @param columns months or years
 * @param cells {@code [row][column]}, NaN = none
 * @param mean over dates, or over assets in the newest column
 */
public record FitMap(
    boolean ofAssets, List<String> rows, List<String> columns, double[][] cells, double mean) {

  public FitMap {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /** What a cell is, in a sentence. */
  public String meaning() {
    return ofAssets
        ? "R2 of each asset's daily returns on the factors, over the window that ends on the last date of the year with labels; in sample."
        : "Share of the labels' variance that a regression on the characteristics explains on the date itself, averaged over the dates of a month; in sample, so no forecast explains as much.";
  }
}
