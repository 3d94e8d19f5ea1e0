package alphadistill.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.duckdb.EmbeddedDatabase;
import alphadistill.data.panel.Panel;
import alphadistill.data.testing.SharedFolder;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Real prices: what the reader places agrees with what the database finds in the same file. */
class SharedPricesTest {
  private static final String PRICES = "data/finance/prices";

  @Test
  void parquetFilesAreReadWhole() throws SQLException {
    for (Path file : SharedFolder.files(PRICES, "us-*daily.parquet")) {
      PriceTable table = PriceFiles.read(file);

      assertAgrees(table.panel(), EmbeddedDatabase.parquet(file));
    }
  }

  @Test
  void textFilesAreReadWhole() throws SQLException {
    for (Path file : SharedFolder.files(PRICES, "us-*sample*.csv.gz")) {
      PriceTable table = PriceFiles.read(file);

      assertAgrees(table.panel(), "read_csv('%s')".formatted(file));
      assertThat(table.drops().total()).isZero();
    }
  }

  private static void assertAgrees(Panel panel, String source) throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(2);
        Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery(
            "SELECT count(close), count(DISTINCT symbol), count(DISTINCT date), sum(close::FLOAT::DOUBLE) FROM "
                + source)) {
      row.next();
      long closes = 0;
      double sum = 0;
      int close = panel.fieldIndex("close");
      for (int day = 0; day < panel.days(); day++) {
        for (float price : panel.crossSection(close, day)) {
          if (!Float.isNaN(price)) {
            closes++;
            sum += price;
          }
        }
      }
      assertThat(closes).isEqualTo(row.getLong(1));
      assertThat(panel.assetCount()).isEqualTo(row.getInt(2));
      assertThat(panel.days()).isEqualTo(row.getInt(3));
      assertThat(sum / row.getDouble(4)).isBetween(1 - 1e-9, 1 + 1e-9);
    }
  }
}
