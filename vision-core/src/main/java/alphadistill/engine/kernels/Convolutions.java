package alphadistill.engine.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The forward arithmetic of convolutional networks. Pictures are channel-last, (N, H, W, C): then a pixel is a row of a
 * matrix product, and a convolution of single pixels is that product. Outputs are written into arrays the caller owns.
 */
public interface Convolutions {

  /**
   * {@code y = activation(convolution(x, w) + b)}, a cross-correlation as everywhere in this field; padding is zero.
   *
   * @param x (N, H, W, C)
   * @param w (O, height * width * C / groups): of each output its window row by row, channels of a pixel beside each other
   * @param b (O), or null
   * @param groups into which inputs and outputs are cut; outputs see the inputs of their own group only
   * @param y (N, outputHeight, outputWidth, O), written
   */
  void convolve(
      INDArray x,
      INDArray w,
      INDArray b,
      Window window,
      int groups,
      Activation activation,
      INDArray y);

  /**
   * The largest value of each window and channel; padding is never the largest.
   *
   * @param y (N, outputHeight, outputWidth, C), written
   */
  void maxPool(INDArray x, Window window, INDArray y);

  /**
   * The mean over all pixels of each channel.
   *
   * @param y (N, 1, 1, C), written
   */
  void globalAverage(INDArray x, INDArray y);

  /**
   * {@code y = x * sigmoid(gate)}, the last step of squeeze and excite.
   *
   * @param gate one value a sample and channel (N, 1, 1, C)
   */
  void gate(INDArray x, INDArray gate, INDArray y);

  /** {@code y = activation(x + other)}; y may be one of them. */
  void add(INDArray x, INDArray other, Activation activation, INDArray y);

  /** {@code y = activation(x)}; y may be x. */
  void activate(INDArray x, Activation activation, INDArray y);
}
