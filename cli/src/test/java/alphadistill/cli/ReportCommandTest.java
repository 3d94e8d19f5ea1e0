package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir
  private Path folder;

  private Path run;

  @BeforeEach
  void distill() throws IOException {
    assertThat(SmallRun.distill(folder, "first").code()).isZero();
    run = folder.resolve("runs/first");
  }

  @Test
  void makesTheSamePageAgainWhateverWasTriedSince() throws IOException {
    byte[] own = Files.readAllBytes(run.resolve("report.html"));
    assertThat(SmallRun.distill(folder, "second", "training.rate=0.01").code()).isZero();
    Files.delete(run.resolve("report.html"));

    CommandRun report = CommandRun.of("report", run.toString());

    assertThat(report.code()).as(report.err()).isZero();
    assertThat(run.resolve("report.html")).hasBinaryContent(own);
  }

  @Test
  void refusesDataThatAreNotThoseOfTheRun() throws IOException {
    Path provenance = run.resolve("provenance.json");
    Files.writeString(
        provenance,
        Files.readString(provenance).replaceAll("(\"sha256 prices\" : \")[0-9a-f]{4}", "$10000"));
    Path page = folder.resolve("page.html");

    CommandRun report = CommandRun.of("report", run.toString(), "--out", page.toString());

    assertThat(report.code()).isEqualTo(3);
    assertThat(report.err()).contains("provenance.json", "the prices had SHA-256 0000");
    assertThat(page).doesNotExist();
  }

  @Test
  void refusesFoldersThatHoldNoFinishedRun() throws IOException {
    Files.delete(run.resolve("trials.json"));
    CommandRun unfinished = CommandRun.of("report", run.toString());
    assertThat(unfinished.code()).isEqualTo(2);
    assertThat(unfinished.err()).contains("no trials.json");

    CommandRun none = CommandRun.of("report", folder.resolve("none").toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("none");
  }
}
