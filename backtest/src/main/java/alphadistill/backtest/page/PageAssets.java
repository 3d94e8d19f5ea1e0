package alphadistill.backtest.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Styles and scripts that go into every page, read from the class path. */
final class PageAssets {
  private static final String CHARTS = "META-INF/resources/webjars/echarts/%s/echarts.min.js";
  private static final String VERSION = "META-INF/maven/org.webjars/echarts/pom.properties";

  private PageAssets() {}

  /** A file that lies beside this class. */
  static String own(String name) {
    return beside(PageAssets.class, name);
  }

  /** A file that lies beside a class. */
  static String beside(Class<?> owner, String name) {
    return text(owner.getResourceAsStream(name), name);
  }

  /** Apache ECharts, whole; its licence stands at its head. */
  static String charts() {
    String path = CHARTS.formatted(chartsVersion());
    return text(loader().getResourceAsStream(path), path);
  }

  static String chartsVersion() {
    Properties properties = new Properties();
    try (InputStream stream = loader().getResourceAsStream(VERSION)) {
      properties.load(required(stream, VERSION));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static ClassLoader loader() {
    return PageAssets.class.getClassLoader();
  }

  private static String text(InputStream resource, String name) {
    try (InputStream stream = required(resource, name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream required(InputStream stream, String name) {
    if (stream == null) {
      throw new IllegalStateException(
          "%s is not on the class path: a report needs the jars of this module's dependencies"
              .formatted(name));
    }
    return stream;
  }
}
