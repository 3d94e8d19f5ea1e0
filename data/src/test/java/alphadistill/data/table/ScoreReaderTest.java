package alphadistill.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreReaderTest {
  @TempDir
  Path folder;

  @Test
  void scoresAreReadInAnyOrderAndSignsAndGapsKept() throws IOException {
    Panel scores = ScoreReader.read(
        write("date,asset,score\n2014-01-03,B,-1.5\n2014-01-02,B,\n2014-01-02,A,2e-3\n"));

    assertThat(scores.dates()).containsExactly(LocalDate.of(2014, 1, 2), LocalDate.of(2014, 1, 3));
    assertThat(scores.assets()).containsExactly("A", "B");
    assertThat(scores.fields()).containsExactly(ScoreReader.SCORE);
    assertThat(scores.crossSection(0, 0)).containsExactly(0.002f, Float.NaN);
    assertThat(scores.crossSection(0, 1)).containsExactly(Float.NaN, -1.5f);
  }

  @Test
  void otherColumnNamesAreMapped() throws IOException {
    ColumnMapping mapping = ColumnMapping.scores()
        .withDate("day")
        .withAsset("ticker")
        .withColumn("score", "alpha")
        .withDatePattern("yyyyMMdd")
        .withDelimiter('\t');

    Panel scores = ScoreReader.read(write("ticker\tday\talpha\nA\t20140102\t0.5\n"), mapping);

    assertThat(scores.value(0, 0, 0)).isEqualTo(0.5f);
  }

  @Test
  void wrongScoresAreRefusedWithTheirLine() throws IOException {
    refused("date,asset,score\n2014-01-02,A,inf\n", "line 2: A on 2014-01-02 is infinite");
    refused(
        "date,asset,score\n2014-01-02,A,1\n2014-01-03,A,1\n2014-01-02,A,1\n",
        "line 4: second row for A on 2014-01-02 (the first is line 2); remove one");
    refused("date,asset,scor\n2014-01-02,A,1\n", "no column 'score' (did you mean 'scor'?)");
    refused("date,asset,score\n", "has a header but no row");
  }

  private void refused(String text, String message) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> ScoreReader.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("scores.csv"), text);
  }
}
