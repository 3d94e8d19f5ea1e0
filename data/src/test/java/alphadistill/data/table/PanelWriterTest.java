package alphadistill.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.PanelReader;
import alphadistill.data.source.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PanelWriterTest {
  private static final float NONE = Float.NaN;
  private static final LocalDate FIRST = LocalDate.of(2014, 1, 2);

  @TempDir
  Path folder;

  @Test
  void aCsvHasARowForEachDateAndAssetWithAnyValue() throws IOException {
    Path file = folder.resolve("p.csv");

    PanelWriter.csv(small(), file);

    assertThat(Files.readString(file))
        .isEqualTo("date,asset,close,volume\n"
            + "2014-01-02,A,10.5,100\n"
            + "2014-01-02,\"B, Inc.\",,63381748\n"
            + "2014-01-03,A,-0.001,\n");
  }

  @Test
  void allFormsReadBackTheSamePanel() {
    Panel panel = random(40, 7, 3);
    BiConsumer<Panel, Path> csv = PanelWriter::csv;
    BiConsumer<Panel, Path> parquet = PanelWriter::parquet;

    for (String name : List.of("p.csv", "p.csv.gz", "p.parquet")) {
      Path file = folder.resolve(name);
      (name.endsWith("parquet") ? parquet : csv).accept(panel, file);
      ColumnMapping mapping = ColumnMapping.of(
          "date", "asset", panel.fields().stream().map(FieldSpec::name).toList());

      Panel back = new PanelReader(mapping, panel.fields()).read(file, Selection.all());

      assertThat(back.contentHash()).as(name).isEqualTo(panel.contentHash());
    }
  }

  @Test
  void theSamePanelGivesTheSameBytes() throws IOException {
    Panel panel = random(300, 9, 2);
    for (String name : List.of("p.csv", "p.csv.gz", "p.parquet")) {
      Path one = folder.resolve("one-" + name);
      Path two = folder.resolve("two-" + name);
      for (Path file : List.of(one, two)) {
        if (name.endsWith("parquet")) {
          PanelWriter.parquet(panel, file);
        } else {
          PanelWriter.csv(panel, file);
        }
      }
      assertThat(Files.mismatch(one, two)).as(name).isEqualTo(-1);
    }
  }

  @Test
  void aFileThatIsThereIsReplacedWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("p.csv"), "something long ".repeat(1000));

    PanelWriter.csv(small(), file);

    assertThat(Files.readString(file)).startsWith("date,asset").hasSizeLessThan(200);
    assertThat(names()).containsExactly("p.csv");
  }

  @Test
  void whatCannotBeWrittenLeavesNoHalfFile() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    Files.createDirectory(folder.resolve("folder"));

    refused(folder.resolve("none/p.csv"), "cannot be written: there is no folder");
    refused(folder.resolve("file/p.csv"), "cannot be written: there is no folder");
    refused(folder.resolve("folder"), "cannot be written: it is a folder");
    refused(Path.of("/proc/p.csv"), "could not be written");
    refused(Path.of("/proc/p.parquet"), "could not be written");
    Panel infinite = Panel.builder(List.of(FIRST), List.of("A"))
        .field(FieldSpec.raw("score", "score"), new float[] {Float.NEGATIVE_INFINITY})
        .build();
    assertThatThrownBy(() -> PanelWriter.parquet(infinite, folder.resolve("p.parquet")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("p.parquet: not written: score of A on 2014-01-02 is infinite");
    assertThat(names()).containsExactlyInAnyOrder("file", "folder");
  }

  @Test
  void aFullDiskLeavesWhatWasThereAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("p.csv"), "before");

    assertThatThrownBy(() -> AtomicFile.write(file, temporary -> {
          Files.writeString(temporary, "half");
          throw new IOException("No space left on device");
        }))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "p.csv: could not be written (No space left on device); check permissions and free space of");
    assertThat(Files.readString(file)).isEqualTo("before");
    assertThat(names()).containsExactly("p.csv");
  }

  @Test
  void namesThatBreakALineAreRefused() {
    Panel panel = Panel.builder(List.of(FIRST), List.of("A\nB"))
        .field(FieldSpec.raw("score", "score"), new float[] {1})
        .build();

    assertThatThrownBy(() -> PanelWriter.csv(panel, folder.resolve("p.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds a quote or a line end; rename it");
    assertThat(names()).isEmpty();
  }

  private void refused(Path file, String message) {
    BiConsumer<Panel, Path> writer =
        file.toString().endsWith("parquet") ? PanelWriter::parquet : PanelWriter::csv;
    assertThatThrownBy(() -> writer.accept(small(), file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  private List<String> names() {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private static Panel small() {
    return Panel.builder(List.of(FIRST, FIRST.plusDays(1)), List.of("A", "B, Inc."))
        .field(FieldSpec.raw("close", "USD"), new float[] {10.5f, NONE, -0.001f, NONE})
        .field(FieldSpec.raw("volume", "shares"), new float[] {100, 63381747, NONE, NONE})
        .build();
  }

  /** Every day and asset has some value, so that all come back. */
  private static Panel random(int days, int assets, int fields) {
    Random random = new Random(7);
    List<LocalDate> dates = IntStream.range(0, days).mapToObj(FIRST::plusDays).toList();
    List<String> names = IntStream.range(0, assets).mapToObj("S%02d"::formatted).toList();
    Panel.Builder builder = Panel.builder(dates, names);
    for (int field = 0; field < fields; field++) {
      float[] values = new float[days * assets];
      for (int cell = 0; cell < values.length; cell++) {
        boolean missing = field > 0 && random.nextInt(4) == 0;
        values[cell] =
            missing ? NONE : (float) (random.nextGaussian() * Math.exp(10 * random.nextGaussian()));
      }
      builder.field(FieldSpec.raw("field " + field, "unit"), values);
    }
    return builder.build();
  }
}
