/**
 * Convolutional networks that answer and are not trained: ResNet, RegNetY, EfficientNet with the weights of timm or
 * torchvision, and networks that a file describes layer by layer.
 *
 * <p>Entry point: {@link alphadistill.vision.cnn.LayerListNetwork}, made from a {@link
 * alphadistill.vision.cnn.LayerList}. Pictures are channel-last (N, H, W, C).
 */
package alphadistill.vision.cnn;
