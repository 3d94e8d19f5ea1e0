package alphadistill.engine.kernels;

/**
 * The pixels that one output of a convolution or a pooling looks at, and how the window moves.
 *
 * @param height rows of the window, at least 1
 * @param width columns of the window, at least 1
 * @param strideY rows from one output to the next
 * @param strideX columns from one output to the next
 * @param top rows of padding above the picture, less than the window's; the sides may differ, as where a framework pads
 *     at the bottom and right only
 */
public record Window(
    int height, int width, int strideY, int strideX, int top, int left, int bottom, int right) {

  public Window {
    if (height < 1 || width < 1 || strideY < 1 || strideX < 1) {
      throw new IllegalArgumentException(
          "a window of %d x %d pixels that moves by %d and %d: all must be at least 1"
              .formatted(height, width, strideY, strideX));
    }
    if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0
        || Math.max(top, bottom) >= height
        || Math.max(left, right) >= width) {
      throw new IllegalArgumentException(
          "padding of %d, %d, %d, %d (top, left, bottom, right) does not fit a window of %d x %d: it must be at least 0 and less than the window"
              .formatted(top, left, bottom, right, height, width));
    }
  }

  /** A square window that moves by the same stride both ways, with the same padding on all sides. */
  public static Window square(int side, int stride, int padding) {
    return new Window(side, side, stride, stride, padding, padding, padding, padding);
  }

  /** Whether each output sees its own pixel and nothing else. */
  public boolean isPointwise() {
    return height == 1 && width == 1 && strideY == 1 && strideX == 1;
  }

  /** Rows of the output for a picture with this many rows. */
  public int outputHeight(int rows) {
    return output(rows, top + bottom, height, strideY);
  }

  /** Columns of the output for a picture with this many columns. */
  public int outputWidth(int columns) {
    return output(columns, left + right, width, strideX);
  }

  private static int output(int size, int padding, int window, int stride) {
    if (size + padding < window) {
      throw new IllegalArgumentException(
          "a picture of %d pixels with %d of padding is smaller than the window of %d: use larger pictures"
              .formatted(size, padding, window));
    }
    return (size + padding - window) / stride + 1;
  }
}
