package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.duckdb.EmbeddedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Mappings made from what a file's own header offers: assets may be called {@code symbol}, {@code asset} or
 * {@code ticker}, and a price file may have any of the price fields beside {@code close}. What else a file calls its
 * columns must be said with {@link ColumnMapping}.
 *
 * <pre>{@code
 * PriceReader reader = new PriceReader(HeaderMapping.prices(file), ReadPolicy.standard());
 * }</pre>
 */
public final class HeaderMapping {
  private static final List<String> ASSETS = List.of("symbol", "asset", "ticker");

  private HeaderMapping() {}

  /** @throws DataException if the file cannot be opened; columns that are not there are refused when it is read */
  public static ColumnMapping prices(Path file) {
    List<String> names = columns(file);
    Predicate<String> isThere = field -> TextHeader.indexOf(names, field) >= 0;
    List<String> fields = ColumnMapping.PRICE_FIELDS.stream()
        .filter(field -> field.equals("close") || isThere.test(field))
        .toList();
    return ColumnMapping.of("date", asset(names, "symbol"), fields);
  }

  /** @throws DataException as {@link #prices} */
  public static ColumnMapping scores(Path file) {
    return ColumnMapping.scores().withAsset(asset(columns(file), "asset"));
  }

  private static String asset(List<String> names, String usual) {
    return ASSETS.stream()
        .filter(name -> TextHeader.indexOf(names, name) >= 0)
        .findFirst()
        .orElse(usual);
  }

  private static List<String> columns(Path file) {
    if (TextFile.kind(file) != TextFile.Kind.PARQUET) {
      try (InputStream in = TextFile.open(file)) {
        return TextHeader.split(TextRows.firstLine(file, in), ',');
      } catch (IOException e) {
        throw TextFile.unreadable(file, e);
      }
    }
    ParquetRows.requireFooter(file);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(1);
        Statement statement = database.connection().createStatement();
        ResultSet described = statement.executeQuery(
            "DESCRIBE SELECT * FROM " + EmbeddedDatabase.parquet(file.toAbsolutePath()))) {
      List<String> names = new ArrayList<>();
      while (described.next()) {
        names.add(described.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw ParquetRows.unreadable(file, e);
    }
  }
}
