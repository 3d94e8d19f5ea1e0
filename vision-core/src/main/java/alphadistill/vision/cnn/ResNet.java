package alphadistill.vision.cnn;

import alphadistill.engine.kernels.Activation;
import alphadistill.engine.kernels.Window;
import java.util.function.UnaryOperator;

/**
 * Residual networks of He et al. (2015) as timm and torchvision have them: a bottleneck's stride is in its 3x3
 * convolution. Both projects use the same tensor names.
 */
final class ResNet {
  private static final int[] WIDTHS = {64, 128, 256, 512};

  private ResNet() {}

  static LayerList resNet18(int classes) {
    return network("resnet18", new int[] {2, 2, 2, 2}, false, classes);
  }

  static LayerList resNet50(int classes) {
    return network("resnet50", new int[] {3, 4, 6, 3}, true, classes);
  }

  private static LayerList network(String model, int[] repeats, boolean bottleneck, int classes) {
    LayerListBuilder list = new LayerListBuilder();
    String x = list.convolution(
        "conv1", "bn1", LayerList.INPUT, 3, 64, Window.square(7, 2, 3), 1, Activation.RELU);
    x = list.maxPool("maxpool", x, Window.square(3, 2, 1));
    int in = 64;
    for (int stage = 0; stage < repeats.length; stage++) {
      int width = WIDTHS[stage];
      for (int b = 0; b < repeats[stage]; b++) {
        String prefix = "layer%d.%d.".formatted(stage + 1, b);
        int stride = stage > 0 && b == 0 ? 2 : 1;
        int out = bottleneck ? 4 * width : width;
        x = bottleneck
            ? bottleneck(list, prefix, x, in, width, out, stride)
            : basic(list, prefix, x, in, out, stride);
        in = out;
      }
    }
    list.head("fc", x, in, classes);
    return list.build(model, 3, UnaryOperator.identity());
  }

  /** Two 3x3 convolutions beside a shortcut. */
  static String basic(
      LayerListBuilder list, String prefix, String input, int in, int out, int stride) {
    String x = list.convolution(
        prefix + "conv1",
        prefix + "bn1",
        input,
        in,
        out,
        Window.square(3, stride, 1),
        1,
        Activation.RELU);
    x = list.convolution(
        prefix + "conv2", prefix + "bn2", x, out, out, Window.square(3, 1, 1), 1, Activation.NONE);
    return join(list, prefix, x, input, in, out, stride);
  }

  /** 1x1 down to {@code width}, 3x3, 1x1 up to {@code out}, beside a shortcut. */
  static String bottleneck(
      LayerListBuilder list, String prefix, String input, int in, int width, int out, int stride) {
    String x = list.convolution(
        prefix + "conv1",
        prefix + "bn1",
        input,
        in,
        width,
        Window.square(1, 1, 0),
        1,
        Activation.RELU);
    x = list.convolution(
        prefix + "conv2",
        prefix + "bn2",
        x,
        width,
        width,
        Window.square(3, stride, 1),
        1,
        Activation.RELU);
    x = list.convolution(
        prefix + "conv3",
        prefix + "bn3",
        x,
        width,
        out,
        Window.square(1, 1, 0),
        1,
        Activation.NONE);
    return join(list, prefix, x, input, in, out, stride);
  }

  private static String join(
      LayerListBuilder list, String prefix, String x, String input, int in, int out, int stride) {
    String shortcut = stride == 1 && in == out
        ? input
        : list.convolution(
            prefix + "downsample.0",
            prefix + "downsample.1",
            input,
            in,
            out,
            Window.square(1, stride, 0),
            1,
            Activation.NONE);
    return list.sum(prefix + "sum", x, shortcut, Activation.RELU);
  }
}
