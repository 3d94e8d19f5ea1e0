package alphadistill.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir
  Path folder;

  @Test
  void aFileThatCouldNotBeFilledLeavesTheOldOneAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("weights"), "old");

    assertThatThrownBy(() -> WholeFile.write(file, channel -> {
          WholeFile.writeFully(channel, ByteBuffer.wrap(new byte[] {1, 2}));
          throw new IOException("the disk is full");
        }))
        .hasMessage("the disk is full");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");

    WholeFile.write(
        file, channel -> WholeFile.writeFully(channel, ByteBuffer.wrap(new byte[] {'n'})));
    assertThat(file).hasContent("n");
  }
}
