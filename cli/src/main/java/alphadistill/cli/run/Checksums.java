package alphadistill.cli.run;

import alphadistill.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code SHA256SUMS} of a finished unit, in the form of {@code sha256sum -c}: a file that was cut off or changed on disk
 * is found before its numbers are used.
 */
final class Checksums {
  static final String NAME = "SHA256SUMS";

  private Checksums() {}

  /** Writes the sums of every other file of a folder, by name. */
  static void write(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        lines.add(Provenance.fingerprint(Files.readAllBytes(file)) + "  " + file.getFileName());
      }
    }
    Files.writeString(folder.resolve(NAME), String.join("\n", lines) + "\n");
  }

  /** @throws DataException naming the first file that is missing or not as it was written */
  static void require(Path folder) {
    Path sums = folder.resolve(NAME);
    if (!Files.isRegularFile(sums)) {
      throw damaged(sums, "it is missing");
    }
    try {
      List<String> lines = Files.readAllLines(sums);
      if (lines.isEmpty()) {
        throw damaged(sums, "it is empty");
      }
      for (String line : lines) {
        String[] parts = line.split("  ", 2);
        Path file = parts.length == 2 ? folder.resolve(parts[1]) : sums;
        if (parts.length != 2 || !Files.isRegularFile(file)) {
          throw damaged(file, parts.length == 2 ? "it is missing" : "a line is no sum");
        }
        if (!Provenance.fingerprint(Files.readAllBytes(file)).equals(parts[0])) {
          throw damaged(file, "its bytes are not those that were written");
        }
      }
    } catch (IOException e) {
      throw damaged(sums, RunFolder.reason(e));
    }
  }

  private static DataException damaged(Path file, String how) {
    return DataException.in(
        file,
        "this file of a finished unit is damaged (%s): remove the folder %s and run the same command again, which redoes that unit alone"
            .formatted(how, file.getParent()));
  }
}
