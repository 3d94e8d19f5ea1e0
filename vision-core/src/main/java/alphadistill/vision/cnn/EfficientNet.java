package alphadistill.vision.cnn;

import alphadistill.engine.kernels.Activation;
import alphadistill.engine.kernels.Window;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * EfficientNet of Tan and Le (2019): inverted bottlenecks with one filter a channel, squeeze and excite, SiLU. Padding
 * is the same on all sides, as in the networks that were trained in PyTorch.
 */
final class EfficientNet {
  private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d)\\.(\\d+)\\.(.+)");

  /** Window, width, repeats and first stride of each stage of B3. */
  private static final int[][] STAGES = {
    {3, 24, 2, 1},
    {3, 32, 3, 2},
    {5, 48, 3, 2},
    {3, 96, 5, 2},
    {5, 136, 5, 1},
    {5, 232, 6, 2},
    {3, 384, 2, 1}
  };

  private static final int EXPANSION = 6;
  private static final int STEM = 40;
  private static final int HEAD = 1536;

  private EfficientNet() {}

  static LayerList b3(int classes) {
    LayerListBuilder list = new LayerListBuilder();
    String x = list.convolution(
        "conv_stem", "bn1", LayerList.INPUT, 3, STEM, Window.square(3, 2, 1), 1, Activation.SILU);
    int in = STEM;
    for (int stage = 0; stage < STAGES.length; stage++) {
      int side = STAGES[stage][0];
      int out = STAGES[stage][1];
      for (int b = 0; b < STAGES[stage][2]; b++) {
        String prefix = "blocks.%d.%d.".formatted(stage, b);
        int stride = b == 0 ? STAGES[stage][3] : 1;
        x = stage == 0
            ? separable(list, prefix, x, in, out, side, stride, in / 4)
            : inverted(list, prefix, x, in, EXPANSION * in, out, side, stride, in / 4);
        in = out;
      }
    }
    x = list.convolution(
        "conv_head", "bn2", x, in, HEAD, Window.square(1, 1, 0), 1, Activation.SILU);
    list.head("classifier", x, HEAD, classes);
    return list.build("efficientnet_b3", 3, EfficientNet::torchvision);
  }

  /** The first stage's block, which does not widen: one filter a channel, squeeze and excite, 1x1. */
  private static String separable(
      LayerListBuilder list,
      String prefix,
      String input,
      int in,
      int out,
      int side,
      int stride,
      int hidden) {
    String x = filters(list, prefix + "conv_dw", prefix + "bn1", input, in, side, stride);
    x = excite(list, prefix, x, in, hidden);
    x = pointwise(list, prefix + "conv_pw", prefix + "bn2", x, in, out, Activation.NONE);
    return join(list, prefix, x, input, in, out, stride);
  }

  /** 1x1 up to {@code wide}, one filter a channel, squeeze and excite, 1x1 down; a shortcut where shapes allow. */
  static String inverted(
      LayerListBuilder list,
      String prefix,
      String input,
      int in,
      int wide,
      int out,
      int side,
      int stride,
      int hidden) {
    String x =
        pointwise(list, prefix + "conv_pw", prefix + "bn1", input, in, wide, Activation.SILU);
    x = filters(list, prefix + "conv_dw", prefix + "bn2", x, wide, side, stride);
    x = excite(list, prefix, x, wide, hidden);
    x = pointwise(list, prefix + "conv_pwl", prefix + "bn3", x, wide, out, Activation.NONE);
    return join(list, prefix, x, input, in, out, stride);
  }

  private static String pointwise(
      LayerListBuilder list,
      String name,
      String norm,
      String input,
      int in,
      int out,
      Activation activation) {
    return list.convolution(name, norm, input, in, out, Window.square(1, 1, 0), 1, activation);
  }

  private static String filters(
      LayerListBuilder list,
      String name,
      String norm,
      String input,
      int channels,
      int side,
      int stride) {
    Window window = Window.square(side, stride, side / 2);
    return list.convolution(
        name, norm, input, channels, channels, window, channels, Activation.SILU);
  }

  private static String excite(
      LayerListBuilder list, String prefix, String input, int channels, int hidden) {
    return list.squeezeExcite(
        prefix + "se.conv_reduce",
        prefix + "se.conv_expand",
        input,
        channels,
        hidden,
        Activation.SILU);
  }

  private static String join(
      LayerListBuilder list, String prefix, String x, String input, int in, int out, int stride) {
    return stride == 1 && in == out ? list.sum(prefix + "sum", x, input, Activation.NONE) : x;
  }

  /** A timm name in torchvision's spelling (vision.md section 5). */
  private static String torchvision(String name) {
    Matcher block = BLOCK.matcher(name);
    if (!block.matches()) {
      return name.replace("conv_stem.", "features.0.0.")
          .replace("bn1.", "features.0.1.")
          .replace("conv_head.", "features.8.0.")
          .replace("bn2.", "features.8.1.")
          .replace("classifier.", "classifier.1.");
    }
    int stage = Integer.parseInt(block.group(1));
    String[] steps = stage == 0
        ? new String[] {"conv_dw", "bn1", "se", "conv_pw", "bn2"}
        : new String[] {"conv_pw", "bn1", "conv_dw", "bn2", "se", "conv_pwl", "bn3"};
    int position =
        0; // of the step among torchvision's: a convolution and its norm are one, squeeze and
    // excite another
    String rest = block.group(3);
    for (String step : steps) {
      if (rest.startsWith(step + ".")) {
        String part = step.equals("se") ? "" : step.startsWith("bn") ? "1." : "0.";
        String tensor = rest.substring(step.length() + 1)
            .replace("conv_reduce", "fc1")
            .replace("conv_expand", "fc2");
        return "features.%d.%s.block.%d.%s%s"
            .formatted(stage + 1, block.group(2), position, part, tensor);
      }
      if (!step.startsWith("conv")) {
        position++;
      }
    }
    throw new IllegalStateException("no torchvision name for " + name);
  }
}
