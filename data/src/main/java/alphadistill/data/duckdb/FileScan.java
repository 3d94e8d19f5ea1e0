package alphadistill.data.duckdb;

import alphadistill.data.DataException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The embedded database's own reading of a table: every value of every column is decoded and looked at once, and
 * nothing is kept. What our readers are measured against.
 */
public final class FileScan implements AutoCloseable {
  private final EmbeddedDatabase database;

  private FileScan(EmbeddedDatabase database) {
    this.database = database;
  }

  /** A database that uses every core. */
  public static FileScan open() {
    try {
      return new FileScan(EmbeddedDatabase.open(Runtime.getRuntime().availableProcessors()));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Reads a file to its end.
   *
   * @param file CSV, CSV.gz or Parquet with a header; told apart by its name
   * @return number of rows
   */
  public long rows(Path file) {
    Path path = file.toAbsolutePath();
    String source = path.toString().endsWith(".parquet")
        ? EmbeddedDatabase.parquet(path)
        : "read_csv(%s)".formatted(EmbeddedDatabase.text(path.toString()));
    try (Statement statement = database.connection().createStatement();
        ResultSet result =
            statement.executeQuery("SELECT count(*), max(COLUMNS(*)) FROM " + source)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw DataException.in(
          file, "the database cannot scan it (%s)".formatted(EmbeddedDatabase.reason(e)), e);
    }
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static DataException failed(SQLException e) {
    return new DataException("the embedded database failed: " + EmbeddedDatabase.reason(e), e);
  }
}
