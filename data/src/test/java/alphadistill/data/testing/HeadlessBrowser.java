package alphadistill.data.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Chromium without a window; {@code -Dalphadistill.chromium=PATH} names another than Debian's. Where there is none the
 * calling test is skipped and says so.
 */
public final class HeadlessBrowser {
  private static final Path CHROMIUM =
      Path.of(System.getProperty("alphadistill.chromium", "/usr/bin/chromium"));

  private HeadlessBrowser() {}

  /**
   * The document as scripts have left it.
   *
   * @param folder for the page and the browser's own files
   */
  public static String dom(Path folder, String page) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(CHROMIUM), () -> "skipped: no Chromium at " + CHROMIUM);
    Path file = Files.writeString(folder.resolve("report.html"), page);
    Path dom = folder.resolve("dom.html");
    Process browser = new ProcessBuilder(
            CHROMIUM.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=5000",
            "--dump-dom",
            file.toUri().toString())
        .redirectOutput(dom.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    int code = browser.waitFor();
    if (code != 0) {
      throw new IOException("%s ended with exit code %d".formatted(CHROMIUM, code));
    }
    return Files.readString(dom, StandardCharsets.UTF_8);
  }
}
