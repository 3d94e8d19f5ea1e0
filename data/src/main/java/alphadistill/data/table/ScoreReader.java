package alphadistill.data.table;

import alphadistill.data.DataException;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.PanelReader;
import alphadistill.data.source.Selection;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads scores made anywhere: CSV, gzip or Parquet of date, asset and score, in any order.
 *
 * <pre>{@code
 * Panel scores = ScoreReader.read(Path.of("my-signals.csv"));                       // date,asset,score
 * Panel other = ScoreReader.read(file, ColumnMapping.scores().withAsset("ticker").withColumn("score", "alpha"));
 * }</pre>
 */
public final class ScoreReader {
  /** The one field of the panels read here. */
  public static final FieldSpec SCORE = new FieldSpec(
      "score", "model score", "as read, known at the close of the day; higher is better", 0);

  private ScoreReader() {}

  /** @throws DataException if the file cannot be used: see {@link PanelReader} */
  public static Panel read(Path file) {
    return read(file, ColumnMapping.scores());
  }

  /** @param mapping with the single field {@code score} */
  public static Panel read(Path file, ColumnMapping mapping) {
    return new PanelReader(mapping, List.of(SCORE)).read(file, Selection.all());
  }
}
