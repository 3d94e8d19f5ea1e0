package alphadistill.vision.cnn;

import alphadistill.engine.kernels.Activation;
import alphadistill.engine.kernels.Window;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RegNetY of Radosavovic et al. (2020): grouped bottlenecks with squeeze and excite. The 16 GF network is DeiT's
 * teacher.
 */
final class RegNetY {
  private static final int[] WIDTHS = {224, 448, 1232, 3024};
  private static final int[] REPEATS = {2, 4, 11, 1};
  private static final int GROUP_WIDTH = 112;
  private static final Pattern BLOCK = Pattern.compile("s(\\d)\\.b(\\d+)\\.(.+)");

  private RegNetY() {}

  static LayerList regNetY16(int classes) {
    LayerListBuilder list = new LayerListBuilder();
    String x = list.convolution(
        "stem.conv", "stem.bn", LayerList.INPUT, 3, 32, Window.square(3, 2, 1), 1, Activation.RELU);
    int in = 32;
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      int out = WIDTHS[stage];
      for (int b = 0; b < REPEATS[stage]; b++) {
        String prefix = "s%d.b%d.".formatted(stage + 1, b + 1);
        int hidden = Math.round(0.25f * in);
        x = block(list, prefix, x, in, out, out / GROUP_WIDTH, hidden, b == 0 ? 2 : 1);
        in = out;
      }
    }
    list.head("head.fc", x, in, classes);
    return list.build("regnety_160", 3, RegNetY::torchvision);
  }

  /** @param hidden channels of squeeze and excite: a quarter of the block's input, not of its output */
  static String block(
      LayerListBuilder list,
      String prefix,
      String input,
      int in,
      int out,
      int groups,
      int hidden,
      int stride) {
    String x = unit(list, prefix + "conv1", input, in, out, Window.square(1, 1, 0), 1, true);
    x = unit(list, prefix + "conv2", x, out, out, Window.square(3, stride, 1), groups, true);
    x = list.squeezeExcite(prefix + "se.fc1", prefix + "se.fc2", x, out, hidden, Activation.RELU);
    x = unit(list, prefix + "conv3", x, out, out, Window.square(1, 1, 0), 1, false);
    String shortcut = stride == 1 && in == out
        ? input
        : unit(list, prefix + "downsample", input, in, out, Window.square(1, stride, 0), 1, false);
    return list.sum(prefix + "sum", x, shortcut, Activation.RELU);
  }

  private static String unit(
      LayerListBuilder list,
      String name,
      String input,
      int in,
      int out,
      Window window,
      int groups,
      boolean activated) {
    return list.convolution(
        name + ".conv",
        name + ".bn",
        input,
        in,
        out,
        window,
        groups,
        activated ? Activation.RELU : Activation.NONE);
  }

  /** A timm name in torchvision's spelling (vision.md section 5). */
  private static String torchvision(String name) {
    Matcher block = BLOCK.matcher(name);
    if (!block.matches()) {
      return name.replace("stem.conv", "stem.0")
          .replace("stem.bn", "stem.1")
          .replace("head.fc", "fc");
    }
    String rest = block
        .group(3)
        .replace(".conv.", ".0.")
        .replace(".bn.", ".1.")
        .replace("conv1.", "f.a.")
        .replace("conv2.", "f.b.")
        .replace("conv3.", "f.c.")
        .replace("se.", "f.se.")
        .replace("downsample.", "proj.");
    return "trunk_output.block%s.block%s-%d.%s"
        .formatted(block.group(1), block.group(1), Integer.parseInt(block.group(2)) - 1, rest);
  }
}
