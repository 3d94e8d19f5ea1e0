package alphadistill.cli.run;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A piece of work that is a pure function of configuration and data, such as one student of one fold and seed.
 *
 * @param name unique in its run; also its folder's name
 * @param work writes the unit's files into an empty folder
 */
public record Unit(String name, Work work) {

  /** Writes files into a folder and nowhere else. */
  @FunctionalInterface
  public interface Work {
    void writeInto(Path folder) throws IOException;
  }
}
