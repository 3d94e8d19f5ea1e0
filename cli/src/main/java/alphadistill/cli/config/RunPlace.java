package alphadistill.cli.config;

/** What every configuration of a run says about where and how it runs. */
public final class RunPlace {
  private RunPlace() {}

  /**
   * @param name of the run's folder
   * @param workers units of work at a time; 0 for one per core
   * @throws IllegalArgumentException if the name is no plain folder name, or there are fewer than no workers
   */
  public static void require(String name, int workers) {
    if (!name.matches("[A-Za-z0-9._-]+") || name.startsWith(".")) {
      throw new IllegalArgumentException(
          "name '%s' must be a folder name of letters, digits, '.', '_' and '-'".formatted(name));
    }
    if (workers < 0) {
      throw new IllegalArgumentException(
          "workers must be 0 (one per core) or more, was " + workers);
    }
  }
}
