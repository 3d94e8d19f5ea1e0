package alphadistill.engine.device;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the machine, or the container the process runs in, has left. */
final class HostMemory {
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB");

  private HostMemory() {}

  /** Bytes that can be had without swapping, within what JavaCPP is told to keep to. */
  static long available() {
    long most = Math.min(
        limit(System.getProperty("org.bytedeco.javacpp.maxBytes")),
        limit(System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes")));
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      most = Math.min(most, system.getTotalMemorySize()); // of the container, where there is one
    }
    try {
      Matcher matcher = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
      return matcher.find() ? Math.min(most, Long.parseLong(matcher.group(1)) << 10) : most;
    } catch (IOException e) {
      return most;
    }
  }

  /** Bytes of a limit such as {@code 8g}; none where it is not set, zero or no size. */
  static long limit(String set) {
    Matcher size = Pattern.compile("(\\d{1,18})([kmgt]?)b?")
        .matcher(set == null ? "" : set.toLowerCase(Locale.ROOT));
    if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
      return Long.MAX_VALUE;
    }
    int power = size.group(2).isEmpty() ? 0 : 1 + "kmgt".indexOf(size.group(2));
    return Long.parseLong(size.group(1)) << (10 * power);
  }
}
