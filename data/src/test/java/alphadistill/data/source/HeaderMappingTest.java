package alphadistill.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.table.PanelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderMappingTest {
  @TempDir
  Path folder;

  @Test
  void priceFieldsThatAreThereAreMapped() throws IOException {
    assertThat(HeaderMapping.prices(write("Date,Ticker,Volume,Close,note\n")))
        .isEqualTo(ColumnMapping.of("date", "ticker", List.of("close", "volume")));
    assertThat(HeaderMapping.prices(write("date,symbol,open,high,low,close,volume\n")))
        .isEqualTo(ColumnMapping.standard());
  }

  @Test
  void parquetIsMappedAsTextIs() {
    Path file = folder.resolve("p.parquet");
    PanelWriter.parquet(
        Panel.builder(List.of(LocalDate.of(2014, 1, 2)), List.of("A"))
            .field(FieldSpec.raw("close", "USD"), new float[] {1})
            .build(),
        file);

    assertThat(HeaderMapping.prices(file))
        .isEqualTo(ColumnMapping.of("date", "asset", List.of("close")));
  }

  @Test
  void whatAHeaderLacksIsRefusedByTheReaderWithItsName() throws IOException {
    Path file = write("date,ticker,price\n2014-01-02,A,1\n");
    PriceReader reader = new PriceReader(HeaderMapping.prices(file), ReadPolicy.standard());

    assertThatThrownBy(() -> reader.read(file, Selection.all()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 1: no column 'close'");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("prices.csv"), text);
  }
}
