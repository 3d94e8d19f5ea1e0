package alphadistill.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where an input file named by a relative path is. It is looked for from the working directory first and then from the
 * project's own folder, so that the configurations that come with the project run from any folder.
 */
public final class InputPath {
  /** Set by the launcher to the project's folder. */
  private static final String HOME = "alphadistill.home";

  private InputPath() {}

  /** The file that is meant, or the path as written where there is none: its reader says so. */
  public static Path find(Path written) {
    String home = System.getProperty(HOME);
    if (home == null || written.isAbsolute() || Files.exists(written)) {
      return written;
    }
    Path inProject = Path.of(home).resolve(written).normalize();
    return Files.exists(inProject) ? inProject : written;
  }
}
