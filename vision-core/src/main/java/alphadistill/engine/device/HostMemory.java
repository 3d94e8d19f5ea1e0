package alphadistill.engine.device;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the machine, or the container the process runs in, has left. */
final class HostMemory {
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB");

  private HostMemory() {}

  /** Bytes that can be had without swapping. */
  static long available() {
    long most = Long.MAX_VALUE;
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      most = system.getTotalMemorySize(); // of the container, where there is one
    }
    try {
      Matcher matcher = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
      return matcher.find() ? Math.min(most, Long.parseLong(matcher.group(1)) << 10) : most;
    } catch (IOException e) {
      return most;
    }
  }
}
