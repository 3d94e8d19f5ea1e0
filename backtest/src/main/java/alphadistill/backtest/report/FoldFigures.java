package alphadistill.backtest.report;

import java.util.List;

/**
 * Figures measured for each fold and seed of one model, such as the correlation of a student with its teacher.
 *
 * @param title heading
 * @param note what the measures say, in a sentence or two
 * @param measures name and meaning of each column
 * @param rows one for each fold and seed, folds together
 */
public record FoldFigures(String title, String note, List<Measure> measures, List<Row> rows) {

  /** A column. */
  public record Measure(String name, String meaning) {}

  /**
   * One fold and seed.
   *
   * @param fold such as {@code fold 1}
   * @param seed such as {@code seed 3}
   * @param values one for each measure; NaN = not defined
   */
  public record Row(String fold, String seed, List<Double> values) {
    public Row {
      values = List.copyOf(values);
    }
  }

  public FoldFigures {
    measures = List.copyOf(measures);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.values().size() != measures.size()) {
        throw new IllegalArgumentException("'%s' has %d measures but %s, %s has %d values"
            .formatted(
                title, measures.size(), row.fold(), row.seed(), row.values().size()));
      }
    }
  }

  /** Mean over the rows where a measure is defined; NaN where it never is. */
  public double mean(int measure) {
    return rows.stream()
        .mapToDouble(row -> row.values().get(measure))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** Folds in the order met. */
  public List<String> folds() {
    return rows.stream().map(Row::fold).distinct().toList();
  }
}
