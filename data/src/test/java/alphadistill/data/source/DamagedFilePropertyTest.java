package alphadistill.data.source;

import static alphadistill.data.source.PriceFiles.THREE_ROWS;
import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is done to a file, the reader gives a panel or one line of explanation, never another failure. */
class DamagedFilePropertyTest {
  private static final Path[] WHOLE = new Path[3];

  @BeforeContainer
  static void write() throws IOException, SQLException {
    Path folder = Files.createTempDirectory("damaged");
    WHOLE[0] = PriceFiles.text(folder, "p.csv", THREE_ROWS);
    WHOLE[1] = PriceFiles.gzip(folder, "p.csv.gz", THREE_ROWS);
    WHOLE[2] =
        PriceFiles.parquet(folder, "p.parquet", "SELECT * FROM read_csv('%s')".formatted(WHOLE[0]));
  }

  @AfterContainer
  static void delete() throws IOException {
    Path folder = WHOLE[0].getParent();
    for (String name : folder.toFile().list()) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(folder);
  }

  @Property(tries = 300, seed = "7")
  void aChangedByteIsReadOrExplained(
      @ForAll @IntRange(max = 2) int kind,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll byte value)
      throws IOException {
    byte[] bytes = Files.readAllBytes(WHOLE[kind]);
    bytes[place % bytes.length] = value;
    readOrExplained(kind, bytes);
  }

  @Property(tries = 200, seed = "7")
  void aCutFileIsReadOrExplained(
      @ForAll @IntRange(max = 2) int kind, @ForAll @IntRange(max = 10_000) int length)
      throws IOException {
    byte[] bytes = Files.readAllBytes(WHOLE[kind]);
    readOrExplained(kind, Arrays.copyOf(bytes, length % bytes.length));
  }

  private static void readOrExplained(int kind, byte[] bytes) throws IOException {
    Path file = Files.write(WHOLE[kind].resolveSibling("d-" + WHOLE[kind].getFileName()), bytes);
    try {
      assertThat(PriceFiles.read(file).panel().days()).isPositive();
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
    }
  }
}
