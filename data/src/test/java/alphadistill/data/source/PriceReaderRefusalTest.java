package alphadistill.data.source;

import static alphadistill.data.source.PriceFiles.HEADER;
import static alphadistill.data.source.PriceFiles.THREE_ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.duckdb.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong input gives one line that names the file, the line, the value and the remedy. */
class PriceReaderRefusalTest {
  private static final String GOOD = "2014-01-02,A,1,1,1,1,1\n";

  @TempDir
  Path folder;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2014-01-03,A,1,1,1,abc,1       | line 3: column 'close' holds 'abc', which is no number; write decimals",
        "2014-01-03,A,1,1,1,0x1p3,1     | line 3: column 'close' holds '0x1p3', which is no number",
        "2014-01-03,A,1,1,1,1.2.3,1     | line 3: column 'close' holds '1.2.3', which is no number",
        "2014-02-30,A,1,1,1,1,1         | line 3: column 'date': '2014-02-30' is no date of the form yyyy-MM-dd (such as 2014-01-31)",
        "20140103,A,1,1,1,1,1           | it reads as yyyyMMdd: set the date pattern to that",
        "2014-01-02,A,1,1,1,1,1         | line 3: second row for A on 2014-01-02 (the first is line 2); remove one",
        "2014-01-01,A,1,1,1,1,1         | line 3: A goes back from 2014-01-02 to 2014-01-01; sort",
        "2014-01-03,A,1,1,1,inf,1       | line 3: close of A 2014-01-03 is Infinity",
        "2014-01-03,A,1,1,1,1e60,1      | line 3: close of A 2014-01-03 is Infinity",
        "2014-01-03,A,1,1,-1,1,1        | line 3: low of A 2014-01-03 is -1.0; a price is finite and not negative",
        "2014-01-03,A,1,1,1,1,-5        | line 3: volume of A 2014-01-03 is -5.0; a volume is finite",
        "0214-01-03,B,1,1,1,1,1         | line 3: 0214-01-03 is no day of any market (years 1600 to 2200); correct it",
        "2014-01-03,A,1,1,1,1           | line 3: has 6 fields, the header has 7",
        "2014-01-03,A,1,1,1,1,1,000     | line 3: has more than the 7 fields of the header",
        "2014-01-03,,1,1,1,1,1          | line 3: column 'symbol' is empty",
        "2014-01-03,\"A,1,1,1,1,1       | line 3: has a quote that is not closed",
      })
  void aWrongLineIsNamed(String line, String message) throws IOException {
    refused(PriceFiles.text(folder, "p.csv", HEADER + GOOD + line + "\n"), message);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '~',
      value = {
        "date;symbol;open;high;low;close;volume ~ line 1: the header 'date;symbol;open;high;low;close;volume' is one column when split at ','; it looks split at ';': set the delimiter",
        "date|symbol|open|high|low|close|volume ~ it looks split at '|'",
        "nothing                                ~ is one column when split at ','; set the delimiter of the file",
        "date,symbol,open,high,low,clse,volume  ~ line 1: no column 'close' (did you mean 'clse'?); the file has [date, symbol",
        "when,symbol,open,high,low,close,volume ~ line 1: no column 'date'; the file has [when",
        "2014-01-02,A,1,1,1,1,1                 ~ line 1: reads '2014-01-02,A,1,1,1,1,1' where a header with [date, symbol",
      })
  void aWrongHeaderIsNamed(String header, String message) throws IOException {
    refused(PriceFiles.text(folder, "p.csv", header + "\n" + GOOD), message);
  }

  @Test
  void theLineIsCountedThroughBlocksAndBlankLines() throws IOException {
    StringBuilder text = new StringBuilder(HEADER + "\n");
    LocalDate day = LocalDate.of(1900, 1, 1);
    int rows = 73_000;
    for (int i = 0; i < rows; i++) {
      text.append(day.plusDays(i)).append(",A,1,1,1,1,1234567\n");
    }
    text.append("2100-01-01,A,1,1,1,?,1\n").append("2100-01-02,A,1,1,1,??,1\n");
    assertThat(text.length()).isGreaterThan(2 << 20);

    refused(
        PriceFiles.text(folder, "p.csv", text.toString()),
        "line %d: column 'close' holds '?'".formatted(rows + 3));
  }

  @Test
  void aFileThatIsNotThereOrAFolderOrEmptyIsNamed() throws IOException {
    refused(folder.resolve("no.csv"), "no.csv: no such file; check the path");
    refused(folder, "is a folder; name a file in it");
    refused(PriceFiles.text(folder, "e.csv", ""), "the file is empty");
    refused(PriceFiles.text(folder, "h.csv", HEADER), "has a header but no row");
  }

  @Test
  void brokenContainersAreNamed() throws IOException, SQLException {
    Path gzip = PriceFiles.gzip(folder, "p.csv.gz", THREE_ROWS.repeat(50));
    Path parquet = PriceFiles.parquet(folder, "p.parquet", "SELECT range AS x FROM range(9000)");
    long size = Files.size(parquet);

    refused(PriceFiles.cut(gzip, "cut.csv.gz", 60), "the file is truncated; copy it again");
    refused(
        PriceFiles.cut(gzip, "tail.csv.gz", Files.size(gzip) - 3),
        "the file is truncated; copy it again");
    byte[] damaged = Files.readAllBytes(gzip);
    damaged[30] ^= 0x55;
    damaged[31] ^= 0x55;
    refused(Files.write(folder.resolve("d.csv.gz"), damaged), "");
    refused(PriceFiles.cut(parquet, "cut.parquet", size - 5), "is a truncated Parquet file");
    refused(PriceFiles.cut(parquet, "four.parquet", 4), "is a truncated Parquet file");
    byte[] hollow = Files.readAllBytes(parquet);
    Arrays.fill(hollow, (int) size - 60, (int) size - 8, (byte) 7);
    refused(Files.write(folder.resolve("h.parquet"), hollow), "cannot be read as Parquet");
    refused(
        PriceFiles.text(folder, "t.parquet", THREE_ROWS),
        "is not a Parquet file (it does not begin with PAR1)");
    refused(PriceFiles.text(folder, "z.csv", "PK\3\4..."), "is a zip archive; unpack it first");
    refused(
        Files.write(
            folder.resolve("u.csv"), ("\uFEFF" + THREE_ROWS).getBytes(StandardCharsets.UTF_16LE)),
        "is UTF-16 text; save it as UTF-8");
  }

  /** A later page is damaged when the first chunks have long been read: nothing may be lost without a word. */
  @Test
  void aParquetFileDamagedInTheMiddleIsRefused() throws IOException, SQLException {
    Path parquet = PriceFiles.parquet(
        folder,
        "p.parquet",
        "SELECT DATE '1800-01-01' + (range // 10)::INTEGER AS date, 'A' || range % 10 AS symbol, 1.0 AS open, "
            + "1 AS high, 1 AS low, 1 + (range * 2654435761) % 3000 AS close, 1 AS volume FROM range(600000)");
    byte[] bytes = Files.readAllBytes(parquet);
    int page = lastPageOf("close", parquet);
    Arrays.fill(
        bytes, page + 1000, page + 1500, (byte) 0xff); // indices beyond the page's 3000 values

    refused(Files.write(folder.resolve("d.parquet"), bytes), "cannot be read as Parquet (Invalid");
  }

  private static int lastPageOf(String column, Path parquet) throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(1);
        Statement statement = database.connection().createStatement();
        ResultSet offset = statement.executeQuery(
            "SELECT max(data_page_offset) FROM parquet_metadata(%s) WHERE path_in_schema = %s"
                .formatted(
                    EmbeddedDatabase.text(parquet.toString()), EmbeddedDatabase.text(column)))) {
      offset.next();
      return offset.getInt(1);
    }
  }

  @Test
  void moreThanTheHeapHoldsIsRefusedInWords() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < 25_000; i++) {
      text.append(LocalDate.of(1900, 1, 1).plusDays(i))
          .append(",S")
          .append(i)
          .append(",1,1,1,1,1\n");
    }

    refused(
        PriceFiles.text(folder, "p.csv", text.toString()),
        "25000 days x 25000 assets x 5 fields need 11920 MB, the heap is");
  }

  @Test
  void parquetFaultsAreNamed() throws SQLException {
    String row =
        "SELECT DATE '2014-01-02' AS date, 'A' AS symbol, 1.0 AS open, 1 AS high, 1 AS low, 1 AS close, 1 AS volume";

    refused(
        PriceFiles.parquet(folder, "d.parquet", row + " UNION ALL " + row),
        "d.parquet: second row for A on 2014-01-02; remove one");
    refused(
        PriceFiles.parquet(folder, "c.parquet", row.replace("1 AS close", "1 AS clos")),
        "no column 'close' (did you mean 'clos'?)");
    refused(
        PriceFiles.parquet(folder, "n.parquet", row.replace("1 AS close", "-1 AS close")),
        "close of A 2014-01-02 is -1.0");
    refused(
        PriceFiles.parquet(
            folder, "i.parquet", row.replace("1 AS close", "'inf'::DOUBLE AS close")),
        "close of A 2014-01-02 is Infinity");
    refused(
        PriceFiles.parquet(folder, "s.parquet", row.replace("'A'", "NULL::VARCHAR")),
        "column 'symbol' has no value");
    refused(
        PriceFiles.parquet(
            folder, "m.parquet", row + " UNION ALL " + row.replace("'A'", "NULL::VARCHAR")),
        "row 2 has no symbol; complete or remove it");
    refused(
        PriceFiles.parquet(folder, "t.parquet", row.replace("1 AS close", "'x' AS close")),
        "cannot be read as Parquet");
    refused(
        PriceFiles.parquet(folder, "f.parquet", row.replace("DATE '2014-01-02'", "'02.01.2014'")),
        "'02.01.2014' is no date of the form yyyy-MM-dd");
  }

  @Test
  void aSelectionThatLeavesNothingSaysWhatThereIs() throws IOException {
    Path file = PriceFiles.text(folder, "p.csv", THREE_ROWS);
    LocalDate day = LocalDate.of(2020, 1, 1);

    assertThatThrownBy(() -> new PriceReader(ColumnMapping.standard(), ReadPolicy.standard())
            .read(file, Selection.between(day, day)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "p.csv: no row for dates 2020-01-01 to 2020-01-01, all symbols; the file holds 2014-01-02 to 2014-01-03");
  }

  @Test
  void tooManyFaultyRowsAreRefusedAsAWrongMapping() throws IOException {
    Path file = PriceFiles.text(folder, "p.csv", HEADER + "2014-01-02,A,1,1,0,1,1\n");

    refused(file, "1 of 1 rows hold prices that cannot be right (price of zero, marked missing: 1");
    assertThatThrownBy(() -> new PriceReader(ColumnMapping.standard(), ReadPolicy.strict())
            .read(file, Selection.all()))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "line 2: A 2014-01-02: low is 0; correct it, or read with a policy that marks it missing");
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> PriceFiles.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith(file.toString())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
