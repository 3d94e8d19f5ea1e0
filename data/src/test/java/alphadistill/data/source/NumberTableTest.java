package alphadistill.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.duckdb.EmbeddedDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberTableTest {
  private static final String TEXT = """
      firm,year,invest,note
      General Motors,1935,317.6,x
      "Smith, Sons",1935,0.10000000000000002,

      General Motors,1936,NA,y
      """;

  @TempDir
  private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static NumberTable read(Path file) {
    return NumberTable.read(file, List.of("firm", "year"), List.of("invest"));
  }

  private static void holdsTheThreeRows(NumberTable table) {
    assertThat(table.rows()).isEqualTo(3);
    assertThat(table.texts("firm"))
        .containsExactly("General Motors", "Smith, Sons", "General Motors");
    assertThat(table.texts("year")).containsExactly("1935", "1935", "1936");
    assertThat(table.numbers("invest"))
        .containsExactly(317.6, 0.10000000000000002, Double.NaN); // to the last bit
  }

  @Test
  void plainPackedAndSemicolonTextHoldTheSame() throws IOException {
    holdsTheThreeRows(read(file("a.csv", TEXT)));
    holdsTheThreeRows(
        read(file("b.csv", TEXT.replace(", ", "~").replace(',', ';').replace("~", ", "))));
    Path packed = folder.resolve("c.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    holdsTheThreeRows(read(packed));
    assertThat(NumberTable.columns(packed)).containsExactly("firm", "year", "invest", "note");
  }

  @Test
  void parquetHoldsTheSame() throws Exception {
    Path parquet = folder.resolve("d.parquet");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(1)) {
      database.run("""
          COPY (SELECT * FROM (VALUES ('General Motors', 1935, 317.6::DOUBLE),
          ('Smith, Sons', 1935, 0.10000000000000002::DOUBLE), ('General Motors', 1936, NULL))
          t(firm, year, invest)) TO '%s' (FORMAT parquet)""".formatted(parquet));
    }
    holdsTheThreeRows(read(parquet));
    assertThat(NumberTable.columns(parquet)).containsExactly("firm", "year", "invest");
    assertThatThrownBy(() -> NumberTable.read(parquet, List.of("firm"), List.of("invst")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("did you mean 'invest'?");
  }

  @Test
  void faultsNameLineColumnValueAndRemedy() throws IOException {
    assertThatThrownBy(() -> read(file("e.csv", TEXT.replace("317.6", "many"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("e.csv")
        .hasMessageContaining("line 2")
        .hasMessageContaining("column 'invest' holds 'many', which is no number");
    assertThatThrownBy(() -> read(file("f.csv", TEXT.replace("1936,NA,y", "1936,NA"))))
        .hasMessageContaining("line 5")
        .hasMessageContaining("has 3 fields, the header has 4");
    assertThatThrownBy(() -> read(file("g.csv", TEXT.replace("1936", ""))))
        .hasMessageContaining("line 5")
        .hasMessageContaining("column 'year' is empty");
    assertThatThrownBy(() -> read(file("h.csv", TEXT.replace("NA", "inf"))))
        .hasMessageContaining("column 'invest' is infinite");
    assertThatThrownBy(() -> read(file("i.csv", "firm,year,invest\n")))
        .hasMessageContaining("has a header but no row");
    assertThat(read(file("j.csv", TEXT)).fault(2, "is odd"))
        .hasMessageContaining("line 5")
        .hasMessageContaining("is odd");
  }
}
