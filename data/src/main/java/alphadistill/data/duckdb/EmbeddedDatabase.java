package alphadistill.data.duckdb;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * A DuckDB of its own inside this process, empty, in memory. Its native memory is limited, it never spills into the
 * working folder, and it fetches no extension from the network.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  /** Enough for scans, which stream, and for sorting the distinct names of a file. */
  private static final String MEMORY_LIMIT = "600MB";

  private final DuckDBConnection connection;

  private EmbeddedDatabase(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** @param threads workers of the database; 1 where the order of rows in a written file must not vary */
  public static EmbeddedDatabase open(int threads) throws SQLException {
    EmbeddedDatabase database = new EmbeddedDatabase(
        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class));
    database.run("SET memory_limit = '%s'".formatted(MEMORY_LIMIT));
    database.run("SET threads = " + threads);
    database.run("SET temp_directory = ''");
    database.run("SET autoinstall_known_extensions = false");
    database.run("SET autoload_known_extensions = false");
    return database;
  }

  /** Version of the library, such as {@code v1.5.0}; loads it. */
  public static String version() throws SQLException {
    try (EmbeddedDatabase database = open(1);
        Statement statement = database.connection.createStatement();
        var row = statement.executeQuery("SELECT version()")) {
      row.next();
      return row.getString(1);
    }
  }

  public DuckDBConnection connection() {
    return connection;
  }

  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A statement whose {@code query()} streams chunks of about 2,000 rows, columns apart. */
  public DuckDBPreparedStatement prepare(String sql) throws SQLException {
    return connection.prepare(sql);
  }

  /** {@code read_parquet('…')} of one file; characters that would be a pattern of several files are escaped. */
  public static String parquet(Path file) {
    String literal = file.toString().replaceAll("([\\[*?])", "[$1]");
    return "read_parquet(%s)".formatted(text(literal));
  }

  /** A column or table name as SQL. */
  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text literal as SQL. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** What went wrong, without the query and without how far the database had come. */
  public static String reason(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    return message
        .replaceFirst("^.*pending query result Error: ", "")
        .replaceFirst(" ?LINE 1: .*$", "")
        .strip();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
